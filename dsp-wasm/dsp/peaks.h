// The peak pyramid of a file: minimum, maximum and RMS per bin, on levels each four times coarser than the one before.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "peak_bins.h"

namespace atome {

/// Grows while a file's frames pass through it; memory is that of its bins alone.
/// Serialised form: app/core/peak-format.ts.
class PeakPyramid {
 public:
  /// @param channels 1 to MAX_CHANNELS. @returns nullptr when there is no memory.
  static std::unique_ptr<PeakPyramid> create(uint32_t channels);

  /// Adds interleaved frames. @returns how many samples were NaN or infinite and taken as silence.
  uint32_t add(const uint8_t* bytes, SampleFormat format, uint32_t frames);

  /// Bins per channel finished so far on the finest level.
  uint64_t bins() const { return frames_ / PEAK_BIN_FRAMES; }

  /// Closes the unfinished bins. @returns false when memory ran out on the way.
  bool finish();

  /// Bytes of the serialised form, after finish.
  uint64_t bytes() const;

  /// Copies `length` bytes of the serialised form from byte `at` on to `out`; both must lie inside it.
  void read(uint64_t at, uint64_t length, uint8_t* out) const;

 private:
  struct Level {
    uint64_t binFrames = 0;
    uint64_t offset = 0;
    std::vector<BinStore> channels;
    std::vector<BinSum> open;
  };

  explicit PeakPyramid(uint32_t channels) : channels_(channels) {}
  void reserve();
  void add_block(uint32_t frames);
  void close_bin(size_t level, uint32_t channel);
  void write_header();

  uint32_t channels_;
  uint64_t frames_ = 0;
  bool noMemory_ = false;
  std::vector<Level> levels_;
  size_t usedLevels_ = 0;
  std::vector<float> scratch_;
  std::vector<float*> planes_;
  std::vector<uint8_t> header_;
};

/// Checks the header of a serialised pyramid against the size of the file it came from.
/// @param length bytes at hand from the start of the file, at least the whole header.
bool validate_peaks(const uint8_t* bytes, size_t length, uint64_t fileSize);

}  // namespace atome
