// The control thread's end of the command ring.
#include "command_sender.h"

#include "shared_value.h"

namespace atome {

bool CommandSender::prepare(SharedState& shared) {
  shared_ = &shared;
  return waiting_.allocate(PLACES);
}

EngineStatus CommandSender::send(Command command, Schedule*& superseded) {
  flush();
  command.future = command.atFrame > peek(shared_->counters.masterFrame);
  if (command.future && futureSent_ - shared_->futureDone.load() >= PENDING_COMMANDS) return EngineStatus::QUEUE_FULL;
  if (count_ == 0 && push(command)) {
    if (command.future) futureSent_++;
    return EngineStatus::OK;
  }
  bump(shared_->counters.ringFull);
  if (command.type == CommandType::SetSchedule && supersede(command, superseded)) return EngineStatus::OK;
  if (count_ >= (command.type == CommandType::Panic ? PLACES : WAITING_COMMANDS)) return EngineStatus::QUEUE_FULL;
  waiting_[(first_ + count_++) % PLACES] = command;
  if (command.future) futureSent_++;
  return EngineStatus::OK;
}

void CommandSender::flush() {
  while (count_ > 0 && push(waiting_[first_])) {
    first_ = (first_ + 1) % PLACES;
    count_--;
  }
}

void CommandSender::drop_transport() {
  uint32_t kept = 0;
  for (uint32_t index = 0; index < count_; index++) {
    const Command command = waiting_[(first_ + index) % PLACES];
    const bool transport = command.type != CommandType::SetSchedule && command.type != CommandType::SetLoop;
    if (transport) {
      if (command.future) futureSent_--;
    } else {
      waiting_[(first_ + kept++) % PLACES] = command;
    }
  }
  count_ = kept;
}

bool CommandSender::push(const Command& command) {
  const bool schedules = command.type == CommandType::SetSchedule;
  if (schedules && inFlight_[command.timeline] >= MAX_IN_FLIGHT) return false;
  if (!shared_->commands.push(command)) return false;
  if (schedules) inFlight_[command.timeline]++;
  return true;
}

/// Takes the place of an earlier schedule that still waits; keeps that one's count as a future command.
bool CommandSender::supersede(const Command& command, Schedule*& superseded) {
  for (uint32_t index = 0; index < count_; index++) {
    Command& earlier = waiting_[(first_ + index) % PLACES];
    if (earlier.type != CommandType::SetSchedule || earlier.timeline != command.timeline) continue;
    superseded = earlier.schedule;
    const bool counted = earlier.future;
    earlier = command;
    earlier.future = counted;
    if (command.future && !counted) {
      earlier.future = true;
      futureSent_++;
    }
    return true;
  }
  return false;
}

}  // namespace atome
