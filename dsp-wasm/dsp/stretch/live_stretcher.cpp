// Two sliding buffers around a stretcher.
#include "live_stretcher.h"

#include <algorithm>
#include <cstring>

namespace atome {

bool LiveStretcher::prepare(uint32_t channels, uint32_t sampleRate, uint32_t block) {
  channels_ = channels;
  if (!stretcher_.prepare(channels, sampleRate)) return false;
  inputSize_ = stretcher_.input_capacity() + 2 * block + stretcher_.hop();
  outputSize_ = 2 * stretcher_.capacity() + block;
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

bool LiveStretcher::make_grain(double speed, double pitch) noexcept {
  if (ready_ + stretcher_.capacity() > outputSize_) return false;
  request_.speed = speed;
  request_.pitch = pitch;
  const InputSpan span = stretcher_.specify(request_);
  if (span.end > inputEnd_) return false;
  if (span.begin < inputBegin_) {
    // Too slow for what comes in: go on where there is input.
    request_.position += double(inputBegin_ - span.begin);
    if (stretcher_.specify(request_).end > inputEnd_) return false;
  }
  const int64_t offset = stretcher_.specify(request_).begin - inputBegin_;
  for (uint32_t channel = 0; channel < channels_; channel++) {
    sources_[channel] = input_.data() + size_t(channel) * inputSize_ + offset;
    targets_[channel] = output_.data() + size_t(channel) * outputSize_ + ready_;
  }
  stretcher_.analyse(sources_.data());
  ready_ += stretcher_.synthesise(targets_.data()).frames;
  request_ = stretcher_.next(request_);
  return true;
}

uint32_t LiveStretcher::process(const float* const* input, uint32_t frames, float* const* output, uint32_t capacity,
                                double speed, double pitch) noexcept {
  take(input, frames);
  const auto grains = int32_t(std::max(frames, capacity) / 128 + 1);
  for (int32_t grain = 0; grain < grains && make_grain(speed, pitch); grain++) {
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
