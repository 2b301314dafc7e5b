// Fires the triggers that playheads arrive at, and decides where each playhead goes on. Audio thread.
#pragma once
#include <cstdint>

#include "shared_state.h"
#include "timeline_player.h"

namespace atome {

/// What becomes of a playhead.
struct Move {
  /// What another timeline asks for wins over what its own triggers do.
  enum class Rank : uint8_t { None, Own, Other };

  Rank rank = Rank::None;
  TriggerAction action = TriggerAction::NOTIFY;
  int64_t position = 0;

  /// Whether it takes the other's place; among what several timelines ask for it is not their order that decides.
  bool beats(const Move& other) const noexcept;
};

class Conductor {
 public:
  /// Moves of one timeline within a quantum; each costs about a quantum's work.
  static constexpr uint32_t MAX_MOVES = 16;

  /// Control thread.
  void prepare(SharedState& shared) { shared_ = &shared; }

  void begin_quantum() noexcept;
  /// Frames that all timelines may play before one of them arrives at something; at least 1, at most `frames`.
  uint32_t frames_until_arrival(const TimelinePlayer* timelines, uint32_t frames) const noexcept;
  /// Fires what the timelines have arrived at, in order of timeline, position and list. @param frame master frame.
  void fire(TimelinePlayer* timelines, int64_t frame) noexcept;
  /// What a timeline has to do now; each move is told once.
  Move take_move(uint32_t timeline) noexcept;

 private:
  void fire_one(uint32_t timeline, const TimelinePlayer& player, const Trigger& trigger, int64_t frame) noexcept;

  SharedState* shared_ = nullptr;
  Move moves_[MAX_TIMELINES]{};
  /// The timeline that was the last to ask for a timeline's move: of what it asks for on one frame only the first
  /// counts.
  uint32_t askedBy_[MAX_TIMELINES]{};
  uint32_t moved_[MAX_TIMELINES]{};
};

}  // namespace atome
