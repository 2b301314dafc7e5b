// Polyphase windowed-sinc filters for one pair of rates. Made on the control thread, then shared and never changed.
#pragma once
#include <cstdint>

#include "memory.h"

namespace atome {

/// A place between two source frames: `frame` + `remainder` / q.
struct SourcePosition {
  int64_t frame;
  uint32_t remainder;
};

/// Kaiser-windowed sinc, -120 dB design. Passband to 0.907 of half the lower rate within 0.01 dB (20 kHz at 44.1 kHz);
/// from half the lower rate on everything is under -110 dB. Every phase is scaled to unity at 0 Hz.
class ResamplerTable {
 public:
  /// Reduces the rates (Hz) to p/q and computes the filters; false when there is no memory.
  [[nodiscard]] bool prepare(uint32_t sourceRate, uint32_t targetRate);

  uint32_t source_rate() const { return sourceRate_; }
  /// Filter length in source frames, a multiple of 4.
  uint32_t taps() const { return taps_; }
  /// Source frames that a target frame reads on each side of its position, at most.
  uint32_t half() const { return taps_ / 2; }
  /// Source frames per target frame.
  double ratio() const { return double(p_) / q_; }
  /// `remainder` as a fraction of a source frame.
  double fraction(uint32_t remainder) const { return double(remainder) / q_; }
  /// Exact source position of a target frame (not negative).
  SourcePosition position(int64_t targetFrame) const {
    const int64_t whole = targetFrame / q_;
    const int64_t rest = (targetFrame % q_) * p_;
    return {whole * p_ + rest / q_, uint32_t(rest % q_)};
  }

  /// Filters `frames` target frames from `position` on and adds them to the outputs. `left` and `right` hold source
  /// frames from position.frame - half() + 1 on. Audio thread.
  void resample(SourcePosition position, const float* left, const float* right, uint32_t frames, float* outLeft,
                float* outRight) const noexcept;

 private:
  const float* row(uint32_t index) const { return rows_.data() + size_t(index) * taps_; }

  uint32_t sourceRate_ = 0;
  int64_t p_ = 1;
  int64_t q_ = 1;
  uint32_t taps_ = 0;
  uint32_t phases_ = 1;
  /// q has more phases than are worth storing: neighbours are interpolated.
  bool interpolated_ = false;
  Array<float> rows_;
};

}  // namespace atome
