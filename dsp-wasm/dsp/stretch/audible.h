// What of the input counts as sound.
#pragma once
#include "../simd.h"

namespace atome {

/// Silence for what is no sound: NaN, infinities and numbers whose squares would become infinite.
inline Vector bounded(Vector samples) {
  return absolute(samples) < splat(1e6f) ? samples : splat(0);
}

/// Silence for what is too quiet as well (-200 dB): the powers of spectra stay far above the subnormal numbers, which
/// cost a hundred times as much.
inline Vector audible(Vector samples) {
  return absolute(samples) > splat(1e-10f) ? bounded(samples) : splat(0);
}

}  // namespace atome
