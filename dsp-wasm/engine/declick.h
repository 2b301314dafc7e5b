// What a timeline still sounds after a discontinuity: outgoing sound on its way to silence or into its successor.
#pragma once
#include <cstdint>

#include "../generated/protocol.h"

namespace atome {

/// Stereo frames of an outgoing state, rendered ahead.
struct OutgoingFrames {
  float left[DECLICK_FRAMES];
  float right[DECLICK_FRAMES];
};

/// Share of the outgoing state at `frame` of DECLICK_FRAMES: 1 falling in a line to 0.
inline float outgoing_share(uint32_t frame) {
  return float(DECLICK_FRAMES - frame) / DECLICK_FRAMES;
}

/// Faded remains of jumps and stops; overlapping ones add up. Audio thread.
class DeclickTail {
 public:
  void add(const OutgoingFrames& outgoing) noexcept {
    for (uint32_t frame = 0; frame < DECLICK_FRAMES; frame++) {
      const uint32_t slot = (start_ + frame) % DECLICK_FRAMES;
      left_[slot] += outgoing.left[frame] * outgoing_share(frame);
      right_[slot] += outgoing.right[frame] * outgoing_share(frame);
    }
    remaining_ = DECLICK_FRAMES;
  }

  bool empty() const noexcept { return remaining_ == 0; }

  /// Adds the next frames of the tail to the outputs.
  void render(float* left, float* right, uint32_t frames) noexcept {
    for (uint32_t frame = 0; frame < frames && remaining_ > 0; frame++, remaining_--) {
      left[frame] += left_[start_];
      right[frame] += right_[start_];
      left_[start_] = right_[start_] = 0;
      start_ = (start_ + 1) % DECLICK_FRAMES;
    }
  }

 private:
  float left_[DECLICK_FRAMES]{};
  float right_[DECLICK_FRAMES]{};
  uint32_t start_ = 0;
  uint32_t remaining_ = 0;
};

/// A replaced schedule's next frames, crossfaded into its successor. Audio thread.
class ScheduleCrossfade {
 public:
  void begin(const OutgoingFrames& outgoing) noexcept {
    outgoing_ = outgoing;
    position_ = 0;
  }
  void cancel() noexcept { position_ = DECLICK_FRAMES; }

  /// output = new + (old - new) * share: frames that are equal in both stay as they are.
  void apply(float* left, float* right, uint32_t frames) noexcept {
    for (uint32_t frame = 0; frame < frames && position_ < DECLICK_FRAMES; frame++, position_++) {
      const float share = outgoing_share(position_);
      left[frame] += (outgoing_.left[position_] - left[frame]) * share;
      right[frame] += (outgoing_.right[position_] - right[frame]) * share;
    }
  }

 private:
  OutgoingFrames outgoing_{};
  uint32_t position_ = DECLICK_FRAMES;
};

}  // namespace atome
