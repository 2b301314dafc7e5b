// SHA-256 against the vectors of FIPS 180-4, and against itself when cut into pieces.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "../dsp/sha256.h"

using namespace atome;

namespace {

std::string digest_of(const std::string& text, size_t piece) {
  Sha256 hash;
  for (size_t at = 0; at < text.size(); at += piece) {
    hash.add(reinterpret_cast<const uint8_t*>(text.data()) + at, std::min(piece, text.size() - at));
  }
  uint8_t digest[Sha256::kDigestBytes];
  hash.finish(digest);
  std::string hex;
  for (const uint8_t byte : digest) {
    hex += "0123456789abcdef"[byte >> 4];
    hex += "0123456789abcdef"[byte & 15];
  }
  return hex;
}

}  // namespace

TEST_CASE("the published digests") {
  CHECK(digest_of("", 1) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(digest_of("abc", 3) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(digest_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56) ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(digest_of(std::string(1000000, 'a'), 4096) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("every length up to nine blocks, in pieces of 1, 7, 63, 64, 65 and all bytes, has one digest") {
  for (size_t length = 1; length <= 9 * Sha256::kBlockBytes; length++) {
    std::string text;
    for (size_t index = 0; index < length; index++) text += static_cast<char>(index * 37);
    const std::string whole = digest_of(text, length);
    for (const size_t piece : {size_t{1}, size_t{7}, size_t{63}, size_t{64}, size_t{65}}) {
      CHECK(digest_of(text, piece) == whole);
    }
  }
}
