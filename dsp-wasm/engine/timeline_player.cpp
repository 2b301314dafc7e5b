// One timeline's transport and sound.
#include "timeline_player.h"

#include <algorithm>
#include <limits>

#include "play_path.h"
#include "schedule.h"
#include "shared_value.h"
#include "voice_mixer.h"

namespace atome {
namespace {

constexpr int64_t NEVER = std::numeric_limits<int64_t>::max();

}  // namespace

void TimelinePlayer::play(int64_t position, int64_t masterFrame, bool fadeIn, VoiceMixer& mixer) noexcept {
  const bool wasPlaying = playing_;
  const int64_t from = position_;
  if (wasPlaying) fade_out(masterFrame, mixer);
  if (is_silent()) gain.settle();
  playing_ = true;
  view_->starts.store(++starts_, std::memory_order_relaxed);
  jump(position, wasPlaying || fadeIn);
  tell_move(masterFrame, from, wasPlaying);
}

void TimelinePlayer::stop(int64_t masterFrame, VoiceMixer& mixer) noexcept {
  if (!playing_) return;
  fade_out(masterFrame, mixer);
  stretches_.release();
  playing_ = false;
  tell_move(masterFrame, position_, true);
}

void TimelinePlayer::seek(int64_t position, int64_t masterFrame, VoiceMixer& mixer) noexcept {
  const int64_t from = position_;
  if (playing_) fade_out(masterFrame, mixer);
  jump(position, true);
  tell_move(masterFrame, from, playing_);
}

Schedule* TimelinePlayer::land(Schedule* schedule, int64_t position, int64_t masterFrame, VoiceMixer& mixer) noexcept {
  const int64_t from = position_;
  if (playing_) fade_out(masterFrame, mixer);
  Schedule* replaced = schedule;
  if (schedule && !is_outdated(*schedule)) {
    replaced = schedule_;
    schedule_ = schedule;
    view_->playing.store(schedule);
  }
  enter(position, true);
  if (schedule_) stretches_.land(*schedule_, {from, position});
  tell_move(masterFrame, from, playing_);
  return replaced;
}

void TimelinePlayer::set_loop(int64_t start, int64_t end) noexcept {
  loopStart_ = start;
  loopEnd_ = end;
}

Schedule* TimelinePlayer::set_schedule(Schedule* schedule, int64_t masterFrame, VoiceMixer& mixer) noexcept {
  if (is_outdated(*schedule)) return schedule;
  if (playing_) {
    render_ahead(masterFrame, mixer);
    crossfade_.begin(outgoing_);
  }
  Schedule* replaced = schedule_;
  schedule_ = schedule;
  nextTrigger_ = schedule->triggers.first_after(position_);
  view_->playing.store(schedule);
  if (playing_) {
    for (size_t bus = 0; bus < schedule->plans.size(); bus++) {
      schedule->players[bus].enter(schedule->plans[bus], position_, false);
    }
    stretches_.follow(*schedule);
  }
  return replaced;
}

void TimelinePlayer::render(uint32_t frames, int64_t masterFrame, VoiceMixer& mixer, ClickPlayer& clicks, float* left,
                            float* right) noexcept {
  std::fill_n(left, frames, 0.0f);
  std::fill_n(right, frames, 0.0f);
  for (uint32_t done = 0; playing_ && done < frames;) {
    const auto run = uint32_t(is_looping() ? std::min<int64_t>(frames - done, loopEnd_ - position_) : frames - done);
    render_buses(masterFrame + done, run, mixer, left + done, right + done);
    tail_.render(left + done, right + done, run);
    clicks.pass(index_, clickCursor_, view_->clicks.load(), masterFrame + done, position_, run, done);
    position_ += run;
    done += run;
    if (done < frames) wrap(masterFrame + done, mixer);
  }
  if (!playing_) tail_.render(left, right, frames);
  gain.apply(left, right, frames);
}

int64_t TimelinePlayer::frames_until_arrival() const noexcept {
  if (!schedule_ || schedule_->triggers.empty()) return NEVER;
  const Array<Trigger>& triggers = schedule_->triggers.triggers;
  const int64_t trigger = nextTrigger_ < triggers.size() ? triggers[nextTrigger_].position - position_ : NEVER;
  return is_looping() ? std::min(trigger, loopEnd_ - position_) : trigger;
}

const Trigger* TimelinePlayer::next_arrival() noexcept {
  if (!playing_ || !schedule_ || nextTrigger_ == schedule_->triggers.triggers.size()) return nullptr;
  const Trigger& next = schedule_->triggers.triggers[nextTrigger_];
  if (next.position > position_) return nullptr;
  nextTrigger_++;
  return &next;
}

void TimelinePlayer::stand_at(int64_t position, int64_t masterFrame) noexcept {
  if (position == position_) return;
  const int64_t from = position_;
  jump(position, true);
  tell_move(masterFrame, from, false);
}

int64_t TimelinePlayer::next_position() const noexcept {
  const bool isPrimed = view_->primes.load(std::memory_order_relaxed) != primes_;
  const int64_t primed = view_->primedPosition.load(std::memory_order_relaxed);
  return isPrimed && primed != position_ ? primed : -1;
}

PathOrigin TimelinePlayer::path_origin(const FiringCounts* firings) const noexcept {
  return {.timeline = index_,
          .schedule = schedule_,
          .position = position_,
          .loopStart = loopStart_,
          .loopEnd = loopEnd_,
          .ahead = 0,
          .firings = firings,
          .start = starts_};
}

void TimelinePlayer::wrap(int64_t masterFrame, VoiceMixer& mixer) noexcept {
  if (!playing_ || loopEnd_ <= loopStart_ || position_ != loopEnd_) return;
  fade_out(masterFrame, mixer);
  jump(loopStart_, true);
  tell_move(masterFrame, loopEnd_, true);
}

void TimelinePlayer::publish() noexcept {
  view_->isPlaying.store(playing_, std::memory_order_relaxed);
  view_->position.store(position_, std::memory_order_relaxed);
  view_->loop.start.store(loopStart_, std::memory_order_relaxed);
  view_->loop.end.store(loopEnd_, std::memory_order_relaxed);
}

bool TimelinePlayer::is_outdated(const Schedule& schedule) const noexcept {
  return schedule_ && int32_t(schedule.sequence - schedule_->sequence) < 0;
}

void TimelinePlayer::jump(int64_t position, bool fadeIn) noexcept {
  stretches_.release();
  enter(position, fadeIn);
  if (schedule_) stretches_.enter(*schedule_, position);
}

void TimelinePlayer::enter(int64_t position, bool fadeIn) noexcept {
  position_ = position;
  primes_ = view_->primes.load(std::memory_order_relaxed);
  crossfade_.cancel();
  if (!schedule_) return;
  nextTrigger_ = schedule_->triggers.first_after(position);
  for (size_t bus = 0; bus < schedule_->plans.size(); bus++) {
    schedule_->players[bus].enter(schedule_->plans[bus], position, fadeIn);
  }
}

/// The next position at which the timeline's own triggers or its loop may take the playhead elsewhere.
int64_t TimelinePlayer::next_move() const noexcept {
  int64_t move = is_looping() ? loopEnd_ : NEVER;
  if (!schedule_) return move;
  const Array<Trigger>& triggers = schedule_->triggers.triggers;
  for (uint32_t index = nextTrigger_; index < triggers.size() && triggers[index].position < move; index++) {
    const Trigger& trigger = triggers[index];
    if (trigger.position >= position_ + DECLICK_FRAMES) break;
    if (trigger.action != TriggerAction::NOTIFY && trigger.timeline == index_) move = trigger.position;
  }
  return move;
}

void TimelinePlayer::tell_move(int64_t masterFrame, int64_t from, bool wasPlaying) noexcept {
  TimelineState& state = *state_;
  const uint32_t sequence = peek(state.sequence);
  __atomic_store_n(&state.sequence, sequence + 1, __ATOMIC_SEQ_CST);
  poke(state.playing, uint32_t(playing_));
  poke(state.wasPlaying, uint32_t(wasPlaying));
  poke(state.movedAt, double(masterFrame));
  poke(state.movedFrom, double(from));
  poke(state.movedTo, double(position_));
  __atomic_store_n(&state.sequence, sequence + 2, __ATOMIC_SEQ_CST);
}

/// Only what has begun to sound fades out: what would begin here is never heard.
void TimelinePlayer::fade_out(int64_t masterFrame, VoiceMixer& mixer) noexcept {
  static_assert(DECLICK_FRAMES <= QUANTUM_FRAMES);
  outgoing_ = {};
  mixer.stretch_by(stretches_);
  if (schedule_) {
    for (size_t bus = 0; bus < schedule_->plans.size(); bus++) {
      schedule_->players[bus].render_outgoing(schedule_->plans[bus], position_, DECLICK_FRAMES, masterFrame, mixer,
                                              outgoing_.left, outgoing_.right);
    }
  }
  crossfade_.apply(outgoing_.left, outgoing_.right, DECLICK_FRAMES);
  tail_.add(outgoing_);
}

/// What would be heard next if nothing happened; uses up the buses' and the crossfade's state.
void TimelinePlayer::render_ahead(int64_t masterFrame, VoiceMixer& mixer) noexcept {
  outgoing_ = {};
  const int64_t move = next_move();
  for (size_t bus = 0; schedule_ && move < position_ + DECLICK_FRAMES && bus < schedule_->plans.size(); bus++) {
    schedule_->players[bus].limit_starts(schedule_->plans[bus], move);
  }
  render_buses(masterFrame, DECLICK_FRAMES, mixer, outgoing_.left, outgoing_.right);
}

void TimelinePlayer::render_buses(int64_t masterFrame, uint32_t frames, VoiceMixer& mixer, float* left,
                                  float* right) noexcept {
  mixer.stretch_by(stretches_);
  if (schedule_) {
    for (size_t bus = 0; bus < schedule_->plans.size(); bus++) {
      schedule_->players[bus].render(schedule_->plans[bus], position_, frames, masterFrame, mixer, left, right);
    }
  }
  crossfade_.apply(left, right, frames);
}

}  // namespace atome
