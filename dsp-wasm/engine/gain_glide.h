// One gain that any thread may set and the audio thread glides to over GLIDE_FRAMES.
#pragma once
#include <algorithm>
#include <atomic>
#include <cstdint>

#include "../generated/protocol.h"

namespace atome {

class GainGlide {
 public:
  /// Control thread.
  void set_target(float gain) noexcept { target_.store(gain); }
  /// Whether it is silence or on its way there.
  bool is_off() const noexcept { return target_.load(std::memory_order_relaxed) == 0; }

  /// Audio thread: multiplies both sides by the gain; a constant gain of 1 touches nothing.
  void apply(float* left, float* right, uint32_t frames) noexcept {
    const float target = target_.load(std::memory_order_relaxed);
    if (target != goal_) {
      goal_ = target;
      step_ = (goal_ - value_) / GLIDE_FRAMES;
      remaining_ = GLIDE_FRAMES;
    }
    uint32_t frame = 0;
    for (; frame < frames && remaining_ > 0; frame++, remaining_--) {
      value_ = remaining_ == 1 ? goal_ : value_ + step_;
      left[frame] *= value_;
      right[frame] *= value_;
    }
    if (value_ == 1) return;
    for (; frame < frames; frame++) {
      left[frame] *= value_;
      right[frame] *= value_;
    }
  }

  /// Audio thread: what was silent need not glide.
  void settle() noexcept {
    value_ = goal_ = target_.load(std::memory_order_relaxed);
    remaining_ = 0;
  }

 private:
  std::atomic<float> target_{1};
  float goal_ = 1;
  float value_ = 1;
  float step_ = 0;
  uint32_t remaining_ = 0;
};

}  // namespace atome
