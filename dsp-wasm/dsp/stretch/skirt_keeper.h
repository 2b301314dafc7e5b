// Keeps the skirts of partials that stand close.
#pragma once
#include <cstdint>

#include "../memory.h"
#include "spectral_peak.h"

namespace atome {

/// A partial is wider than the region around its peak where others stand close, and what reaches into their regions
/// would turn with them. The skirts of a steady partial have the shape of the window's spectrum, so it is known what it
/// adds to each bin, and that part is turned with its own partial. Noise has no such shape and is left as it is.
class SkirtKeeper {
 public:
  [[nodiscard]] bool prepare(uint32_t channels, uint32_t size);
  /// How many times as long as its Hann window a transform is. Audio thread, as all that follows.
  void set_padding(double padded) noexcept { padded_ = float(padded); }

  /// Compares a grain of this power with its peaks, whose regions are turned by `turnRe` and `turnIm`.
  void compare(const SpectralPeak* peaks, uint32_t count, const Spectrum* spectra, const float* power,
               const float* turnRe, const float* turnIm) noexcept;
  /// From this bin on nothing is missing; whole vectors.
  uint32_t bins() const { return bins_; }
  /// Per bin of one channel: what is missing in the turned grain.
  const Spectrum& missing(uint32_t channel) const { return missing_[channel]; }

 private:
  /// Bins that the skirts of a peak cover: three of the window's to each side.
  static constexpr uint32_t SPAN = 12;

  struct Skirt {
    uint32_t peak;
    uint32_t first;
    /// Relative to the peak's height.
    float shape[SPAN];
  };
  void begin(const Spectrum* spectra) noexcept;
  void lay(Skirt& skirt, double bin) const noexcept;
  void subtract(const Skirt& skirt, uint32_t index, uint32_t bin) noexcept;
  float steadiness(uint32_t bin, const float* power) const noexcept;
  void turn(const Skirt& skirt, uint32_t index, float share, float re, float im, const float* turnRe,
            const float* turnIm) noexcept;

  uint32_t channels_ = 0;
  uint32_t size_ = 0;
  uint32_t bins_ = 0;
  float padded_ = 1;
  Array<Skirt> skirts_;
  /// Per skirt and channel: the height of its peak.
  Array<Spectrum> heights_;
  /// What the peaks so far do not explain.
  Array<Spectrum> rest_;
  Array<Spectrum> missing_;
};

}  // namespace atome
