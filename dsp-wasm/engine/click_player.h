// The metronome's sound: two clicks, made once, played wherever a playhead passes one. Audio thread.
#pragma once
#include <cstdint>

#include "../dsp/memory.h"
#include "../generated/protocol.h"
#include "click_track.h"
#include "gain_glide.h"

namespace atome {

/// Where a playhead is on its click track; found again by bisection after a jump or with a new track.
struct ClickCursor {
  /// ClickTrack.sequence; 0: none.
  uint32_t track = 0;
  int64_t position = 0;
  uint32_t next = 0;
};

class ClickPlayer {
 public:
  /// Control thread; false when there is no memory.
  [[nodiscard]] bool prepare(uint32_t sampleRate);
  /// Any thread. 0 is off, and the engine spends nothing on it.
  void set_gain(float gain) noexcept { gain_.set_target(gain); }

  /// A timeline plays `frames` frames from `position` on, `offset` frames into what is rendered next.
  /// @param published its clicks, which may hold only later; or null. @param masterFrame of the first of the frames.
  void pass(uint32_t timeline, ClickCursor& cursor, const ClickTrack* published, int64_t masterFrame, int64_t position,
            uint32_t frames, uint32_t offset) noexcept;
  /// The timeline has stopped: its clicks that still sound fade out over DECLICK_FRAMES. Clicks outlast jumps.
  void release(uint32_t timeline) noexcept;

  bool is_silent() const noexcept { return count_ == 0; }
  /// Writes the next frames.
  void render(uint32_t frames, float* left, float* right) noexcept;

 private:
  struct Voice {
    const float* sound;
    uint32_t timeline;
    /// Frames until it begins.
    uint32_t wait;
    uint32_t played;
    /// Frames until it is silent; more than DECLICK_FRAMES while it is not released.
    uint32_t remaining;
  };

  void start(uint32_t timeline, bool accent, uint32_t wait) noexcept;
  void remove(uint32_t index) noexcept;
  void add(Voice& voice, uint32_t frames, float* output) const noexcept;

  static constexpr uint32_t MAX_VOICES = 32;

  /// The bar line's click, then the beat's.
  Array<float> sounds_;
  uint32_t length_ = 0;
  GainGlide gain_;
  uint32_t count_ = 0;
  /// In the order in which they began.
  Voice voices_[MAX_VOICES];
};

}  // namespace atome
