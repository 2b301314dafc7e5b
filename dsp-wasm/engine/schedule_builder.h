// Turns the control side's clips and triggers into the schedule of one timeline. Control thread.
#pragma once
#include <cstdint>

#include "file_store.h"
#include "schedule.h"
#include "trigger_store.h"

namespace atome {

/// A clip of the control side's model.
struct ClipEntry {
  ClipSpec spec;
  uint32_t generation;
  bool present;
};

/// Resamplers by source rate, shared by all schedules, kept until the end.
class ResamplerStore {
 public:
  explicit ResamplerStore(uint32_t targetRate) : targetRate_(targetRate) {}
  ~ResamplerStore();
  uint32_t target_rate() const { return targetRate_; }
  /// Null at the target rate itself; `found` is false when there is no memory or room.
  const ResamplerTable* find(uint32_t sourceRate, bool& found);

 private:
  static constexpr uint32_t MAX_RATES = 256;

  uint32_t targetRate_;
  uint32_t count_ = 0;
  ResamplerTable* tables_[MAX_RATES]{};
};

/// The schedule of `timeline`, holding a reference on every file it plays; null when there is no memory.
Schedule* build_schedule(uint32_t timeline, const Array<ClipEntry>& clips, const TriggerStore& triggers,
                         FileStore& files, ResamplerStore& resamplers);
/// Gives the files back and frees it.
void free_schedule(Schedule* schedule, FileStore& files);

}  // namespace atome
