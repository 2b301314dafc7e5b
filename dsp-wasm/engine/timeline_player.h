// One timeline's transport and sound. Audio thread.
#pragma once
#include <cstdint>

#include "click_player.h"
#include "declick.h"
#include "gain_glide.h"
#include "timeline_view.h"

namespace atome {

class VoiceMixer;

class TimelinePlayer {
 public:
  /// Control thread. @param offline starts are cut, not faded in.
  void prepare(uint32_t index, TimelineView* view, bool offline) {
    index_ = index;
    view_ = view;
    offline_ = offline;
  }

  void play(int64_t position, int64_t masterFrame, VoiceMixer& mixer) noexcept;
  void stop(int64_t masterFrame, VoiceMixer& mixer) noexcept;
  void seek(int64_t position, int64_t masterFrame, VoiceMixer& mixer) noexcept;
  /// `end` not after `start` switches looping off.
  void set_loop(int64_t start, int64_t end) noexcept;
  /// Plays another schedule from now on; returns the one that is no longer played (the given one if it is outdated).
  Schedule* set_schedule(Schedule* schedule, int64_t masterFrame, VoiceMixer& mixer) noexcept;

  bool is_playing() const noexcept { return playing_; }
  bool is_silent() const noexcept { return !playing_ && tail_.empty(); }
  int64_t position() const noexcept { return position_; }
  uint32_t loops() const noexcept { return loops_; }
  Schedule* schedule() const noexcept { return schedule_; }

  /// Writes the timeline's next frames (at most QUANTUM_FRAMES).
  void render(uint32_t frames, int64_t masterFrame, VoiceMixer& mixer, ClickPlayer& clicks, float* left,
              float* right) noexcept;
  /// Tells the other threads where it is.
  void publish() noexcept;

  GainGlide gain;

 private:
  void jump(int64_t position, bool fadeIn) noexcept;
  void fade_out(int64_t masterFrame, VoiceMixer& mixer) noexcept;
  void render_ahead(int64_t masterFrame, VoiceMixer& mixer) noexcept;
  void render_buses(int64_t masterFrame, uint32_t frames, VoiceMixer& mixer, float* left, float* right) noexcept;

  uint32_t index_ = 0;
  TimelineView* view_ = nullptr;
  bool offline_ = false;
  bool playing_ = false;
  /// Context frames from the timeline's zero.
  int64_t position_ = 0;
  int64_t loopStart_ = 0;
  int64_t loopEnd_ = 0;
  uint32_t loops_ = 0;
  Schedule* schedule_ = nullptr;
  DeclickTail tail_;
  ScheduleCrossfade crossfade_;
  OutgoingFrames outgoing_;
  ClickCursor clickCursor_;
};

}  // namespace atome
