// Power spectra of eight overlapping frames at once: four SIMD lanes, two real frames in each complex transform.
#pragma once
#include <cstdint>
#include <vector>

#include "simd.h"

namespace atome {

/// A radix-2 transform (Cooley and Tukey 1965) under a Hann window.
class OnsetSpectra {
 public:
  static constexpr uint32_t kFrames = 8;

  /// @param size of a frame: a power of two from 64 on.
  void prepare(uint32_t size);

  uint32_t size() const { return size_; }

  /// Transforms the frames that begin at first, first + hop, ... and reach size samples each.
  void transform(const float* first, uint32_t hop);

  /// Power of one bin, 0 < bin < size / 2, of frames 0 to 3 and 4 to 7; a sine of full scale has 1.
  void add_power(uint32_t bin, Vector& low, Vector& high) const {
    const Vector re = real_[bin], im = imaginary_[bin];
    const Vector mirroredRe = real_[size_ - bin], mirroredIm = imaginary_[size_ - bin];
    const Vector a = re + mirroredRe, b = im - mirroredIm;
    const Vector c = im + mirroredIm, d = mirroredRe - re;
    low += (a * a + b * b) * scale_;
    high += (c * c + d * d) * scale_;
  }

 private:
  void load_frames(const float* first, uint32_t hop);
  void combine(uint32_t half);

  uint32_t size_ = 0;
  Vector scale_ = {};
  std::vector<float> window_;
  std::vector<uint32_t> reversed_;
  /// Of each stage from two butterflies a block on, one after the other.
  std::vector<float> cosines_;
  std::vector<float> sines_;
  std::vector<Vector> real_;
  std::vector<Vector> imaginary_;
};

}  // namespace atome
