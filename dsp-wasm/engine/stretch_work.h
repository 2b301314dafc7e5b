// Gives the engine's stretchers their work in time, about as much in one quantum as in the next. Audio thread.
#pragma once
#include <cstdint>

#include "../generated/protocol.h"
#include "stretch_pool.h"

namespace atome {

class PendingCommands;
class TimelinePlayer;
struct Schedule;
struct SharedState;
struct Voice;

/// Work is counted in steps of half a grain. Live, stretchers begin before they are heard wherever that can be
/// foreseen, and the emptiest ones are filled first. Offline each one works when it is heard. What is heard is the
/// same.
class StretchWork {
 public:
  /// Control thread.
  void prepare(SharedState& shared, TimelinePlayer* timelines, const PendingCommands& pending);

  /// Before anything of a quantum is rendered, after what happens on its first frame.
  void begin_quantum(int64_t masterFrame) noexcept;
  /// Makes the frames before `until`; false where that would take too long. What is audible is never kept waiting.
  bool fill(StretchRun& run, int64_t until) noexcept;

  /// Voice-frames that found no page since the last call.
  uint32_t take_starved() noexcept;
  /// Steps since the last call.
  uint32_t take_steps() noexcept;
  StretchPool& pool() noexcept { return pool_; }

 private:
  /// Steps in one quantum for what could not be foreseen; a stretcher needs six before it sounds.
  static constexpr uint32_t LATE_STEPS = 6;

  /// Positions of a timeline, in context frames.
  struct Passage {
    int64_t from;
    int64_t to;
  };

  /// A place at which a timeline goes on in `due` context frames.
  struct Jump {
    const Schedule* schedule;
    int64_t place;
    int64_t due;
    /// The same music as at the position then.
    bool lands;
  };

  void look_ahead(uint32_t index) noexcept;
  Jump landing_of(uint32_t index) const noexcept;
  void expect_starts(TimelinePlayer& timeline, Passage passage, int64_t due, bool jumped) noexcept;
  bool expect_jump(TimelinePlayer& timeline, const Jump& jump) noexcept;
  bool expect(TimelinePlayer& timeline, const Voice& voice, int64_t origin, int64_t due) noexcept;
  void prepare_place(TimelinePlayer& timeline, const Jump& landing) noexcept;
  void distribute() noexcept;
  double share_of(const TimelinePlayer& timeline) const noexcept;
  StretchRun* emptiest() const noexcept;
  void step(StretchRun& run) noexcept;

  SharedState* shared_ = nullptr;
  TimelinePlayer* timelines_ = nullptr;
  const PendingCommands* pending_ = nullptr;
  int64_t masterFrame_ = 0;
  StretchPool pool_;
  StretchRuns* runs_[MAX_TIMELINES] = {};
  /// Steps that are due, with the fraction that is carried over.
  double owed_ = 0;
  uint32_t late_ = 0;
  uint32_t starved_ = 0;
  uint32_t steps_ = 0;
};

}  // namespace atome
