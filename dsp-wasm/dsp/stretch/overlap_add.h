// Sums windowed grains and divides by the windows' sum.
#pragma once
#include <cstdint>

#include "../memory.h"

namespace atome {

/// A sliding stretch of output. Dividing by the sum of the windows that are really there keeps the level where grains
/// are missing or cut: at the start, and on both sides of an attack.
class OverlapAdd {
 public:
  [[nodiscard]] bool prepare(uint32_t channels, uint32_t frames);
  void reset() noexcept;

  /// Adds the product of two windows from the first frame on.
  void add_window(const float* product, uint32_t frames) noexcept;
  /// Adds a grain times `window` from frame `at` on.
  void add(uint32_t channel, const float* grain, const float* window, uint32_t frames) noexcept;
  /// Drops what lies from frame `at` on.
  void cut(uint32_t at) noexcept;
  /// Writes the first frames of a channel.
  void read(uint32_t channel, uint32_t frames, float* out) const noexcept;
  /// Adds what the first frames of a channel's output would be.
  void add_level(uint32_t channel, float share, float* out, uint32_t frames) const noexcept;
  /// Drops the first frames.
  void advance(uint32_t frames) noexcept;

 private:
  float* row(uint32_t channel) { return sums_.data() + size_t(channel) * frames_; }
  const float* row(uint32_t channel) const { return sums_.data() + size_t(channel) * frames_; }

  uint32_t channels_ = 0;
  uint32_t frames_ = 0;
  Array<float> sums_;
  Array<float> windows_;
};

}  // namespace atome
