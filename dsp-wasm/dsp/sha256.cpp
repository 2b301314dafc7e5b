// SHA-256: the schedules of four blocks at a time, computed between the rounds of the four before.
#include "sha256.h"

#include <algorithm>
#include <cstring>

namespace atome {
namespace {

using Word4 = uint32_t __attribute__((vector_size(16)));
using Byte16 = uint8_t __attribute__((vector_size(16)));

constexpr size_t kRounds = 64;
constexpr size_t kBlockBytes = Sha256::kBlockBytes;
/// Blocks whose schedules are computed together, one in each lane of a vector.
constexpr size_t kBlocks = 4;

constexpr uint32_t kRoundConstants[kRounds] = {
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

/// The schedules of four blocks, word by word: lane n belongs to block n.
struct Schedule {
  struct Entry {
    Word4 word;
    /// With the constant of its round added.
    Word4 keyed;
  };
  Entry entries[kRounds];

  /// Sets the words that are the blocks themselves. @param blocks 1 to 4; the lanes of more repeat the last.
  void begin(const uint8_t* bytes, size_t blocks) {
    const uint8_t* lanes[kBlocks];
    for (size_t lane = 0; lane < kBlocks; lane++) lanes[lane] = bytes + std::min(lane, blocks - 1) * kBlockBytes;
    for (size_t first = 0; first < 16; first += 4) {
      const size_t at = first * sizeof(uint32_t);
      const Word4 a = load_big_endian(lanes[0] + at), b = load_big_endian(lanes[1] + at);
      const Word4 c = load_big_endian(lanes[2] + at), d = load_big_endian(lanes[3] + at);
      const Word4 lowAb = __builtin_shufflevector(a, b, 0, 4, 1, 5), highAb = __builtin_shufflevector(a, b, 2, 6, 3, 7);
      const Word4 lowCd = __builtin_shufflevector(c, d, 0, 4, 1, 5), highCd = __builtin_shufflevector(c, d, 2, 6, 3, 7);
      set(first, __builtin_shufflevector(lowAb, lowCd, 0, 1, 4, 5));
      set(first + 1, __builtin_shufflevector(lowAb, lowCd, 2, 3, 6, 7));
      set(first + 2, __builtin_shufflevector(highAb, highCd, 0, 1, 4, 5));
      set(first + 3, __builtin_shufflevector(highAb, highCd, 2, 3, 6, 7));
    }
  }

  /// Computes the word 16 after `index` + `offset` from those before it: an address that moves and offsets that do not.
  [[gnu::always_inline]] void extend(size_t index, size_t offset) {
    Entry* from = entries + index + offset;
    const Word4 word = from[0].word + small0(from[1].word) + from[9].word + small1(from[14].word);
    from[16] = entry(word, (kRoundConstants + index)[16 + offset]);
  }

  /// A block's words with their constants added, kStride apart.
  const uint32_t* keyed(size_t block) const { return reinterpret_cast<const uint32_t*>(&entries[0].keyed) + block; }
  static constexpr size_t kStride = sizeof(Entry) / sizeof(uint32_t);

 private:
  static Entry entry(Word4 word, uint32_t constant) {
    return {word, word + Word4{constant, constant, constant, constant}};
  }
  void set(size_t index, Word4 word) { entries[index] = entry(word, kRoundConstants[index]); }
};

/// The working variables; a round renames instead of moving them.
struct Working {
  uint32_t a, b, c, d, e, f, g, h;

  /// @param keyed as of Schedule::keyed
  [[gnu::always_inline]] void eight_rounds(const uint32_t* keyed) {
    round(a, b, c, d, e, f, g, h, keyed[0 * Schedule::kStride]);
    round(h, a, b, c, d, e, f, g, keyed[1 * Schedule::kStride]);
    round(g, h, a, b, c, d, e, f, keyed[2 * Schedule::kStride]);
    round(f, g, h, a, b, c, d, e, keyed[3 * Schedule::kStride]);
    round(e, f, g, h, a, b, c, d, keyed[4 * Schedule::kStride]);
    round(d, e, f, g, h, a, b, c, keyed[5 * Schedule::kStride]);
    round(c, d, e, f, g, h, a, b, keyed[6 * Schedule::kStride]);
    round(b, c, d, e, f, g, h, a, keyed[7 * Schedule::kStride]);
  }

 private:
  [[gnu::always_inline]] static void round(uint32_t a, uint32_t b, uint32_t c, uint32_t& d, uint32_t e, uint32_t f,
                                           uint32_t g, uint32_t& h, uint32_t keyed) {
    const uint32_t first = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + (g ^ (e & (f ^ g))) + keyed;
    d += first;
    h = first + (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + (b ^ ((a ^ b) & (b ^ c)));
    // A compiler that moves work from one round into another runs out of registers: a sixth slower.
    asm volatile("" : "+r"(d), "+r"(h));
  }
};

/// Adds one block to the state. The rounds wait for each other and the words of the next four blocks for nobody, so a
/// quarter of those is computed in between.
void compress_block(uint32_t* state, const Schedule& schedule, size_t block, Schedule& next) {
  Working working{state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]};
  const uint32_t* keyed = schedule.keyed(block);
  size_t word = 12 * block;
  for (size_t done = 0; done < kRounds; done += 16) {
    working.eight_rounds(keyed);
    next.extend(word, 0);
    next.extend(word, 1);
    working.eight_rounds(keyed + 8 * Schedule::kStride);
    next.extend(word, 2);
    keyed += 16 * Schedule::kStride;
    word += 3;
  }
  const uint32_t sums[8] = {working.a, working.b, working.c, working.d, working.e, working.f, working.g, working.h};
  for (int index = 0; index < 8; index++) state[index] += sums[index];
}

void compress(uint32_t* state, const uint8_t* bytes, size_t blocks) {
  if (blocks == 0) return;
  Schedule schedules[2] = {};
  Schedule* now = &schedules[0];
  Schedule* next = &schedules[1];
  now->begin(bytes, std::min(kBlocks, blocks));
  for (size_t word = 0; word < kRounds - 16; word++) now->extend(word, 0);
  while (blocks > 0) {
    const size_t count = std::min(kBlocks, blocks);
    bytes += count * kBlockBytes;
    blocks -= count;
    if (blocks > 0) next->begin(bytes, std::min(kBlocks, blocks));
    for (size_t block = 0; block < count; block++) compress_block(state, *now, block, *next);
    std::swap(now, next);
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
