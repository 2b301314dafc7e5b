// SHA-256: the message schedule four words at a time, between the halves of the rounds that it feeds.
#include "sha256.h"

#include <algorithm>
#include <cstring>

namespace atome {
namespace {

using Word4 = uint32_t __attribute__((vector_size(16)));
using Byte16 = uint8_t __attribute__((vector_size(16)));

constexpr uint32_t kRoundConstants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

template <typename Word>
inline Word rotate(Word value, int by) {
  return (value >> by) | (value << (32 - by));
}

inline Word4 small0(Word4 words) {
  return rotate(words, 7) ^ rotate(words, 18) ^ (words >> 3);
}
inline Word4 small1(Word4 words) {
  return rotate(words, 17) ^ rotate(words, 19) ^ (words >> 10);
}

inline Word4 load(const void* from) {
  Word4 words;
  std::memcpy(&words, from, sizeof words);
  return words;
}

inline Word4 load_big_endian(const uint8_t* from) {
  const auto bytes = reinterpret_cast<Byte16>(load(from));
  return reinterpret_cast<Word4>(
      __builtin_shufflevector(bytes, bytes, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
}

/// The four schedule words after the sixteen of w0 to w3. The last two need the first two, so that small1 is added
/// to one half after the other.
inline Word4 next_words(Word4 w0, Word4 w1, Word4 w2, Word4 w3) {
  const Word4 zero = {};
  const Word4 sum =
      w0 + small0(__builtin_shufflevector(w0, w1, 1, 2, 3, 4)) + __builtin_shufflevector(w2, w3, 1, 2, 3, 4);
  const Word4 low = sum + small1(__builtin_shufflevector(w3, zero, 2, 3, 4, 5));
  return low + small1(__builtin_shufflevector(zero, low, 0, 1, 4, 5));
}

/// The working variables; a round renames instead of moving them.
struct Working {
  uint32_t a, b, c, d, e, f, g, h;

  void eight_rounds(const uint32_t* keyed) {
    round(a, b, c, d, e, f, g, h, keyed[0]);
    round(h, a, b, c, d, e, f, g, keyed[1]);
    round(g, h, a, b, c, d, e, f, keyed[2]);
    round(f, g, h, a, b, c, d, e, keyed[3]);
    round(e, f, g, h, a, b, c, d, keyed[4]);
    round(d, e, f, g, h, a, b, c, keyed[5]);
    round(c, d, e, f, g, h, a, b, keyed[6]);
    round(b, c, d, e, f, g, h, a, keyed[7]);
  }

 private:
  static void round(uint32_t a, uint32_t b, uint32_t c, uint32_t& d, uint32_t e, uint32_t f, uint32_t g, uint32_t& h,
                    uint32_t keyed) {
    const uint32_t first = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + (g ^ (e & (f ^ g))) + keyed;
    d += first;
    h = first + (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + (b ^ ((a ^ b) & (b ^ c)));
  }
};

/// Schedule words plus round constants of sixteen rounds.
struct Keyed {
  alignas(16) uint32_t words[16];

  void set(Word4 w0, Word4 w1, Word4 w2, Word4 w3, const uint32_t* constants) {
    const Word4 sums[4] = {w0 + load(constants), w1 + load(constants + 4), w2 + load(constants + 8),
                           w3 + load(constants + 12)};
    std::memcpy(words, sums, sizeof words);
  }
};

void compress(uint32_t* state, const uint8_t* bytes, size_t blocks) {
  Keyed keyed;
  for (; blocks > 0; blocks--, bytes += 64) {
    Working working{state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]};
    Word4 w0 = load_big_endian(bytes), w1 = load_big_endian(bytes + 16);
    Word4 w2 = load_big_endian(bytes + 32), w3 = load_big_endian(bytes + 48);
    keyed.set(w0, w1, w2, w3, kRoundConstants);
    for (int done = 16; done < 64; done += 16) {
      working.eight_rounds(keyed.words);
      w0 = next_words(w0, w1, w2, w3);
      w1 = next_words(w1, w2, w3, w0);
      working.eight_rounds(keyed.words + 8);
      w2 = next_words(w2, w3, w0, w1);
      w3 = next_words(w3, w0, w1, w2);
      keyed.set(w0, w1, w2, w3, kRoundConstants + done);
    }
    working.eight_rounds(keyed.words);
    working.eight_rounds(keyed.words + 8);
    const uint32_t sums[8] = {working.a, working.b, working.c, working.d, working.e, working.f, working.g, working.h};
    for (int index = 0; index < 8; index++) state[index] += sums[index];
  }
}

}  // namespace

void Sha256::add(const uint8_t* bytes, size_t length) {
  if (length == 0) return;
  const size_t waiting = length_ % kBlockBytes;
  length_ += length;
  if (waiting > 0) {
    const size_t count = std::min(kBlockBytes - waiting, length);
    std::memcpy(block_ + waiting, bytes, count);
    if (waiting + count < kBlockBytes) return;
    compress(state_, block_, 1);
    bytes += count;
    length -= count;
  }
  const size_t rest = length % kBlockBytes;
  compress(state_, bytes, length / kBlockBytes);
  if (rest > 0) std::memcpy(block_, bytes + length - rest, rest);
}

void Sha256::finish(uint8_t* digest) {
  const uint64_t bits = length_ * 8;
  uint8_t padding[kBlockBytes + 8] = {0x80};
  const size_t zeros = kBlockBytes - (length_ + 8) % kBlockBytes;
  for (size_t index = 0; index < 8; index++) padding[zeros + index] = static_cast<uint8_t>(bits >> (56 - 8 * index));
  add(padding, zeros + 8);
  for (size_t index = 0; index < kDigestBytes; index++) {
    digest[index] = static_cast<uint8_t>(state_[index / 4] >> (24 - index % 4 * 8));
  }
}

}  // namespace atome
