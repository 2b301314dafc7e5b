// Windows, transforms and sums one grain.
#include "grains.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "../simd.h"
#include "audible.h"

namespace atome {
namespace {

float raised_cosine(double share) {
  return float(0.5 - 0.5 * std::cos(std::numbers::pi * share));
}

/// Lets `window` begin at frame `at`, over a fade before it.
void begin_at(float* window, int64_t size, int64_t at, int64_t fade) {
  const int64_t from = std::clamp<int64_t>(at - fade, 0, size), to = std::clamp<int64_t>(at, 0, size);
  std::fill(window, window + from, 0.0f);
  for (int64_t frame = from; frame < to; frame++)
    window[frame] *= raised_cosine(double(frame - (at - fade)) / double(fade));
}

/// Lets `window` end at frame `at`, over a fade before it.
void end_at(float* window, int64_t size, int64_t at, int64_t fade) {
  const int64_t from = std::clamp<int64_t>(at - fade, 0, size), to = std::clamp<int64_t>(at, 0, size);
  for (int64_t frame = from; frame < to; frame++) window[frame] *= raised_cosine(double(at - frame) / double(fade));
  std::fill(window + to, window + size, 0.0f);
}

}  // namespace

bool Grains::prepare(uint32_t channels, uint32_t size, uint32_t longestWindow) {
  channels_ = channels;
  window_ = 0;
  return vocoder_.prepare(channels, size) && hann_.allocate(longestWindow) && hannSquared_.allocate(longestWindow) &&
         analysisWindow_.allocate(longestWindow) && synthesisWindow_.allocate(longestWindow) &&
         product_.allocate(longestWindow) && frame_.allocate(size);
}

void Grains::set_window(uint32_t frames) noexcept {
  if (window_ == frames) return;
  window_ = frames;
  vocoder_.set_window(frames);
  // A wave that is turned on from frame to frame costs less than a cosine for each.
  const double angle = 2 * std::numbers::pi / frames, stepRe = std::cos(angle), stepIm = std::sin(angle);
  double re = 1, im = 0;
  for (uint32_t frame = 0; frame < frames; frame++) {
    hann_[frame] = float(0.5 - 0.5 * re);
    hannSquared_[frame] = hann_[frame] * hann_[frame];
    const double turned = re * stepRe - im * stepIm;
    im = im * stepRe + re * stepIm;
    re = turned;
  }
}

void Grains::shape(const GrainCuts& cuts) noexcept {
  plain_ = !is_cut(cuts) && cuts.output <= -half();
  if (plain_) return;
  const auto size = int64_t(window_);
  std::copy_n(hann_.data(), window_, analysisWindow_.data());
  begin_at(analysisWindow_.data(), size, half() + cuts.left, cuts.leftFade);
  end_at(analysisWindow_.data(), size, half() + cuts.right, cuts.fade);
  std::copy_n(analysisWindow_.data(), window_, synthesisWindow_.data());
  begin_at(synthesisWindow_.data(), size, half() + cuts.output, cuts.fade);
  for (uint32_t frame = 0; frame < window_; frame++) product_[frame] = analysisWindow_[frame] * synthesisWindow_[frame];
}

void Grains::analyse(const float* const* centres, const GrainCuts& cuts) noexcept {
  shape(cuts);
  const float* window = plain_ ? hann_.data() : analysisWindow_.data();
  std::fill(frame_.begin(), frame_.end(), 0.0f);
  float* middle = frame_.data() + padding();
  for (uint32_t channel = 0; channel < channels_; channel++) {
    const float* samples = centres[channel] - half();
    for (uint32_t frame = 0; frame < window_; frame += VECTOR_FRAMES)
      store(middle + frame, audible(load(samples + frame)) * load(window + frame));
    vocoder_.analyse(channel, frame_.data());
  }
}

void Grains::synthesise(const float* weights, OverlapAdd& sum) noexcept {
  sum.add_window(plain_ ? hannSquared_.data() : product_.data(), window_);
  for (uint32_t channel = 0; channel < channels_; channel++) {
    vocoder_.synthesise(channel, weights, frame_.data());
    sum.add(channel, frame_.data() + padding(), plain_ ? hann_.data() : synthesisWindow_.data(), window_);
  }
  vocoder_.finish();
}

void Grains::add_unchanged(const float* const* centres, OverlapAdd& sum) noexcept {
  sum.add_window(hannSquared_.data(), window_);
  for (uint32_t channel = 0; channel < channels_; channel++) {
    const float* samples = centres[channel] - half();
    for (uint32_t frame = 0; frame < window_; frame += VECTOR_FRAMES)
      store(frame_.data() + frame, audible(load(samples + frame)));
    sum.add(channel, frame_.data(), hannSquared_.data(), window_);
  }
}

void Grains::apply_hann(float* padded) const noexcept {
  std::fill_n(padded, padding(), 0.0f);
  std::fill(padded + padding() + window_, padded + vocoder_.size(), 0.0f);
  for (uint32_t frame = 0; frame < window_; frame++) padded[padding() + frame] *= hann_[frame];
}

}  // namespace atome
