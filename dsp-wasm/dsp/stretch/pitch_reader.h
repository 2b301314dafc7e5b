// Reads a signal at another speed: what turns stretching into a change of pitch.
#pragma once
#include <cstdint>

#include "../memory.h"

namespace atome {

/// Band-limited interpolation of a stream that arrives in chunks. Whoever writes the stream keeps it below half the
/// reading rate.
class PitchReader {
 public:
  static constexpr uint32_t TAPS = 48;
  static constexpr uint32_t HALF = TAPS / 2;

  /// `frames` is the largest chunk, `outputs` the most that any is read as.
  [[nodiscard]] bool prepare(uint32_t channels, uint32_t frames, uint32_t outputs);
  void reset() noexcept;

  /// Where to put the next chunk of a channel.
  float* input(uint32_t channel) { return row(channel) + TAPS; }
  /// Starts reading at a frame of the next chunk.
  void begin_at(double frame) { position_ = frame; }
  /// Of the next output, after the first frame of the next chunk.
  double position() const { return position_; }
  /// Takes the chunk that was put there and says how many outputs there are, `step` input frames apart. Only what has
  /// HALF frames after it can be read; the rest comes with the next chunk.
  uint32_t take(uint32_t frames, double step) noexcept;
  /// Writes those outputs, one array per channel.
  void read(float* const* out) const noexcept;
  /// Makes room for the next chunk.
  void release() noexcept;
  uint32_t capacity() const { return capacity_; }

 private:
  bool passes_through() const;
  float* row(uint32_t channel) { return samples_.data() + size_t(channel) * (TAPS + frames_); }
  const float* row(uint32_t channel) const { return samples_.data() + size_t(channel) * (TAPS + frames_); }

  uint32_t channels_ = 0;
  uint32_t frames_ = 0;
  uint32_t capacity_ = 0;
  /// Of the next output, in frames after the first one of the chunk.
  double position_ = 0;
  double step_ = 1;
  uint32_t taken_ = 0;
  uint32_t outputs_ = 0;
  Array<float> samples_;
  Array<float> filters_;
};

}  // namespace atome
