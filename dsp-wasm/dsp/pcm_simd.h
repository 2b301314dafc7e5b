// Four samples of the common PCM formats at a time, in vector types that GCC and Clang compile for every target.
#pragma once
#include <cstdint>
#include <cstring>

#include "pcm_sample.h"

namespace atome {

using Float4 = float __attribute__((vector_size(16)));
using Int4 = int32_t __attribute__((vector_size(16)));
using Short4 = int16_t __attribute__((vector_size(8)));
using Byte16 = uint8_t __attribute__((vector_size(16)));

template <typename Vector>
inline Vector load_vector(const void* from) {
  Vector vector;
  std::memcpy(&vector, from, sizeof vector);
  return vector;
}

inline void store_vector(float* to, Float4 vector) {
  std::memcpy(to, &vector, sizeof vector);
}

/// Keeps finite samples and zeroes the others, which it counts in `nonFinite` as negative numbers.
inline Float4 keep_finite(Float4 samples, Int4& nonFinite) {
  const Int4 bits = reinterpret_cast<Int4>(samples);
  const Int4 bad = (bits & 0x7f800000) == 0x7f800000;
  nonFinite += bad;
  return reinterpret_cast<Float4>(bits & ~bad);
}

/// `read` takes four consecutive samples; it may touch `kReach` bytes from the first one.
struct Short4Reader {
  static constexpr SampleFormat kFormat = SampleFormat::I16;
  static constexpr uint32_t kReach = 8;
  static Float4 read(const uint8_t* bytes, Int4&) {
    return __builtin_convertvector(load_vector<Short4>(bytes), Float4) * kScale16;
  }
};

struct Triple4Reader {
  static constexpr SampleFormat kFormat = SampleFormat::I24;
  static constexpr uint32_t kReach = 16;
  static Float4 read(const uint8_t* bytes, Int4&) {
    const Byte16 packed = load_vector<Byte16>(bytes);
    const Byte16 zero = {};
    const Byte16 spread = __builtin_shufflevector(packed, zero, 16, 0, 1, 2, 16, 3, 4, 5, 16, 6, 7, 8, 16, 9, 10, 11);
    return __builtin_convertvector(reinterpret_cast<Int4>(spread), Float4) * kScale32;
  }
};

struct Float4Reader {
  static constexpr SampleFormat kFormat = SampleFormat::F32;
  static constexpr uint32_t kReach = 16;
  static Float4 read(const uint8_t* bytes, Int4& nonFinite) {
    return keep_finite(load_vector<Float4>(bytes), nonFinite);
  }
};

inline uint32_t total_non_finite(Int4 counts) {
  return static_cast<uint32_t>(-(counts[0] + counts[1] + counts[2] + counts[3]));
}

}  // namespace atome
