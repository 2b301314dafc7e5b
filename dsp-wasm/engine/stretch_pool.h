// The stretchers that nothing uses at the moment. Audio thread.
#pragma once
#include "handover_stack.h"
#include "stretch_run.h"

namespace atome {

class StretchRuns;

/// Stretchers on their way between the threads.
struct StretchHandover {
  /// Control to audio.
  HandoverStack<StretchRun, &StretchRun::next> brought;
  /// Audio to control.
  HandoverStack<StretchRun, &StretchRun::next> returned;
  /// Written by the control thread.
  std::atomic<StretchShape*> shapes{nullptr};
};

class StretchPool {
 public:
  /// Control thread.
  void prepare(StretchHandover& handover, StretchRuns* const* timelines) {
    handover_ = &handover;
    timelines_ = timelines;
  }

  /// Takes in what was brought and hands back what is not wanted any more.
  void exchange() noexcept;
  /// One that is idle, or else, of those that wait for longer than `due` context frames, the one that waits longest;
  /// null when there is none.
  StretchRun* take(StretchShape& shape, int64_t due) noexcept;
  void give(StretchRun* run) noexcept;

 private:
  StretchHandover* handover_ = nullptr;
  StretchRuns* const* timelines_ = nullptr;
};

}  // namespace atome
