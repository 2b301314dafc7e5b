// Adding sources to a stereo pair of buffers: the innermost loops of the engine.
#include "mix.h"

#include <cmath>

#include "simd.h"

namespace atome {
namespace {

/// Count is a template parameter so that sources and gains stay in registers.
template <uint32_t Count>
void mix_side(const float* const* sources, const float* gains, uint32_t frames, float* output) noexcept {
  const float* source[Count];
  Vector gain[Count];
  for (uint32_t index = 0; index < Count; index++) {
    source[index] = sources[index];
    gain[index] = splat(gains[index]);
  }
  uint32_t frame = 0;
  for (; frame + VECTOR_FRAMES <= frames; frame += VECTOR_FRAMES) {
    Vector sum = load(output + frame);
    for (uint32_t index = 0; index < Count; index++) sum += load(source[index] + frame) * gain[index];
    store(output + frame, sum);
  }
  for (; frame < frames; frame++) {
    float sum = output[frame];
    for (uint32_t index = 0; index < Count; index++) sum += source[index][frame] * gains[index];
    output[frame] = sum;
  }
}

void mix_side(const float* const* sources, const float* gains, uint32_t count, uint32_t frames,
              float* output) noexcept {
  switch (count) {
    case 8:
      return mix_side<8>(sources, gains, frames, output);
    case 7:
      mix_side<4>(sources, gains, frames, output);
      return mix_side<3>(sources + 4, gains + 4, frames, output);
    case 6:
      mix_side<4>(sources, gains, frames, output);
      return mix_side<2>(sources + 4, gains + 4, frames, output);
    case 5:
      mix_side<4>(sources, gains, frames, output);
      return mix_side<1>(sources + 4, gains + 4, frames, output);
    case 4:
      return mix_side<4>(sources, gains, frames, output);
    case 3:
      return mix_side<3>(sources, gains, frames, output);
    case 2:
      return mix_side<2>(sources, gains, frames, output);
    case 1:
      return mix_side<1>(sources, gains, frames, output);
    default:
      return;
  }
}

}  // namespace

void mix_constant(const StereoSource* sources, uint32_t count, uint32_t frames, float* left, float* right) noexcept {
  const float* samples[MIX_BATCH] = {};
  float gains[MIX_BATCH] = {};
  for (uint32_t index = 0; index < count; index++) {
    samples[index] = sources[index].left;
    gains[index] = sources[index].gainLeft;
  }
  mix_side(samples, gains, count, frames, left);
  for (uint32_t index = 0; index < count; index++) {
    samples[index] = sources[index].right;
    gains[index] = sources[index].gainRight;
  }
  mix_side(samples, gains, count, frames, right);
}

void mix_shaped(const float* source, const float* gain, float weight, uint32_t frames, float* output) noexcept {
  uint32_t frame = 0;
  const Vector weights = splat(weight);
  for (; frame + VECTOR_FRAMES <= frames; frame += VECTOR_FRAMES) {
    store(output + frame, load(output + frame) + load(source + frame) * (load(gain + frame) * weights));
  }
  for (; frame < frames; frame++) output[frame] += source[frame] * (gain[frame] * weight);
}

Level level_of(const float* samples, uint32_t frames) noexcept {
  // Several independent sums hide the latency of each addition.
  constexpr uint32_t LANES = 4;
  Vector peak[LANES] = {};
  Vector squares[LANES] = {};
  uint32_t frame = 0;
  for (; frame + LANES * VECTOR_FRAMES <= frames; frame += LANES * VECTOR_FRAMES) {
    for (uint32_t lane = 0; lane < LANES; lane++) {
      const Vector value = load(samples + frame + lane * VECTOR_FRAMES);
      peak[lane] = maximum(peak[lane], absolute(value));
      squares[lane] += value * value;
    }
  }
  Level level{largest_of(maximum(maximum(peak[0], peak[1]), maximum(peak[2], peak[3]))),
              sum_of((squares[0] + squares[1]) + (squares[2] + squares[3]))};
  for (; frame < frames; frame++) {
    level.peak = std::fmax(level.peak, std::fabs(samples[frame]));
    level.squares += samples[frame] * samples[frame];
  }
  return level;
}

}  // namespace atome
