// Resamplers by source rate, shared by all schedules, kept until the end. Control thread.
#pragma once
#include <cstdint>

#include "../dsp/resampler_table.h"

namespace atome {

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

}  // namespace atome
