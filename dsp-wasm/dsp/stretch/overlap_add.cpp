// Sums windowed grains and divides by the windows' sum.
#include "overlap_add.h"

#include <algorithm>
#include <cstring>

#include "../simd.h"

namespace atome {
namespace {

/// Where the windows add up to less than this, what they hold is too little to be made loud.
constexpr float LEAST = 0.02f;

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

void OverlapAdd::cut(uint32_t at, const float* fade, uint32_t fadeFrames) noexcept {
  const auto cut_row = [&](float* samples) {
    const uint32_t from = at - std::min(at, fadeFrames);
    for (uint32_t frame = from; frame < at && frame < frames_; frame++)
      samples[frame] *= fade[fadeFrames - (at - frame)];
    if (at < frames_) std::fill(samples + at, samples + frames_, 0.0f);
  };
  cut_row(windows_.data());
  for (uint32_t channel = 0; channel < channels_; channel++) cut_row(row(channel));
}

void OverlapAdd::read(uint32_t channel, uint32_t frames, float* out) const noexcept {
  const float* sums = row(channel);
  const Vector least = splat(LEAST);
  for (uint32_t frame = 0; frame < frames; frame += VECTOR_FRAMES)
    store(out + frame, load(sums + frame) / maximum(load(windows_.data() + frame), least));
}

void OverlapAdd::advance(uint32_t frames) noexcept {
  for (uint32_t channel = 0; channel < channels_; channel++) drop_first(row(channel), frames_, frames);
  drop_first(windows_.data(), frames_, frames);
}

}  // namespace atome
