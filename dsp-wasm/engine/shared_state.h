// Everything that more than one thread of the engine touches; each part names its writer.
#pragma once
#include <atomic>
#include <cstdint>

#include "../dsp/memory.h"
#include "../generated/protocol.h"
#include "clip_mix.h"
#include "command.h"
#include "command_ring.h"
#include "epoch.h"
#include "features.h"
#include "file_table.h"
#include "firing_counts.h"
#include "handover_stack.h"
#include "page_pool.h"
#include "schedule.h"
#include "stretch_pool.h"
#include "tap.h"
#include "timeline_view.h"

namespace atome {

/// The playhead that a hand drags. Written by the control thread.
struct ScrubView {
  static constexpr uint32_t NOBODY = UINT32_MAX;

  std::atomic<uint32_t> timeline{NOBODY};
  /// Context frames.
  std::atomic<int64_t> target{0};
};

struct SharedState {
  explicit SharedState(uint32_t rate) : sampleRate(rate) {}

  /// Hz, whole.
  const uint32_t sampleRate;
  bool offline = false;
  EngineCounters counters{};
  ReaderEpochs epochs;
  /// Control to audio.
  SpscRing<Command, 1024> commands;
  /// Commands with the `future` mark that the audio thread has carried out or dropped.
  std::atomic<uint32_t> futureDone{0};
  /// Audio to control: schedules no longer played.
  HandoverStack<Schedule, &Schedule::nextReturned> returned;
  StretchHandover stretches;
  ScrubView scrub;
  /// Written by the control thread.
  std::atomic<FileTable*> files[MAX_FILES]{};
  std::atomic<Tap*> tap{nullptr};
  TimelineView timelines[MAX_TIMELINES];
  /// For TypeScript. Written by the audio thread.
  TimelineState states[MAX_TIMELINES]{};
  FiringCounts firings;
  /// Audio to control.
  SpscRing<FiredTrigger, 8192> firedTriggers;
  Array<ClipMix> mixes;
  Features features;
  PagePool pool;

  /// Control thread; false when there is no memory.
  [[nodiscard]] bool prepare(bool isOffline) {
    offline = isOffline;
    return mixes.allocate(MAX_CLIPS) && firings.prepare() && features.prepare(!isOffline);
  }
};

}  // namespace atome
