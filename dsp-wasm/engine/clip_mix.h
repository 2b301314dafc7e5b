// Gain, pan and mute of one clip: a target set by the control thread, a glide followed by the audio thread.
#pragma once
#include <atomic>
#include <cstdint>
#include <limits>

#include "../dsp/panning.h"
#include "../generated/protocol.h"

namespace atome {

/// A straight line from one stereo gain to another over GLIDE_FRAMES of the master clock.
struct Glide {
  StereoGain from;
  StereoGain to;
  int64_t start = 0;

  /// @param elapsed frames since `start`, fractional and possibly out of range.
  StereoGain at(double elapsed) const noexcept {
    if (elapsed >= GLIDE_FRAMES) return to;
    if (elapsed <= 0) return from;
    const float share = float(elapsed / GLIDE_FRAMES);
    return {from.left + (to.left - from.left) * share, from.right + (to.right - from.right) * share};
  }
  bool done(double elapsed) const noexcept { return elapsed >= GLIDE_FRAMES || from == to; }
};

class ClipMix {
 public:
  /// Control thread. A new generation marks another clip in the same slot: it begins at its target without a glide.
  void set_target(StereoGain gain, uint32_t generation) noexcept {
    generation_.store(generation);
    target_.store(__builtin_bit_cast(uint64_t, gain));
  }

  /// Audio thread: the glide to follow for a segment that begins at master frame `now`.
  const Glide& follow(uint32_t generation, int64_t now) noexcept {
    const StereoGain target = __builtin_bit_cast(StereoGain, target_.load());
    // Read after the target: a target of the slot's next clip is recognised by its generation.
    const bool mine = generation_.load() == generation;
    if (followed_ != generation || heardUntil_ + QUANTUM_FRAMES < now) {
      glide_ = {target, target, now};
      followed_ = generation;
    } else if (mine && target != glide_.to) {
      glide_ = {glide_.at(double(now - glide_.start)), target, now};
    }
    return glide_;
  }
  /// Audio thread: the glide that is followed.
  const Glide& glide() const noexcept { return glide_; }
  /// Audio thread: where the gain is or goes.
  StereoGain target() const noexcept { return __builtin_bit_cast(StereoGain, target_.load()); }
  /// Audio thread: it is silence or on its way there.
  bool is_off() const noexcept { return target() == StereoGain{}; }
  /// Audio thread: the gain after the glide.
  StereoGain settled() const noexcept { return glide_.to; }
  /// Audio thread: the clip was rendered up to this master frame; a gap makes the next `follow` begin at its target.
  void heard_until(int64_t frame) noexcept { heardUntil_ = frame; }

 private:
  std::atomic<uint64_t> target_{0};
  std::atomic<uint32_t> generation_{0};
  uint32_t followed_ = 0;
  int64_t heardUntil_ = std::numeric_limits<int64_t>::min();
  Glide glide_;
};

}  // namespace atome
