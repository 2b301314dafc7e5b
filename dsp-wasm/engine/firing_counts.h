// How often each trigger has fired since its timeline was started. Written by the audio thread, read by all.
#pragma once
#include <atomic>
#include <cstdint>

#include "../dsp/memory.h"
#include "trigger.h"

namespace atome {

class FiringCounts {
 public:
  /// Control thread; false when there is no memory.
  [[nodiscard]] bool prepare() { return counts_.allocate(MAX_TRIGGERS); }

  /// @param start the timeline's starts so far: what was counted before the last one is over.
  uint32_t of(const Trigger& trigger, uint32_t start) const noexcept {
    const Count& count = counts_[trigger.slot];
    const bool same = count.generation.load(std::memory_order_relaxed) == trigger.generation &&
                      count.start.load(std::memory_order_relaxed) == start;
    return same ? count.fired.load(std::memory_order_relaxed) : 0;
  }

  /// Audio thread.
  void set(const Trigger& trigger, uint32_t start, uint32_t fired) noexcept {
    Count& count = counts_[trigger.slot];
    count.generation.store(trigger.generation, std::memory_order_relaxed);
    count.start.store(start, std::memory_order_relaxed);
    count.fired.store(fired, std::memory_order_relaxed);
  }

 private:
  /// Read in parts by others, who may see a mix for a moment: they only guess with it what will be played.
  struct Count {
    std::atomic<uint32_t> generation{0};
    std::atomic<uint32_t> start{0};
    std::atomic<uint32_t> fired{0};
  };

  Array<Count> counts_;
};

}  // namespace atome
