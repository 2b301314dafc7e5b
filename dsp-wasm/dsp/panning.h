// The pan law, and which channels of a file go to which side.
#pragma once
#include <cmath>
#include <cstdint>
#include <numbers>

namespace atome {

struct StereoGain {
  float left = 0;
  float right = 0;
  bool operator==(const StereoGain&) const = default;
};

/// 0 dB in the centre (exactly 1 and 1), constant power towards the sides. @param pan -1 (left) to 1 (right).
inline StereoGain pan_gain(float gain, float pan) {
  if (pan == 0) return {gain, gain};
  const double angle = (double(pan) + 1) * std::numbers::pi / 4;
  const double scale = double(gain) * std::numbers::sqrt2;
  const double right = pan == -1 ? 0 : std::sin(angle);
  const double left = pan == 1 ? 0 : std::cos(angle);
  return {float(scale * left), float(scale * right)};
}

/// How a file's channel is heard. Mono: both sides. Six channels are L R C LFE Ls Rs: the centre at -3 dB to both, the
/// low-frequency channel left out. Otherwise even channels go left and odd ones right.
inline StereoGain channel_weight(uint32_t channel, uint32_t channels) {
  constexpr float centre = float(1 / std::numbers::sqrt2);
  if (channels == 1) return {1, 1};
  if (channels == 6 && channel == 2) return {centre, centre};
  if (channels == 6 && channel == 3) return {0, 0};
  return channel % 2 == 0 ? StereoGain{1, 0} : StereoGain{0, 1};
}

}  // namespace atome
