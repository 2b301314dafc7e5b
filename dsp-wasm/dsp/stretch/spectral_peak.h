// What a grain's transform holds: the spectrum of a channel, and the peaks that all channels have together.
#pragma once
#include <cstdint>

#include "../memory.h"

namespace atome {

struct Spectrum {
  Array<float> re;
  Array<float> im;
};

struct SpectralPeak {
  uint32_t bin;
  /// First bin of its region; the next peak's first bin ends it.
  uint32_t begin;
  /// Turns per frame.
  double frequency;
  /// Turns.
  float rotation;
  float magnitude;
  /// Not there in the grain before.
  bool fresh;
  /// Grains in a row that its frequency was measured in and was the same.
  uint8_t steady;
};

}  // namespace atome
