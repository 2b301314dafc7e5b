// One sample of each PCM format, read without regard to alignment: the reference that the fast paths agree with.
#pragma once
#include <cfloat>
#include <cmath>
#include <cstdint>

#include "../generated/protocol.h"

namespace atome {

constexpr float kScale32 = 1.0f / 2147483648.0f;

template <bool kBigEndian, uint32_t kBytes>
inline uint64_t read_word(const uint8_t* bytes) {
  uint64_t word = 0;
  for (uint32_t index = 0; index < kBytes; index++) {
    const uint32_t shift = 8 * (kBigEndian ? kBytes - 1 - index : index);
    word |= static_cast<uint64_t>(bytes[index]) << shift;
  }
  return word;
}

/// Signed integers, scaled through the top of an int32: 24 bits and fewer are exact in float32.
template <bool kBigEndian, uint32_t kWidth>
struct IntegerSample {
  static constexpr uint32_t kBytes = kWidth;
  static float read(const uint8_t* bytes, uint32_t&) {
    const auto word = static_cast<uint32_t>(read_word<kBigEndian, kWidth>(bytes)) << (32 - 8 * kWidth);
    return static_cast<float>(static_cast<int32_t>(word)) * kScale32;
  }
};

struct UnsignedByteSample {
  static constexpr uint32_t kBytes = 1;
  static float read(const uint8_t* bytes, uint32_t&) { return (static_cast<float>(*bytes) - 128.0f) / 128.0f; }
};

template <bool kBigEndian>
struct FloatSample {
  static constexpr uint32_t kBytes = 4;
  static float read(const uint8_t* bytes, uint32_t& nonFinite) {
    const float value = __builtin_bit_cast(float, static_cast<uint32_t>(read_word<kBigEndian, 4>(bytes)));
    if (std::isfinite(value)) return value;
    nonFinite++;
    return 0.0f;
  }
};

template <bool kBigEndian>
struct DoubleSample {
  static constexpr uint32_t kBytes = 8;
  static float read(const uint8_t* bytes, uint32_t& nonFinite) {
    const double value = __builtin_bit_cast(double, read_word<kBigEndian, 8>(bytes));
    if (std::fabs(value) <= static_cast<double>(FLT_MAX)) return static_cast<float>(value);
    nonFinite++;
    return 0.0f;
  }
};

/// Calls `visitor` with the sample type of `format`; returns `otherwise` when there is none.
template <typename Result, typename Visitor>
inline Result with_sample_type(SampleFormat format, Result otherwise, Visitor&& visitor) {
  switch (format) {
    case SampleFormat::U8:
      return visitor(UnsignedByteSample{});
    case SampleFormat::I8:
      return visitor(IntegerSample<false, 1>{});
    case SampleFormat::I16:
      return visitor(IntegerSample<false, 2>{});
    case SampleFormat::I24:
      return visitor(IntegerSample<false, 3>{});
    case SampleFormat::I32:
      return visitor(IntegerSample<false, 4>{});
    case SampleFormat::F32:
      return visitor(FloatSample<false>{});
    case SampleFormat::F64:
      return visitor(DoubleSample<false>{});
    case SampleFormat::I16_BE:
      return visitor(IntegerSample<true, 2>{});
    case SampleFormat::I24_BE:
      return visitor(IntegerSample<true, 3>{});
    case SampleFormat::I32_BE:
      return visitor(IntegerSample<true, 4>{});
    case SampleFormat::F32_BE:
      return visitor(FloatSample<true>{});
    case SampleFormat::F64_BE:
      return visitor(DoubleSample<true>{});
  }
  return otherwise;
}

}  // namespace atome
