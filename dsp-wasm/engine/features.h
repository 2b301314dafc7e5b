// Feature frames: meters for the views, double-buffered in shared memory.
#pragma once
#include <cstdint>

#include "../dsp/memory.h"
#include "../generated/protocol.h"
#include "clip_meter.h"

namespace atome {

/// Everything one feature frame holds.
struct FeatureFrame {
  FeatureHeader header;
  ClipFeature clips[MAX_CLIPS];
};
static_assert(sizeof(FeatureFrame) == sizeof(FeatureHeader) + MAX_CLIPS * sizeof(ClipFeature));

class Features {
 public:
  /// Quanta summarised by one frame.
  static constexpr uint32_t QUANTA = 8;

  /// Control thread; false when there is no memory. @param clipMeters whether each clip has a meter.
  [[nodiscard]] bool prepare(bool clipMeters) {
    return frames_.allocate(2) && (!clipMeters || meters_.allocate(MAX_CLIPS));
  }
  FeatureFrame* frames() { return frames_.data(); }
  /// Null when clips are not metered.
  ClipMeter* clip_meters() { return meters_.size() ? meters_.data() : nullptr; }

  /// Audio thread: adds one quantum of the master output; true when a frame is due.
  bool add_master(const float* left, const float* right) noexcept;
  /// Audio thread: writes the older of the two frames and begins new meters.
  void write(int64_t masterFrame, const EngineCounters& counters) noexcept;

 private:
  Array<FeatureFrame> frames_;
  Array<ClipMeter> meters_;
  uint32_t quanta_ = 0;
  uint32_t written_ = 0;
  float peak_[2]{};
  float squares_[2]{};
};

}  // namespace atome
