// Commands that wait for their frame on the audio thread, in order of frame and then of arrival.
#pragma once
#include <cstdint>
#include <limits>

#include "command.h"

namespace atome {

class PendingCommands {
 public:
  static constexpr int64_t NEVER = std::numeric_limits<int64_t>::max();

  /// The control thread keeps count, so that there is always room.
  void insert(const Command& command) noexcept {
    if (count_ == PENDING_COMMANDS) return;
    uint32_t place = count_++;
    for (; place > 0 && commands_[place - 1].atFrame > command.atFrame; place--)
      commands_[place] = commands_[place - 1];
    commands_[place] = command;
  }

  /// Takes out what a command for the same frame makes pointless: of schedules and landings only the last one counts.
  bool take_superseded(const Command& by, Command& superseded) noexcept {
    if (by.type != CommandType::SetSchedule && by.type != CommandType::Land) return false;
    for (uint32_t place = 0; place < count_; place++) {
      const Command& command = commands_[place];
      if (command.type != by.type || command.timeline != by.timeline || command.atFrame != by.atFrame) continue;
      superseded = take(place);
      return true;
    }
    return false;
  }

  /// Takes out the landing that comes next to a timeline, but for its loop, on this frame.
  bool take_landing(uint32_t timeline, int64_t frame, Command& landing) noexcept {
    for (uint32_t place = 0; place < count_ && commands_[place].atFrame <= frame; place++) {
      const Command& command = commands_[place];
      if (command.timeline != timeline || command.type == CommandType::SetLoop) continue;
      if (command.type != CommandType::Land) return false;
      landing = take(place);
      return true;
    }
    return false;
  }

  /// The last command of a kind for a timeline until a frame; null when there is none.
  const Command* find_last(CommandType type, uint32_t timeline, int64_t until) const noexcept {
    const Command* found = nullptr;
    for (uint32_t place = 0; place < count_ && commands_[place].atFrame <= until; place++) {
      if (commands_[place].type == type && commands_[place].timeline == timeline) found = &commands_[place];
    }
    return found;
  }

  int64_t next_frame() const noexcept { return count_ ? commands_[0].atFrame : NEVER; }

  Command take_first() noexcept { return take(0); }

  bool empty() const noexcept { return count_ == 0; }

 private:
  Command take(uint32_t place) noexcept {
    const Command taken = commands_[place];
    count_--;
    for (uint32_t index = place; index < count_; index++) commands_[index] = commands_[index + 1];
    return taken;
  }

  uint32_t count_ = 0;
  Command commands_[PENDING_COMMANDS];
};

}  // namespace atome
