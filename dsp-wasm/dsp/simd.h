// Four floats at a time: the compiler's portable vectors, which become simd128, SSE or plain scalars.
#pragma once
#include <cstdint>
#include <cstring>

namespace atome {

using Vector = float __attribute__((vector_size(16)));
/// All bits of a lane are set where a comparison holds.
using Mask = int32_t __attribute__((vector_size(16)));
inline constexpr uint32_t VECTOR_FRAMES = 4;

inline Vector load(const float* from) {
  Vector value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

inline void store(float* to, Vector value) {
  std::memcpy(to, &value, sizeof value);
}

inline Vector splat(float value) {
  return Vector{value, value, value, value};
}

inline Vector maximum(Vector a, Vector b) {
  return a > b ? a : b;
}

inline Vector absolute(Vector value) {
  Mask bits;
  std::memcpy(&bits, &value, sizeof bits);
  bits &= 0x7fffffff;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

inline bool any_of(Mask mask) {
  uint64_t halves[2];
  std::memcpy(halves, &mask, sizeof halves);
  return (halves[0] | halves[1]) != 0;
}

inline float sum_of(Vector value) {
  return (value[0] + value[1]) + (value[2] + value[3]);
}

inline float largest_of(Vector value) {
  const float low = value[0] > value[1] ? value[0] : value[1];
  const float high = value[2] > value[3] ? value[2] : value[3];
  return low > high ? low : high;
}

}  // namespace atome
