// Keeps the level of sounds whose grains do not add up in phase.
#pragma once
#include <cstdint>

#include "../memory.h"
#include "fft.h"

namespace atome {

/// Grains of noise that overlap are alike in part only, so their sum is quieter than they are: by up to 3 dB. Compares,
/// band by band, each grain with the sum it is added to, and says how much louder grains have to be.
class LevelKeeper {
 public:
  [[nodiscard]] bool prepare(uint32_t size, uint32_t sampleRate);
  void reset() noexcept;

  /// Spectrum of the grain, to be filled in before `compare`.
  float* grain_re() { return grainRe_.data(); }
  float* grain_im() { return grainIm_.data(); }
  /// Clears them.
  void clear() noexcept;
  /// `sum` is what the output would be without the grain, under its window; overwritten.
  void compare(RealFft& fft, float* sum) noexcept;
  /// Multiplies the weights of the bins by the gains of their bands.
  void apply(float* weights) const noexcept;

 private:
  float gain_of(uint32_t index) const noexcept;

  static constexpr uint32_t BANDS = 24;

  struct Band {
    uint32_t end = 0;
    float cross = 0;
    float grainPower = 0;
    float sumPower = 0;
    float gain = 1;
  };
  uint32_t bins_ = 0;
  Band bands_[BANDS];
  uint32_t count_ = 0;
  Array<float> grainRe_;
  Array<float> grainIm_;
  Array<float> sumRe_;
  Array<float> sumIm_;
};

}  // namespace atome
