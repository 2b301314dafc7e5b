// Follows a playhead ahead of its time: across loop wraps, and to where triggers will lead it. Disk and control thread.
#pragma once
#include <algorithm>
#include <cstdint>
#include <limits>

#include "firing_counts.h"
#include "schedule.h"

namespace atome {

/// Where a path begins, in context frames.
struct PathOrigin {
  uint32_t timeline;
  const Schedule* schedule;
  int64_t position;
  int64_t loopStart;
  /// Not after the start: no loop.
  int64_t loopEnd;
  /// Frames from now until the playhead is there.
  int64_t ahead;
  /// What triggers have fired since the timeline's start; null: they begin anew.
  const FiringCounts* firings;
  uint32_t start;
};

class PlayPath {
 public:
  /// Jumps and wraps that are followed; what lies beyond them is followed from nearer by.
  static constexpr uint32_t MAX_MOVES = 128;

  void begin(const PathOrigin& origin) {
    origin_ = origin;
    position_ = origin.position;
    ahead_ = origin.ahead;
    next_ = triggers().first_after(position_);
    moves_ = notedCount_ = 0;
    ended_ = false;
  }

  const Schedule* schedule() const { return origin_.schedule; }

  /// Goes on until `until` frames from now. Calls `visit(from, to)` for every stretch that is passed, and
  /// `lead(trigger, place, ahead)` where a trigger starts or moves another timeline's playhead.
  template <class Visit, class Lead>
  void follow(int64_t until, Visit visit, Lead lead) {
    int64_t from = position_;
    while (!ended_ && ahead_ < until) {
      const int64_t arrival = next_arrival();
      const int64_t run = std::min(until - ahead_, arrival - position_);
      position_ += run;
      ahead_ += run;
      if (position_ != arrival) continue;
      int64_t place = position_;
      if (!arrive(place, lead)) continue;
      visit(from, position_);
      from = position_ = place;
      next_ = triggers().first_after(place);
    }
    if (from < position_) visit(from, position_);
  }

 private:
  const TriggerTable& triggers() const { return origin_.schedule->triggers; }
  bool is_looping() const { return origin_.loopEnd > origin_.loopStart && position_ <= origin_.loopEnd; }

  int64_t next_arrival() const {
    int64_t arrival = std::numeric_limits<int64_t>::max();
    if (next_ < triggers().triggers.size()) arrival = triggers().triggers[next_].position;
    return is_looping() && position_ < origin_.loopEnd ? std::min(arrival, origin_.loopEnd) : arrival;
  }

  /// What happens at the position just reached; true when the playhead goes on from `place` or not at all.
  template <class Lead>
  bool arrive(int64_t& place, Lead lead) {
    bool moved = false;
    for (; next_ < triggers().triggers.size() && triggers().triggers[next_].position == position_; next_++) {
      const Trigger& trigger = triggers().triggers[next_];
      if (trigger.action == TriggerAction::NOTIFY) continue;
      const uint32_t fired = fired_by_then(trigger);
      if (trigger.times > 0 && fired >= trigger.times) continue;
      note(trigger);
      const int64_t leadsTo = triggers().place(trigger, fired);
      if (trigger.timeline != origin_.timeline) {
        if (trigger.action != TriggerAction::STOP) lead(trigger, leadsTo, ahead_);
      } else if (!moved) {
        moved = true;
        place = leadsTo;
        if (trigger.action == TriggerAction::STOP) ended_ = true;
        restarts_ = trigger.action == TriggerAction::PLAY;
      }
    }
    if (!moved && is_looping() && position_ == origin_.loopEnd) {
      moved = true;
      place = origin_.loopStart;
      // Without triggers a second round passes what the first one did.
      if (triggers().empty() && moves_ > 0) ended_ = true;
    }
    if (moved && ++moves_ == MAX_MOVES) ended_ = true;
    if (moved && restarts_) forget_firings();
    return moved;
  }

  void forget_firings() {
    restarts_ = false;
    origin_.firings = nullptr;
    notedCount_ = 0;
  }

  uint32_t fired_by_then(const Trigger& trigger) const {
    const uint32_t fired = origin_.firings ? origin_.firings->of(trigger, origin_.start) : 0;
    return fired + uint32_t(std::count(noted_, noted_ + notedCount_, uint16_t(trigger.slot)));
  }

  /// Only what depends on its count is remembered.
  void note(const Trigger& trigger) {
    if (trigger.places <= 1 && trigger.times == 0) return;
    if (notedCount_ == MAX_MOVES) {
      ended_ = true;
      return;
    }
    noted_[notedCount_++] = uint16_t(trigger.slot);
  }

  static_assert(MAX_TRIGGERS <= 65536);

  PathOrigin origin_{};
  int64_t position_ = 0;
  int64_t ahead_ = 0;
  uint32_t next_ = 0;
  uint32_t moves_ = 0;
  bool ended_ = false;
  bool restarts_ = false;
  uint32_t notedCount_ = 0;
  /// Slots of triggers that fire on the way.
  uint16_t noted_[MAX_MOVES];
};

}  // namespace atome
