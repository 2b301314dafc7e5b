// The click tracks that are published and those that are no longer. Control thread.
#pragma once
#include <cstdint>

#include "click_track.h"
#include "retired.h"
#include "shared_state.h"

namespace atome {

class ClickStore {
 public:
  explicit ClickStore(SharedState& shared) : shared_(shared) {}
  ~ClickStore();

  /// Publishes a timeline's clicks in place of those it had, from master frame `atFrame` on (0 or past = next quantum).
  /// @param clicks by position, whole frames.
  EngineStatus set(uint32_t timeline, const ClickSpec* clicks, uint32_t count, double atFrame);
  void collect();
  uint32_t retired() const { return retired_.size(); }

 private:
  SharedState& shared_;
  uint32_t sequence_ = 0;
  /// Of each timeline: what its published track may still refer to.
  ClickTrack* before_[MAX_TIMELINES]{};
  RetiredList<ClickTrack> retired_;
};

}  // namespace atome
