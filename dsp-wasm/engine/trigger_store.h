// The triggers of every timeline as the control side last gave them; schedules take copies. Control thread.
#pragma once
#include <cstdint>

#include "trigger.h"

namespace atome {

class TriggerStore {
 public:
  ~TriggerStore();

  /// Puts a timeline's triggers in place of those it had.
  /// @param triggers by position. @param places frames that the triggers refer to by index.
  EngineStatus set(uint32_t timeline, const TriggerSpec* triggers, uint32_t count, const double* places,
                   uint32_t placeCount);
  /// Fills an empty table; false when there is no memory.
  [[nodiscard]] bool copy(uint32_t timeline, TriggerTable& table) const;

 private:
  TriggerTable* tables_[MAX_TIMELINES]{};
};

}  // namespace atome
