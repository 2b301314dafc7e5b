// Two sliding buffers around a stretcher.
#include "live_stretcher.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace atome {
namespace {

/// Of what grains can be asked for.
constexpr double LOWEST_PITCH = 0.25;

}  // namespace

bool LiveStretcher::prepare(uint32_t channels, uint32_t sampleRate, uint32_t block) {
  channels_ = channels;
  block_ = block;
  if (!stretcher_.prepare(channels, sampleRate, Windows::STEADY)) return false;
  inputSize_ = stretcher_.input_capacity() + 2 * block + stretcher_.hop(1);
  // What is held back for the lowest pitch waits here at every other.
  outputSize_ = delay(LOWEST_PITCH) + stretcher_.capacity() + block;
  const bool done = input_.allocate(size_t(channels) * inputSize_) &&
                    output_.allocate(size_t(channels) * outputSize_) && sources_.allocate(channels) &&
                    targets_.allocate(channels);
  if (done) reset();
  return done;
}

void LiveStretcher::reset() noexcept {
  std::fill(input_.begin(), input_.end(), 0.0f);
  request_ = {};
  request_.reset = true;
  // Before the first frame there was silence.
  inputBegin_ = -int64_t(inputSize_) / 2;
  inputEnd_ = 0;
  ready_ = 0;
  analysed_ = false;
}

uint32_t LiveStretcher::delay(double pitch) const {
  // At a lower pitch a grain covers more input, and makes more output at a time.
  const double hop = stretcher_.hop(pitch), advance = hop / pitch;
  const double ahead = std::max(0.0, advance - hop);
  const double frames = 2 * advance + ahead + PitchReader::HALF / pitch;
  return uint32_t(std::ceil(frames)) + stretcher_.lookahead() + 2 * block_;
}

/// Appends input; what no grain can reach any more makes room.
void LiveStretcher::take(const float* const* input, uint32_t frames) noexcept {
  const auto kept = uint32_t(inputEnd_ - inputBegin_);
  const uint32_t drop = kept + frames > inputSize_ ? kept + frames - inputSize_ : 0;
  for (uint32_t channel = 0; channel < channels_; channel++) {
    float* row = input_.data() + size_t(channel) * inputSize_;
    std::memmove(row, row + drop, (kept - drop) * sizeof(float));
    std::memcpy(row + kept - drop, input[channel], frames * sizeof(float));
  }
  inputBegin_ += drop;
  inputEnd_ += frames;
}

/// The first half of a grain's work, where its input is there and its output has room.
bool LiveStretcher::analyse(double speed, double pitch) noexcept {
  if (ready_ + stretcher_.capacity() > outputSize_) return false;
  request_.speed = speed;
  request_.pitch = pitch;
  request_.formants = formants_;
  InputSpan span = stretcher_.specify(request_);
  if (span.begin < inputBegin_) {
    // Too slow for what comes in: go on where there is input.
    request_.position += double(inputBegin_ - span.begin);
    span = stretcher_.specify(request_);
  }
  if (span.end > inputEnd_) return false;
  for (uint32_t channel = 0; channel < channels_; channel++)
    sources_[channel] = input_.data() + size_t(channel) * inputSize_ + (span.begin - inputBegin_);
  stretcher_.analyse(sources_.data());
  analysed_ = true;
  return true;
}

void LiveStretcher::synthesise() noexcept {
  for (uint32_t channel = 0; channel < channels_; channel++)
    targets_[channel] = output_.data() + size_t(channel) * outputSize_ + ready_;
  ready_ += stretcher_.synthesise(targets_.data()).frames;
  request_ = stretcher_.next(request_);
  analysed_ = false;
}

uint32_t LiveStretcher::process(const float* const* input, uint32_t frames, float* const* output, uint32_t capacity,
                                double speed, double pitch) noexcept {
  take(input, frames);
  const double halves = 2.0 * std::max(frames, capacity) * std::clamp(pitch, 0.25, 4.0) / stretcher_.hop(1);
  for (int32_t steps = 1 + int32_t(halves); steps > 0; steps--) {
    if (analysed_)
      synthesise();
    else if (!analyse(speed, pitch))
      break;
  }
  const uint32_t taken = std::min(ready_, capacity);
  for (uint32_t channel = 0; channel < channels_; channel++) {
    float* row = output_.data() + size_t(channel) * outputSize_;
    std::memcpy(output[channel], row, taken * sizeof(float));
    std::memmove(row, row + taken, (ready_ - taken) * sizeof(float));
  }
  ready_ -= taken;
  return taken;
}

}  // namespace atome
