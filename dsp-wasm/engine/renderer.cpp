// The audio thread's side of the engine.
#include "renderer.h"

#include <algorithm>

#include "shared_value.h"

namespace atome {

bool Renderer::prepare(SharedState& shared, int64_t firstFrame) {
  shared_ = &shared;
  masterFrame_ = firstFrame;
  mixer_.prepare(shared.mixes.data(), shared.features.clip_meters(), stretches_);
  for (uint32_t index = 0; index < MAX_TIMELINES; index++) {
    timelines_[index].prepare(index, &shared.timelines[index], &shared.states[index], stretches_.pool());
  }
  stretches_.prepare(shared, timelines_, pending_);
  scrubber_.prepare(shared, timelines_, stretches_);
  conductor_.prepare(shared);
  poke(shared.counters.masterFrame, firstFrame);
  return clicks.prepare(shared.sampleRate);
}

const float* Renderer::process() noexcept {
  shared_->epochs.audio.enter();
  receive();
  std::fill_n(output_, 2 * QUANTUM_FRAMES, 0.0f);
  conductor_.begin_quantum();
  run_due(masterFrame_);
  stretches_.begin_quantum(masterFrame_);
  scrubber_.begin_quantum(masterFrame_);
  for (uint32_t from = 0; from < QUANTUM_FRAMES;) {
    run_due(masterFrame_ + from);
    const auto limit = uint32_t(std::min<int64_t>(QUANTUM_FRAMES, pending_.next_frame() - masterFrame_));
    const uint32_t to = from + conductor_.frames_until_arrival(timelines_, limit - from);
    render(from, to);
    arrive(masterFrame_ + to);
    from = to;
  }
  publish();
  shared_->epochs.audio.leave();
  return output_;
}

/// Commands already due when they arrive wait for nothing; those on the list for this frame came before them.
void Renderer::receive() noexcept {
  run_due(masterFrame_);
  Command command;
  while (shared_->commands.pop(command)) {
    const bool atOnce = command.type == CommandType::Panic ||
                        (command.type == CommandType::SetSchedule && !timelines_[command.timeline].is_playing());
    if (atOnce || command.atFrame <= masterFrame_) {
      execute(command, masterFrame_);
    } else {
      wait(command);
    }
  }
}

void Renderer::wait(const Command& command) noexcept {
  Command superseded;
  if (pending_.take_superseded(command, superseded)) {
    if (superseded.schedule) shared_->returned.push(superseded.schedule);
    if (superseded.future) shared_->futureDone.fetch_add(1);
  }
  pending_.insert(command);
}

void Renderer::run_due(int64_t frame) noexcept {
  while (pending_.next_frame() <= frame) execute(pending_.take_first(), frame);
}

void Renderer::execute(const Command& command, int64_t frame) noexcept {
  TimelinePlayer& timeline = timelines_[command.timeline];
  switch (command.type) {
    case CommandType::Play:
      // A render begins with a cut.
      timeline.play(command.position, frame, !shared_->offline, mixer_);
      break;
    case CommandType::Stop:
      stop(command.timeline, frame);
      break;
    case CommandType::Seek:
      timeline.seek(command.position, frame, mixer_);
      break;
    case CommandType::Land:
      timeline.land(nullptr, command.position, frame, mixer_);
      break;
    case CommandType::SetLoop:
      timeline.set_loop(command.position, command.end);
      break;
    case CommandType::SetSchedule:
      if (Schedule* replaced = change_schedule(command, frame)) shared_->returned.push(replaced);
      break;
    case CommandType::Panic:
      panic(frame);
      break;
  }
  if (command.future) shared_->futureDone.fetch_add(1);
}

/// A playhead that goes on elsewhere in the new schedule does so on the same frame. Returns what is no longer played.
Schedule* Renderer::change_schedule(const Command& command, int64_t frame) noexcept {
  TimelinePlayer& timeline = timelines_[command.timeline];
  Command landing;
  if (!pending_.take_landing(command.timeline, frame, landing))
    return timeline.set_schedule(command.schedule, frame, mixer_);
  if (landing.future) shared_->futureDone.fetch_add(1);
  return timeline.land(command.schedule, landing.position, frame, mixer_);
}

/// Stops every timeline and forgets what was still to come, but not the clips that came with it.
void Renderer::panic(int64_t frame) noexcept {
  for (uint32_t index = 0; index < MAX_TIMELINES; index++) stop(index, frame);
  while (!pending_.empty()) {
    const Command command = pending_.take_first();
    const bool keeps = command.type == CommandType::SetSchedule || command.type == CommandType::SetLoop;
    if (keeps) {
      execute(command, frame);
    } else if (command.future) {
      shared_->futureDone.fetch_add(1);
    }
  }
}

/// All timelines have been played up to this frame: what they have arrived at happens to all of them on it.
void Renderer::arrive(int64_t frame) noexcept {
  conductor_.fire(timelines_, frame);
  for (uint32_t index = 0; index < MAX_TIMELINES; index++) {
    const Move move = conductor_.take_move(index);
    switch (move.action) {
      case TriggerAction::PLAY:
        timelines_[index].play(move.position, frame, true, mixer_);
        break;
      case TriggerAction::STOP:
        stop(index, frame);
        break;
      case TriggerAction::SEEK:
        timelines_[index].seek(move.position, frame, mixer_);
        break;
      case TriggerAction::NOTIFY:
        timelines_[index].wrap(frame, mixer_);
        break;
    }
  }
}

void Renderer::stop(uint32_t timeline, int64_t frame) noexcept {
  timelines_[timeline].stop(frame, mixer_);
  clicks.release(timeline);
}

void Renderer::render(uint32_t from, uint32_t to) noexcept {
  const uint32_t frames = to - from;
  float* left = output_ + from;
  float* right = output_ + QUANTUM_FRAMES + from;
  for (TimelinePlayer& timeline : timelines_) {
    if (timeline.is_silent()) continue;
    timeline.render(frames, masterFrame_ + from, mixer_, clicks, scratchLeft_, scratchRight_);
    add_scratch(left, right, frames);
  }
  if (!clicks.is_silent()) {
    clicks.render(frames, scratchLeft_, scratchRight_);
    add_scratch(left, right, frames);
  }
  if (!scrubber_.is_silent()) scrubber_.render(frames, left, right);
  masterGain.apply(left, right, frames);
}

void Renderer::add_scratch(float* left, float* right, uint32_t frames) const noexcept {
  for (uint32_t frame = 0; frame < frames; frame++) {
    left[frame] += scratchLeft_[frame];
    right[frame] += scratchRight_[frame];
  }
}

void Renderer::publish() noexcept {
  EngineCounters& counters = shared_->counters;
  const float* right = output_ + QUANTUM_FRAMES;
  if (Tap* tap = shared_->tap.load()) tap->record(masterFrame_, output_, right, counters);
  for (TimelinePlayer& timeline : timelines_) timeline.publish();
  bump(counters.stretchSteps, stretches_.take_steps());
  bump(counters.lateFrames, mixer_.take_late());
  if (const uint32_t starved = mixer_.take_starved() + stretches_.take_starved()) {
    bump(counters.starvedFrames, starved);
    bump(counters.starvedQuanta);
  }
  poke(counters.activeVoices, mixer_.take_voices());
  masterFrame_ += QUANTUM_FRAMES;
  __atomic_store_n(&counters.masterFrame, masterFrame_, __ATOMIC_SEQ_CST);
  bump(counters.quanta);
  if (shared_->features.add_master(output_, right)) {
    shared_->features.write(masterFrame_, counters);
  }
}

}  // namespace atome
