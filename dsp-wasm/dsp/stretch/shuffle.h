// Rearranging vectors of four floats: what strided and reversed data need.
#pragma once
#include "../simd.h"

namespace atome {

inline Vector reversed(Vector value) {
  return __builtin_shufflevector(value, value, 3, 2, 1, 0);
}

struct VectorPair {
  Vector first;
  Vector second;
};

/// The samples of even and of odd index of eight consecutive ones.
inline VectorPair deinterleave(const float* from) {
  const Vector low = load(from);
  const Vector high = load(from + VECTOR_FRAMES);
  return {__builtin_shufflevector(low, high, 0, 2, 4, 6), __builtin_shufflevector(low, high, 1, 3, 5, 7)};
}

inline void store_interleaved(float* to, Vector even, Vector odd) {
  store(to, __builtin_shufflevector(even, odd, 0, 4, 1, 5));
  store(to + VECTOR_FRAMES, __builtin_shufflevector(even, odd, 2, 6, 3, 7));
}

struct Matrix {
  Vector rows[4];
};

inline Matrix transposed(Vector a, Vector b, Vector c, Vector d) {
  const Vector abLow = __builtin_shufflevector(a, b, 0, 4, 1, 5);
  const Vector abHigh = __builtin_shufflevector(a, b, 2, 6, 3, 7);
  const Vector cdLow = __builtin_shufflevector(c, d, 0, 4, 1, 5);
  const Vector cdHigh = __builtin_shufflevector(c, d, 2, 6, 3, 7);
  return {{__builtin_shufflevector(abLow, cdLow, 0, 1, 4, 5), __builtin_shufflevector(abLow, cdLow, 2, 3, 6, 7),
           __builtin_shufflevector(abHigh, cdHigh, 0, 1, 4, 5), __builtin_shufflevector(abHigh, cdHigh, 2, 3, 6, 7)}};
}

}  // namespace atome
