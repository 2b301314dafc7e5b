// Fires the triggers that playheads arrive at, and decides where each playhead goes on.
#include "conductor.h"

#include <algorithm>
#include <tuple>

#include "schedule.h"
#include "shared_value.h"

namespace atome {

bool Move::beats(const Move& other) const noexcept {
  const auto order = [](const Move& move) {
    const int wish = move.action == TriggerAction::PLAY ? 0 : move.action == TriggerAction::SEEK ? 1 : 2;
    return std::tuple(-int(move.rank), wish, move.position);
  };
  return order(*this) < order(other);
}

void Conductor::begin_quantum() noexcept {
  std::fill_n(moved_, MAX_TIMELINES, 0u);
}

uint32_t Conductor::frames_until_arrival(const TimelinePlayer* timelines, uint32_t frames) const noexcept {
  int64_t until = frames;
  for (uint32_t index = 0; index < MAX_TIMELINES; index++) {
    if (timelines[index].is_playing()) until = std::min(until, timelines[index].frames_until_arrival());
  }
  return uint32_t(until);
}

void Conductor::fire(TimelinePlayer* timelines, int64_t frame) noexcept {
  for (uint32_t index = 0; index < MAX_TIMELINES; index++) {
    TimelinePlayer& player = timelines[index];
    while (const Trigger* trigger = player.next_arrival()) fire_one(index, player, *trigger, frame);
  }
}

void Conductor::fire_one(uint32_t timeline, const TimelinePlayer& player, const Trigger& trigger,
                         int64_t frame) noexcept {
  const uint32_t fired = shared_->firings.of(trigger, player.starts());
  if (trigger.times > 0 && fired >= trigger.times) return;
  shared_->firings.set(trigger, player.starts(), fired + 1);
  const FiredTrigger entry{.atFrame = double(frame), .slot = trigger.slot, .generation = trigger.generation};
  if (!shared_->firedTriggers.push(entry)) bump(shared_->counters.triggersLost);
  if (trigger.action == TriggerAction::NOTIFY) return;
  const Move::Rank rank = trigger.timeline == timeline ? Move::Rank::Own : Move::Rank::Other;
  Move& move = moves_[trigger.timeline];
  if (move.rank != Move::Rank::None && askedBy_[trigger.timeline] == timeline) return;
  askedBy_[trigger.timeline] = timeline;
  const Move wanted = {rank, trigger.action, player.schedule()->triggers.place(trigger, fired)};
  if (wanted.beats(move)) move = wanted;
}

Move Conductor::take_move(uint32_t timeline) noexcept {
  const Move move = moves_[timeline];
  if (move.rank == Move::Rank::None) return move;
  moves_[timeline] = {};
  if (++moved_[timeline] <= MAX_MOVES) return move;
  bump(shared_->counters.triggersDropped);
  return {};
}

}  // namespace atome
