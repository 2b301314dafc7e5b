// Sums windowed grains and divides by the windows' sum.
#include "overlap_add.h"

#include <algorithm>
#include <cstring>

#include "../simd.h"

namespace atome {
namespace {

/// Where the windows add up to less than this, what they hold is too little to be made loud.
constexpr float LEAST = 0.05f;

void drop_first(float* samples, uint32_t size, uint32_t frames) {
  std::memmove(samples, samples + frames, (size - frames) * sizeof(float));
  std::fill(samples + size - frames, samples + size, 0.0f);
}

}  // namespace

bool OverlapAdd::prepare(uint32_t channels, uint32_t frames) {
  channels_ = channels;
  frames_ = frames;
  return sums_.allocate(size_t(channels) * frames) && windows_.allocate(frames);
}

void OverlapAdd::reset() noexcept {
  std::fill(sums_.begin(), sums_.end(), 0.0f);
  std::fill(windows_.begin(), windows_.end(), 0.0f);
}

void OverlapAdd::add_window(const float* product, uint32_t frames) noexcept {
  for (uint32_t frame = 0; frame < frames; frame += VECTOR_FRAMES)
    store(windows_.data() + frame, load(windows_.data() + frame) + load(product + frame));
}

void OverlapAdd::add(uint32_t channel, const float* grain, const float* window, uint32_t frames) noexcept {
  float* sums = row(channel);
  for (uint32_t frame = 0; frame < frames; frame += VECTOR_FRAMES)
    store(sums + frame, load(sums + frame) + load(grain + frame) * load(window + frame));
}

void OverlapAdd::cut(uint32_t at) noexcept {
  if (at >= frames_) return;
  for (uint32_t channel = 0; channel < channels_; channel++) std::fill(row(channel) + at, row(channel) + frames_, 0.0f);
  std::fill(windows_.data() + at, windows_.data() + frames_, 0.0f);
}

void OverlapAdd::read(uint32_t channel, uint32_t frames, float* out) const noexcept {
  const float* sums = row(channel);
  const Vector least = splat(LEAST);
  for (uint32_t frame = 0; frame < frames; frame += VECTOR_FRAMES)
    store(out + frame, load(sums + frame) / maximum(load(windows_.data() + frame), least));
}

void OverlapAdd::add_level(uint32_t channel, float share, float* out, uint32_t frames) const noexcept {
  const float* sums = row(channel);
  const Vector least = splat(LEAST), factor = splat(share);
  for (uint32_t frame = 0; frame < frames; frame += VECTOR_FRAMES)
    store(out + frame, load(out + frame) + factor * load(sums + frame) / maximum(load(windows_.data() + frame), least));
}

void OverlapAdd::advance(uint32_t frames) noexcept {
  for (uint32_t channel = 0; channel < channels_; channel++) drop_first(row(channel), frames_, frames);
  drop_first(windows_.data(), frames_, frames);
}

}  // namespace atome
