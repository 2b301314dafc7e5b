// SHA-256 of a stream (FIPS 180-4): the identity of every stored sound.
#pragma once
#include <cstddef>
#include <cstdint>

namespace atome {

class Sha256 {
 public:
  static constexpr size_t kBlockBytes = 64;
  static constexpr size_t kDigestBytes = 32;

  void add(const uint8_t* bytes, size_t length);

  /// Writes kDigestBytes bytes; nothing may be added afterwards.
  void finish(uint8_t* digest);

 private:
  uint32_t state_[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  uint64_t length_ = 0;
  uint8_t block_[kBlockBytes] = {};
};

}  // namespace atome
