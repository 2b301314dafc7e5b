// The stretchers of one timeline: those that sound and those that wait for their place. Audio thread.
#pragma once
#include <cstdint>

#include "stretch_pool.h"

namespace atome {

struct BusPlan;
struct Schedule;
struct Voice;

/// A playhead leaves one position for another, in context frames.
struct Leap {
  int64_t from;
  int64_t to;
};

class StretchRuns {
 public:
  /// Control thread.
  void prepare(StretchPool& pool) { pool_ = &pool; }

  /// What a voice sounds through at `frame`: what already plays the same frames of the same file, as the first half of
  /// a clip that was split does; what waits for this; with `begins` a new one. Null when there is none.
  StretchRun* at(const Voice& voice, int64_t frame, bool begins) noexcept;
  /// The playhead goes on from `position`, where the schedule's players are by now: what waits for that sounds.
  void enter(const Schedule& schedule, int64_t position) noexcept;
  /// The playhead goes on elsewhere at the same music; the schedule's players are there by now. What plays the same
  /// part of its file there sounds on. What does not gives way to what waits for the place, or goes over to it where
  /// nothing is ready.
  void land(const Schedule& schedule, Leap leap) noexcept;
  /// Whether what sounds now will sound on for a voice when the playhead lands.
  bool goes_on(const BusPlan& plan, const Voice& voice, Leap leap) const noexcept;
  /// Nothing sounds any more.
  void release() noexcept;
  /// Plays another schedule in place of the one before; its players have entered.
  void follow(const Schedule& schedule) noexcept;

  /// Expects a voice to begin at bus frame `origin`; null when there is no stretcher for it. @param due context frames
  /// from now.
  StretchRun* want(const Voice& voice, int64_t origin, int64_t due) noexcept;
  /// A voice needs no stretcher of its own where something plays the same up to its start. @param jumped what sounds
  /// now will not any more.
  bool is_served(const Voice& voice, bool jumped) const noexcept;
  StretchRun* waiting_for(const Voice& voice, int64_t origin) const noexcept;
  void forget_wants() noexcept;
  /// Lets go of what nobody wants and of what has ended. @param position of the playhead.
  void sweep(int64_t position) noexcept;
  /// Of what waits, takes the one of a shape whose turn is furthest away; null when there is none.
  StretchRun* steal(const StretchShape& shape) noexcept;
  int64_t furthest(const StretchShape& shape) const noexcept;

  StretchRun* sounding() const noexcept { return sounding_; }
  StretchRun* waiting() const noexcept { return waiting_; }

 private:
  StretchRun* playing(const Voice& voice, int64_t frame) const noexcept;

  StretchPool* pool_ = nullptr;
  StretchRun* sounding_ = nullptr;
  StretchRun* waiting_ = nullptr;
};

}  // namespace atome
