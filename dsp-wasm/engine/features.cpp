// Feature frames: meters for the views.
#include "features.h"

#include <algorithm>
#include <cmath>

#include "../dsp/mix.h"
#include "shared_value.h"

namespace atome {

bool Features::add_master(const float* left, const float* right) noexcept {
  const float* sides[2] = {left, right};
  for (int side = 0; side < 2; side++) {
    const Level level = level_of(sides[side], QUANTUM_FRAMES);
    peak_[side] = std::max(peak_[side], level.peak);
    squares_[side] += level.squares;
  }
  return ++quanta_ == QUANTA;
}

void Features::write(int64_t masterFrame, const EngineCounters& counters) noexcept {
  constexpr float perFrame = 1.0f / (QUANTA * QUANTUM_FRAMES);
  written_++;
  FeatureFrame& frame = frames_[written_ % 2];
  __atomic_store_n(&frame.header.sequence, written_ * 2 - 1, __ATOMIC_SEQ_CST);
  FeatureHeader& header = frame.header;
  poke(header.activeVoices, peek(counters.activeVoices));
  poke(header.masterFrame, double(masterFrame));
  poke(header.peakLeft, peak_[0]);
  poke(header.peakRight, peak_[1]);
  poke(header.rmsLeft, std::sqrt(squares_[0] * perFrame));
  poke(header.rmsRight, std::sqrt(squares_[1] * perFrame));
  poke(header.starvedFrames, peek(counters.starvedFrames));
  for (uint32_t clip = 0; clip < meters_.size(); clip++) {
    ClipMeter& meter = meters_[clip];
    // Half: the power of both sides, averaged.
    poke(frame.clips[clip].rms, std::sqrt(meter.squares * perFrame * 0.5f));
    poke(frame.clips[clip].peak, meter.peak);
    meter = {};
  }
  __atomic_store_n(&frame.header.sequence, written_ * 2, __ATOMIC_SEQ_CST);
  quanta_ = 0;
  peak_[0] = peak_[1] = squares_[0] = squares_[1] = 0;
}

}  // namespace atome
