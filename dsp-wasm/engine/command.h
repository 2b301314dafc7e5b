// What the control thread tells the audio thread.
#pragma once
#include <cstdint>

namespace atome {

struct Schedule;

/// Land: the playhead goes on at the same music, which another schedule has put elsewhere.
enum class CommandType : uint32_t { Play, Stop, Seek, Land, SetLoop, SetSchedule, Panic };

struct Command {
  CommandType type = CommandType::Panic;
  uint32_t timeline = 0;
  /// Master frame at which it takes effect; past ones do so at the next quantum.
  int64_t atFrame = 0;
  /// Position of Play, Seek and Land, start of SetLoop.
  int64_t position = 0;
  /// End of SetLoop; not after the start: no loop.
  int64_t end = 0;
  Schedule* schedule = nullptr;
  /// It was ahead of the clock when sent and counts against PENDING_COMMANDS.
  bool future = false;
};

/// Commands that may wait for their frame at the same time.
inline constexpr uint32_t PENDING_COMMANDS = 1024;

}  // namespace atome
