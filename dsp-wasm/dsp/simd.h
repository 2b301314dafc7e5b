// Four floats at a time: the compiler's portable vectors, which become simd128, SSE or plain scalars.
#pragma once
#include <cstdint>
#include <cstring>

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#elif defined(__SSE__)
#include <xmmintrin.h>
#endif

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

inline Vector minimum(Vector a, Vector b) {
  return a < b ? a : b;
}

inline Vector absolute(Vector value) {
  Mask bits;
  std::memcpy(&bits, &value, sizeof bits);
  bits &= 0x7fffffff;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

/// Zero in the lanes that are not set.
inline Vector keep(Vector value, Mask mask) {
  return reinterpret_cast<Vector>(reinterpret_cast<Mask>(value) & mask);
}

/// A bit per lane that is set: the first lane's is the lowest.
inline uint32_t lanes_of(Mask mask) {
#if defined(__wasm_simd128__)
  return uint32_t(wasm_i32x4_bitmask(reinterpret_cast<v128_t>(mask)));
#elif defined(__SSE__)
  return uint32_t(_mm_movemask_ps(reinterpret_cast<__m128>(mask)));
#else
  mask &= Mask{1, 2, 4, 8};
  return uint32_t(mask[0] | mask[1] | mask[2] | mask[3]);
#endif
}

inline float sum_of(Vector value) {
  return (value[0] + value[1]) + (value[2] + value[3]);
}

/// The smallest of four, in every lane.
inline Vector smallest_of(Vector value) {
  const Vector pairs = minimum(value, __builtin_shufflevector(value, value, 2, 3, 0, 1));
  return minimum(pairs, __builtin_shufflevector(pairs, pairs, 1, 0, 3, 2));
}

inline float largest_of(Vector value) {
  const float low = value[0] > value[1] ? value[0] : value[1];
  const float high = value[2] > value[3] ? value[2] : value[3];
  return low > high ? low : high;
}

}  // namespace atome
