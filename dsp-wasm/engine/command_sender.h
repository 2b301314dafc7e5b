// The control thread's end of the command ring: keeps order, bounds and what found the ring full.
#pragma once
#include <cstdint>

#include "../dsp/memory.h"
#include "command.h"
#include "shared_state.h"

namespace atome {

class CommandSender {
 public:
  /// Commands that wait on the control side while the ring is full.
  static constexpr uint32_t WAITING_COMMANDS = 4096;

  /// False when there is no memory.
  [[nodiscard]] bool prepare(SharedState& shared);

  /// Sends a command or keeps it until there is room. A schedule that waits is replaced by a later one of the same
  /// timeline, which is then handed to `superseded`. QUEUE_FULL: nothing was sent.
  EngineStatus send(Command command, Schedule*& superseded);
  /// Sends what waits, as far as there is room.
  void flush();
  /// Drops waiting transport commands; a panic always finds a place then.
  void drop_transport();
  /// The audio thread handed a schedule of this timeline back.
  void schedule_returned(uint32_t timeline) { inFlight_[timeline]--; }

 private:
  bool push(const Command& command);
  bool supersede(const Command& command, Schedule*& superseded);

  /// One is kept for a panic.
  static constexpr uint32_t PLACES = WAITING_COMMANDS + 1;
  /// Schedules of one timeline that the audio thread may hold; more of them wait here and are merged.
  static constexpr uint32_t MAX_IN_FLIGHT = 8;

  SharedState* shared_ = nullptr;
  Array<Command> waiting_;
  uint32_t first_ = 0;
  uint32_t count_ = 0;
  uint32_t futureSent_ = 0;
  uint32_t inFlight_[MAX_TIMELINES]{};
};

}  // namespace atome
