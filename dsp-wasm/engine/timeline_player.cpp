// One timeline's transport and sound.
#include "timeline_player.h"

#include <algorithm>

#include "schedule.h"
#include "voice_mixer.h"

namespace atome {

void TimelinePlayer::play(int64_t position, int64_t masterFrame, VoiceMixer& mixer) noexcept {
  const bool wasPlaying = playing_;
  if (wasPlaying) fade_out(masterFrame, mixer);
  if (is_silent()) gain.settle();
  playing_ = true;
  if (!wasPlaying) loops_ = 0;
  jump(position, wasPlaying || !offline_);
}

void TimelinePlayer::stop(int64_t masterFrame, VoiceMixer& mixer) noexcept {
  if (!playing_) return;
  fade_out(masterFrame, mixer);
  playing_ = false;
}

void TimelinePlayer::seek(int64_t position, int64_t masterFrame, VoiceMixer& mixer) noexcept {
  if (playing_) fade_out(masterFrame, mixer);
  jump(position, true);
}

void TimelinePlayer::set_loop(int64_t start, int64_t end) noexcept {
  loopStart_ = start;
  loopEnd_ = end;
}

Schedule* TimelinePlayer::set_schedule(Schedule* schedule, int64_t masterFrame, VoiceMixer& mixer) noexcept {
  if (schedule_ && int32_t(schedule->sequence - schedule_->sequence) < 0) return schedule;
  if (playing_) {
    render_ahead(masterFrame, mixer);
    crossfade_.begin(outgoing_);
  }
  Schedule* replaced = schedule_;
  schedule_ = schedule;
  view_->playing.store(schedule);
  if (playing_) {
    for (size_t bus = 0; bus < schedule->plans.size(); bus++) {
      schedule->players[bus].enter(schedule->plans[bus], position_, false);
    }
  }
  return replaced;
}

void TimelinePlayer::render(uint32_t frames, int64_t masterFrame, VoiceMixer& mixer, ClickPlayer& clicks, float* left,
                            float* right) noexcept {
  std::fill_n(left, frames, 0.0f);
  std::fill_n(right, frames, 0.0f);
  for (uint32_t done = 0; playing_ && done < frames;) {
    const bool looping = loopEnd_ > loopStart_ && position_ < loopEnd_;
    const auto run = uint32_t(looping ? std::min<int64_t>(frames - done, loopEnd_ - position_) : frames - done);
    render_buses(masterFrame + done, run, mixer, left + done, right + done);
    tail_.render(left + done, right + done, run);
    clicks.pass(index_, clickCursor_, view_->clicks.load(), position_, run, done);
    position_ += run;
    done += run;
    if (!looping || position_ != loopEnd_) continue;
    fade_out(masterFrame + done, mixer);
    jump(loopStart_, true);
    loops_++;
  }
  if (!playing_) tail_.render(left, right, frames);
  gain.apply(left, right, frames);
}

void TimelinePlayer::publish() noexcept {
  view_->isPlaying.store(playing_, std::memory_order_relaxed);
  view_->position.store(position_, std::memory_order_relaxed);
  view_->loop.start.store(loopStart_, std::memory_order_relaxed);
  view_->loop.end.store(loopEnd_, std::memory_order_relaxed);
}

void TimelinePlayer::jump(int64_t position, bool fadeIn) noexcept {
  position_ = position;
  crossfade_.cancel();
  if (!schedule_) return;
  for (size_t bus = 0; bus < schedule_->plans.size(); bus++) {
    schedule_->players[bus].enter(schedule_->plans[bus], position, fadeIn);
  }
}

void TimelinePlayer::fade_out(int64_t masterFrame, VoiceMixer& mixer) noexcept {
  render_ahead(masterFrame, mixer);
  tail_.add(outgoing_);
}

/// What would be heard next if nothing happened; uses up the buses' and the crossfade's state.
void TimelinePlayer::render_ahead(int64_t masterFrame, VoiceMixer& mixer) noexcept {
  static_assert(DECLICK_FRAMES <= QUANTUM_FRAMES);
  std::fill_n(outgoing_.left, DECLICK_FRAMES, 0.0f);
  std::fill_n(outgoing_.right, DECLICK_FRAMES, 0.0f);
  render_buses(masterFrame, DECLICK_FRAMES, mixer, outgoing_.left, outgoing_.right);
}

void TimelinePlayer::render_buses(int64_t masterFrame, uint32_t frames, VoiceMixer& mixer, float* left,
                                  float* right) noexcept {
  if (schedule_) {
    for (size_t bus = 0; bus < schedule_->plans.size(); bus++) {
      schedule_->players[bus].render(schedule_->plans[bus], position_, frames, masterFrame, mixer, left, right);
    }
  }
  crossfade_.apply(left, right, frames);
}

}  // namespace atome
