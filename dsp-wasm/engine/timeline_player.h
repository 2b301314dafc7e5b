// One timeline's transport and sound. Audio thread.
#pragma once
#include <cstdint>

#include "click_player.h"
#include "declick.h"
#include "gain_glide.h"
#include "stretch_runs.h"
#include "timeline_view.h"

namespace atome {

class FiringCounts;
struct PathOrigin;
struct Trigger;
class VoiceMixer;

class TimelinePlayer {
 public:
  /// Control thread.
  void prepare(uint32_t index, TimelineView* view, TimelineState* state, StretchPool& pool) {
    index_ = index;
    view_ = view;
    state_ = state;
    stretches_.prepare(pool);
  }

  /// @param fadeIn what a start from standstill enters in its middle fades in.
  void play(int64_t position, int64_t masterFrame, bool fadeIn, VoiceMixer& mixer) noexcept;
  void stop(int64_t masterFrame, VoiceMixer& mixer) noexcept;
  void seek(int64_t position, int64_t masterFrame, VoiceMixer& mixer) noexcept;
  /// Goes on where the same music is by now: in another schedule, or in its own (null). What plays the same part of its
  /// file there sounds on. Returns the schedule that is not played any more, or null.
  Schedule* land(Schedule* schedule, int64_t position, int64_t masterFrame, VoiceMixer& mixer) noexcept;
  /// `end` not after `start` switches looping off.
  void set_loop(int64_t start, int64_t end) noexcept;
  /// Plays another schedule from now on; returns the one that is no longer played (the given one if it is outdated).
  Schedule* set_schedule(Schedule* schedule, int64_t masterFrame, VoiceMixer& mixer) noexcept;

  bool is_playing() const noexcept { return playing_; }
  bool is_silent() const noexcept { return !playing_ && tail_.empty(); }
  int64_t position() const noexcept { return position_; }
  uint32_t starts() const noexcept { return starts_; }
  Schedule* schedule() const noexcept { return schedule_; }
  StretchRuns& stretches() noexcept { return stretches_; }
  const StretchRuns& stretches() const noexcept { return stretches_; }
  /// While a hand drags its playhead nothing is made ready where that stands.
  void be_dragged(bool isDragged) noexcept { dragged_ = isDragged; }
  bool is_dragged() const noexcept { return dragged_; }
  /// Moves a playhead that does not play.
  void stand_at(int64_t position, int64_t masterFrame) noexcept;
  /// Where it is about to go on, by what the control thread primed since it last moved; -1: nowhere else.
  int64_t next_position() const noexcept;
  /// Tells the control thread where all that is stretched is ready.
  void tell_prepared(int64_t position) noexcept { view_->preparedPosition.store(position, std::memory_order_relaxed); }
  /// Where it is, for whoever follows it ahead of its time. It has a schedule.
  PathOrigin path_origin(const FiringCounts* firings) const noexcept;

  /// Writes the timeline's next frames (at most QUANTUM_FRAMES).
  void render(uint32_t frames, int64_t masterFrame, VoiceMixer& mixer, ClickPlayer& clicks, float* left,
              float* right) noexcept;
  /// Frames to play until it arrives at a trigger, or where it has triggers at the end of its loop.
  int64_t frames_until_arrival() const noexcept;
  /// The next trigger of those that it has arrived at, or null.
  const Trigger* next_arrival() noexcept;
  /// Goes back to the loop's start if it has arrived at the loop's end.
  void wrap(int64_t masterFrame, VoiceMixer& mixer) noexcept;
  /// Tells the other threads where it is.
  void publish() noexcept;

  GainGlide gain;

 private:
  bool is_looping() const noexcept { return loopEnd_ > loopStart_ && position_ < loopEnd_; }
  bool is_outdated(const Schedule& schedule) const noexcept;
  void jump(int64_t position, bool fadeIn) noexcept;
  void enter(int64_t position, bool fadeIn) noexcept;
  int64_t next_move() const noexcept;
  void tell_move(int64_t masterFrame, int64_t from, bool wasPlaying) noexcept;
  void fade_out(int64_t masterFrame, VoiceMixer& mixer) noexcept;
  void render_ahead(int64_t masterFrame, VoiceMixer& mixer) noexcept;
  void render_buses(int64_t masterFrame, uint32_t frames, VoiceMixer& mixer, float* left, float* right) noexcept;

  uint32_t index_ = 0;
  TimelineView* view_ = nullptr;
  TimelineState* state_ = nullptr;
  bool playing_ = false;
  bool dragged_ = false;
  /// Context frames from the timeline's zero.
  int64_t position_ = 0;
  int64_t loopStart_ = 0;
  int64_t loopEnd_ = 0;
  uint32_t starts_ = 0;
  /// Of the primed positions, those that it knew when it last moved.
  uint32_t primes_ = 0;
  /// Index of the first trigger after the playhead.
  uint32_t nextTrigger_ = 0;
  Schedule* schedule_ = nullptr;
  DeclickTail tail_;
  ScheduleCrossfade crossfade_;
  OutgoingFrames outgoing_;
  ClickCursor clickCursor_;
  StretchRuns stretches_;
};

}  // namespace atome
