// Records the master output together with its frame numbers.
#pragma once
#include <algorithm>
#include <atomic>
#include <cstdint>

#include "../dsp/memory.h"
#include "../generated/protocol.h"
#include "shared_value.h"

namespace atome {

class Tap {
 public:
  /// Control thread; false when there is no memory.
  [[nodiscard]] bool prepare(int64_t fromFrame, uint32_t frames) {
    from_ = fromFrame;
    frames_ = frames;
    return samples_.allocate(size_t(frames) * 2);
  }

  /// 2 planar channels.
  float* samples() { return samples_.data(); }
  /// Master frame of the first recorded frame; -1: none yet.
  int64_t start_frame() const { return start_.load(); }

  /// Audio thread: the quantum that begins at `masterFrame`.
  void record(int64_t masterFrame, const float* left, const float* right, EngineCounters& counters) noexcept {
    const int64_t skipped = std::max<int64_t>(0, from_ - masterFrame);
    if (skipped >= QUANTUM_FRAMES || written_ == frames_) return;
    const uint32_t count = std::min<uint32_t>(QUANTUM_FRAMES - uint32_t(skipped), frames_ - written_);
    std::copy_n(left + skipped, count, samples_.data() + written_);
    std::copy_n(right + skipped, count, samples_.data() + frames_ + written_);
    if (written_ == 0) start_.store(masterFrame + skipped);
    written_ += count;
    __atomic_store_n(&counters.tapFrames, written_, __ATOMIC_RELEASE);
  }

 private:
  int64_t from_ = 0;
  uint32_t frames_ = 0;
  uint32_t written_ = 0;
  std::atomic<int64_t> start_{-1};
  Array<float> samples_;
};

}  // namespace atome
