// Four samples of the common PCM formats at a time, in vector types that GCC and Clang compile for every target.
#pragma once
#include <cstdint>
#include <cstring>

#include "pcm.h"
#include "pcm_sample.h"

namespace atome {

using Float4 = float __attribute__((vector_size(16)));
using Int4 = int32_t __attribute__((vector_size(16)));
using Word4 = uint32_t __attribute__((vector_size(16)));
using Short8 = int16_t __attribute__((vector_size(16)));
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
  static constexpr uint32_t kReach = 16;
  static Float4 read(const uint8_t* bytes, Int4&) {
    const Short8 packed = load_vector<Short8>(bytes);
    const Short8 zero = {};
    const Short8 spread = __builtin_shufflevector(packed, zero, 8, 0, 8, 1, 8, 2, 8, 3);
    return __builtin_convertvector(reinterpret_cast<Int4>(spread), Float4) * kScale32;
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

struct Stereo4 {
  Float4 left, right;
};

/// Takes four consecutive frames of two channels; it may touch two frames and `Reader::kReach` bytes.
template <typename Reader>
inline Stereo4 read_stereo(const uint8_t* bytes, Int4& nonFinite) {
  const Float4 low = Reader::read(bytes, nonFinite);
  const Float4 high = Reader::read(bytes + size_t{4} * bytes_per_sample(Reader::kFormat), nonFinite);
  return {__builtin_shufflevector(low, high, 0, 2, 4, 6), __builtin_shufflevector(low, high, 1, 3, 5, 7)};
}

/// A frame is one word, whose halves are cheaper to take apart than to shuffle.
template <>
inline Stereo4 read_stereo<Short4Reader>(const uint8_t* bytes, Int4&) {
  const Word4 frames = load_vector<Word4>(bytes);
  const Int4 left = reinterpret_cast<Int4>(frames << 16);
  const Int4 right = reinterpret_cast<Int4>(frames & 0xffff0000u);
  return {__builtin_convertvector(left, Float4) * kScale32, __builtin_convertvector(right, Float4) * kScale32};
}

inline uint32_t total_non_finite(Int4 counts) {
  return static_cast<uint32_t>(-(counts[0] + counts[1] + counts[2] + counts[3]));
}

}  // namespace atome
