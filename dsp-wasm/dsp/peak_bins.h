// What a peak bin is made of, and a growing row of them.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <vector>

#include "pcm.h"

namespace atome {

/// One serialised bin; 16384 stands for full scale.
struct PeakBin {
  int16_t minimum;
  int16_t maximum;
  uint16_t rms;
};
static_assert(sizeof(PeakBin) == 6);

/// What was seen of a bin's frames so far.
struct BinSum {
  float minimum = 0.0f;
  float maximum = 0.0f;
  double squares = 0.0;
  uint64_t frames = 0;

  void add(const BinSum& part) {
    minimum = frames == 0 || part.minimum < minimum ? part.minimum : minimum;
    maximum = frames == 0 || part.maximum > maximum ? part.maximum : maximum;
    squares += part.squares;
    frames += part.frames;
  }
};

/// Sums up `frames` (at least 1) samples of one channel.
BinSum sum_bin(const float* samples, uint32_t frames);

/// Rounds to nearest and clips: levels up to 2.0 keep their height.
PeakBin quantise(const BinSum& sum);

/// Bins in segments, so that growing copies nothing.
class BinStore {
 public:
  static constexpr size_t kSegmentBins = 8192;

  size_t size() const { return size_; }

  /// @returns false when there is no memory.
  bool push(PeakBin bin) {
    if (size_ % kSegmentBins == 0) {
      auto segment = std::unique_ptr<PeakBin[]>(new (std::nothrow) PeakBin[kSegmentBins]);
      if (!segment) return false;
      segments_.push_back(std::move(segment));
    }
    segments_.back()[size_++ % kSegmentBins] = bin;
    return true;
  }

  /// Copies `length` bytes from byte `at` of the bins laid end to end.
  void read(uint64_t at, uint64_t length, uint8_t* out) const;

 private:
  size_t size_ = 0;
  std::vector<std::unique_ptr<PeakBin[]>> segments_;
};

}  // namespace atome
