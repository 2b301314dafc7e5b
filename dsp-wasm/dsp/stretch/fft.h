// Fourier transform of real frames, split format: real and imaginary parts in arrays of their own.
#pragma once
#include <cstdint>

#include "../memory.h"

namespace atome {

/// Transforms of `size` real samples, a power of two from 64 on. Stockham's self-sorting algorithm in radix 4, its last
/// pass in radix 8 where that fits, on half as many complex values, then the usual separation of even and odd samples.
class RealFft {
 public:
  /// False when there is no memory. Control thread.
  [[nodiscard]] bool prepare(uint32_t size);

  uint32_t size() const { return 2 * half_; }
  /// Bins from 0 Hz to half the sample rate, both included; the arrays have room for three more.
  uint32_t bins() const { return half_ + 1; }
  /// Floats that an array of bins must hold.
  uint32_t capacity() const { return half_ + 4; }

  /// re[k] + i im[k] = sum of samples[n] exp(-2 pi i k n / size). Any thread, one at a time.
  void forward(const float* samples, float* re, float* im) noexcept;
  /// The inverse, scaled so that it undoes `forward`. `re` and `im` are overwritten.
  void inverse(float* re, float* im, float* samples) noexcept;

 private:
  template <class Value>
  void first_pass(Value value, float* to) const noexcept;
  float* middle_passes(float* from, float* to) const noexcept;
  template <class Put>
  void last_pass(const float* from, Put put) const noexcept;

  /// Complex values of the inner transform.
  uint32_t half_ = 0;
  /// Radix of the last pass.
  uint32_t last_ = 0;
  /// Per pass of radix 4 and butterfly: three powers, each its real part and its imaginary one; of four butterflies at
  /// a time in the first pass.
  Array<float> twiddles_;
  /// exp(-2 pi i k / size): cosines, then sines.
  Array<float> separation_;
  Array<float> work_;
};

}  // namespace atome
