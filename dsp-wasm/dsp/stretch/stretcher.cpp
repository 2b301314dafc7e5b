// Places grains, cuts them at attacks, and sums them.
#include "stretcher.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>

#include "../simd.h"

namespace atome {
namespace {

constexpr double SMALLEST_PITCH = 0.25;

}  // namespace

bool Stretcher::prepare(uint32_t channels, uint32_t sampleRate) {
  channels_ = channels;
  const double factor = sampleRate / 48000.0;
  size_ = uint32_t(2048);
  while (size_ > 256 && size_ > 2048 * factor * 1.41) size_ /= 2;
  while (size_ * 1.41 < 2048 * factor) size_ *= 2;
  hop_ = size_ / uint32_t(4);
  reach_ = int64_t(0.006f * sampleRate);
  fadeFrames_ = uint32_t(0.0007f * sampleRate);
  attackFrames_ = int64_t(0.004f * sampleRate);
  if (!onsets_.prepare(channels, sampleRate, 16 * size_) || !vocoder_.prepare(channels, size_) ||
      !sum_.prepare(channels, size_) || !reader_.prepare(channels, hop_, SMALLEST_PITCH) || !hann_.allocate(size_) ||
      !analysisWindow_.allocate(size_) || !synthesisWindow_.allocate(size_) || !product_.allocate(size_) ||
      !frame_.allocate(size_))
    return false;
  for (uint32_t frame = 0; frame < size_; frame++)
    hann_[frame] = float(0.5 - 0.5 * std::cos(2 * std::numbers::pi * frame / size_));
  return true;
}

InputSpan Stretcher::specify(const GrainRequest& request) noexcept {
  request_ = request;
  if (request.reset) {
    onsets_.reset();
    vocoder_.reset();
    sum_.reset();
    reader_.reset();
    reader_.begin_at(size_ / 2);
    centre_ = 0;
    first_ = true;
    pending_ = false;
    consumed_ = INT64_MIN;
    anchor_ = {INT64_MIN / 2, INT64_MIN / 2};
  }
  const auto nominal = int64_t(std::llround(request.position));
  const double speed = request.speed / request.pitch;
  const auto ahead = int64_t(std::ceil(hop_ * std::max(0.0, std::min(4.0, speed) - 1)));
  span_.begin = nominal - size_ / 2 - reach_ - std::max(onsets_.memory(), int64_t(hop_));
  span_.end = nominal + size_ / 2 + reach_ + ahead + int64_t(600);
  return span_;
}

/// Decides which input frame the grain shows, and where it is cut.
void Stretcher::place(const float* const* channels) noexcept {
  onsets_.follow(channels, span_.begin, span_.end);
  const double speed = request_.speed / request_.pitch;
  const auto nominal = int64_t(std::llround(request_.position));
  const int64_t half = size_ / 2;
  attack_ = false;
  int64_t next = OnsetMap::NONE;
  if (speed > 0.05 && speed <= 4) {
    if (consumed_ == INT64_MIN) consumed_ = nominal;
    next = onsets_.first(std::max(consumed_, nominal - half), span_.end);
  }
  bool anchored = false;
  if (pending_) {
    // The grain before ended with the onset; this one begins with it.
    pending_ = false;
    attack_ = true;
    anchored = true;
    position_ = anchor_.input + (centre_ - anchor_.output);
    consumed_ = anchor_.input + 1;
    sum_.cut(uint32_t(anchor_.output - (centre_ - half)), hann_.data(), 0);
    next = onsets_.first(consumed_, span_.end);
  } else if (next != OnsetMap::NONE) {
    const auto output = centre_ + int64_t(std::llround((double(next) - request_.position) / speed));
    if (output < centre_ + int64_t(hop_)) {
      anchor_ = {next, std::max(output, centre_ + 1)};
      pending_ = true;
      anchored = true;
      position_ = anchor_.input - (anchor_.output - centre_);
    }
  }
  if (!anchored) {
    position_ = nominal;
    if (!first_) {
      position_ += int64_t(vocoder_.best_displacement(double(nominal - lastPosition_), hop_, double(reach_)));
    }
  }
  const int64_t left = position_ - half;
  const int64_t none = INT64_MIN / 4;
  leftCut_ = none;
  leftFade_ = fadeFrames_;
  outputCut_ = none;
  if (anchor_.input > left && !pending_ && consumed_ != INT64_MIN) {
    const int64_t drift = (centre_ - anchor_.output) - (position_ - anchor_.input);
    const bool same = std::llabs(drift) < 8;
    leftCut_ = anchor_.input + (same ? 0 : attackFrames_) - left;
    if (!same) leftFade_ = attackFrames_;
  }
  if (!pending_) outputCut_ = anchor_.output - (centre_ - half);
  rightCut_ = next == OnsetMap::NONE ? 4 * int64_t(size_) : next - left;
  cut_ = leftCut_ > 0 || rightCut_ < int64_t(size_);
}

void Stretcher::shape_windows() noexcept {
  const auto ramp = [](double share) {
    return float(0.5 - 0.5 * std::cos(std::numbers::pi * std::clamp(share, 0.0, 1.0)));
  };
  for (int64_t frame = 0; frame < int64_t(size_); frame++) {
    float value = hann_[size_t(frame)];
    if (leftCut_ > 0 && frame < leftCut_) value *= ramp(1 - double(leftCut_ - frame) / double(leftFade_));
    if (frame > rightCut_ - int64_t(fadeFrames_)) value *= ramp(double(rightCut_ - frame) / fadeFrames_);
    analysisWindow_[size_t(frame)] = value;
    if (outputCut_ > 0 && frame < outputCut_) value *= ramp(1 - double(outputCut_ - frame) / fadeFrames_);
    synthesisWindow_[size_t(frame)] = value;
  }
}

void Stretcher::analyse(const float* const* channels) noexcept {
  place(channels);
  shape_windows();
  const int64_t offset = position_ - size_ / 2 - span_.begin;
  for (uint32_t channel = 0; channel < channels_; channel++) {
    const float* samples = channels[channel] + offset;
    for (uint32_t frame = 0; frame < size_; frame += VECTOR_FRAMES)
      store(frame_.data() + frame, load(samples + frame) * load(analysisWindow_.data() + frame));
    vocoder_.analyse(channel, frame_.data());
  }
  vocoder_.plan({double(position_ - lastPosition_), double(hop_), first_, attack_, cut_});
  lastPosition_ = position_;
  first_ = false;
}

OutputSpan Stretcher::synthesise(float* const* channels) noexcept {
  for (uint32_t frame = 0; frame < size_; frame += VECTOR_FRAMES)
    store(product_.data() + frame, load(analysisWindow_.data() + frame) * load(synthesisWindow_.data() + frame));
  sum_.add_window(product_.data(), size_);
  const double bandwidth = std::min(1.0, 0.99 / request_.pitch);
  for (uint32_t channel = 0; channel < channels_; channel++) {
    vocoder_.synthesise(channel, float(bandwidth), frame_.data());
    sum_.add(channel, frame_.data(), synthesisWindow_.data(), size_);
    sum_.read(channel, hop_, reader_.input(channel));
  }
  sum_.advance(hop_);
  const uint32_t frames = reader_.take(hop_, request_.pitch);
  for (uint32_t channel = 0; channel < channels_; channel++) reader_.read(channel, channels[channel]);
  reader_.release();
  centre_ += hop_;
  return {frames, 0, 0};
}

GrainRequest Stretcher::next(const GrainRequest& request) const noexcept {
  GrainRequest following = request;
  following.position += request.speed / request.pitch * hop_;
  following.reset = false;
  return following;
}

}  // namespace atome
