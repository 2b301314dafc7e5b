// Turns the control side's clips and triggers into the schedule of one timeline. Control thread.
#pragma once
#include <cstdint>

#include "file_store.h"
#include "resampler_store.h"
#include "schedule.h"
#include "stretch_store.h"
#include "trigger_store.h"

namespace atome {

/// A clip of the control side's model.
struct ClipEntry {
  ClipSpec spec;
  uint32_t generation;
  bool present;
};

/// What schedules are made of and share.
struct ScheduleStores {
  FileStore& files;
  ResamplerStore& resamplers;
  StretchStore& stretches;
};

/// The schedule of `timeline`, holding a reference on every file it plays; null when there is no memory.
Schedule* build_schedule(uint32_t timeline, const Array<ClipEntry>& clips, const TriggerStore& triggers,
                         ScheduleStores stores);
/// Gives the files back and frees it.
void free_schedule(Schedule* schedule, FileStore& files);

}  // namespace atome
