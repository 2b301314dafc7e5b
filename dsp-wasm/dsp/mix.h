// Adding sources to a stereo pair of buffers, in the order given, without reassociation.
#pragma once
#include <cstdint>

namespace atome {

/// One stereo source at constant gains; a mono one has the same pointer twice.
struct StereoSource {
  const float* left;
  const float* right;
  float gainLeft;
  float gainRight;
};

/// Sources that `mix_constant` adds in one pass over the output.
inline constexpr uint32_t MIX_BATCH = 8;

/// output = (output + source[0] * gain[0]) + source[1] * gain[1] ... for up to MIX_BATCH sources, rounded to float32 at
/// every step, so that the result does not depend on how sources are batched.
void mix_constant(const StereoSource* sources, uint32_t count, uint32_t frames, float* left, float* right) noexcept;

/// output[i] += source[i] * (gain[i] * weight)
void mix_shaped(const float* source, const float* gain, float weight, uint32_t frames, float* output) noexcept;

/// Largest magnitude and sum of squares of some samples.
struct Level {
  float peak = 0;
  float squares = 0;
};

Level level_of(const float* samples, uint32_t frames) noexcept;

}  // namespace atome
