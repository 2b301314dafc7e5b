// Keeps the colour of a voice whose pitch is shifted.
#pragma once
#include <cstdint>

#include "../memory.h"
#include "fft.h"

namespace atome {

/// Shifting the pitch moves a voice's resonances along with its partials. This draws a line over the partials and gives
/// each the level that the line has where it will be heard. The partials are those peaks that no other stands within
/// half the fundamental's frequency of, which the transform of the magnitudes tells; where nothing is periodic, within
/// half of a speaker's.
class FormantKeeper {
 public:
  /// `size` of the transforms.
  [[nodiscard]] bool prepare(uint32_t size, uint32_t sampleRate);
  /// Multiplies the weights of the first `count` bins of a grain of this power, that will be heard `pitch` times as
  /// high.
  void apply(RealFft& fft, const float* power, double pitch, float* weights, uint32_t count) noexcept;

 private:
  float spacing(RealFft& fft, const float* power) noexcept;
  void draw(const float* power, float spacing) noexcept;
  float line_at(float bin) const noexcept;

  uint32_t size_ = 0;
  uint32_t bins_ = 0;
  uint32_t shortestPeriod_ = 0;
  uint32_t longestPeriod_ = 0;
  float usualSpacing_ = 0;
  Array<float> re_;
  Array<float> im_;
  Array<float> frame_;
  /// Per bin: the line over the partials, in doublings of power.
  Array<float> line_;
};

}  // namespace atome
