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

  int64_t next_frame() const noexcept { return count_ ? commands_[0].atFrame : NEVER; }

  Command take_first() noexcept {
    const Command first = commands_[0];
    count_--;
    for (uint32_t index = 0; index < count_; index++) commands_[index] = commands_[index + 1];
    return first;
  }

  bool empty() const noexcept { return count_ == 0; }

 private:
  uint32_t count_ = 0;
  Command commands_[PENDING_COMMANDS];
};

}  // namespace atome
