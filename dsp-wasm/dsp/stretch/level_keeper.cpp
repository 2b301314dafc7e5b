// Coherence of a grain with what it is added to, in bands of a third of an octave and more.
#include "level_keeper.h"

#include <algorithm>
#include <cmath>

#include "../simd.h"

namespace atome {
namespace {

/// Share of the power that remains when four grains under squared Hann windows have nothing in common:
/// 4 (35 / 128) / 1.5^2.
constexpr float ALONE = 0.486f;
/// Hz; what lies below is one band.
constexpr double LOWEST = 120;
/// Share of what was measured before that counts on.
constexpr float MEMORY = 0.64f;
/// Share of the grain's power from which on the sum tells anything: a sound that begins has nothing to be alike to.
constexpr float BEGUN = 0.01f;
/// Coherence of a steady tone: the sum of earlier grains does not reach to the end of the window.
constexpr float OF_TONE = 0.92f;
/// Share of the bands beside it that counts in a band: the skirts of a tone belong to the tone.
constexpr float NEIGHBOUR = 0.1f;

}  // namespace

bool LevelKeeper::prepare(uint32_t size, uint32_t sampleRate) {
  bins_ = size / 2 + 1;
  count_ = 0;
  double edge = LOWEST;
  for (; count_ + 1 < BANDS && edge < 0.5 * sampleRate; edge *= 1.26)
    bands_[count_++].end = uint32_t(edge * size / sampleRate) + 1;
  bands_[count_++].end = bins_;
  for (uint32_t band = 0; band < count_; band++) bands_[band].end = std::min(bands_[band].end, bins_);
  const size_t room = bins_ + 3;
  return grainRe_.allocate(room) && grainIm_.allocate(room) && sumRe_.allocate(room) && sumIm_.allocate(room);
}

void LevelKeeper::reset() noexcept {
  for (Band& band : bands_) {
    band.cross = band.grainPower = band.sumPower = 0;
    band.gain = 1;
  }
}

void LevelKeeper::clear() noexcept {
  std::fill(grainRe_.begin(), grainRe_.end(), 0.0f);
  std::fill(grainIm_.begin(), grainIm_.end(), 0.0f);
}

void LevelKeeper::compare(RealFft& fft, float* sum) noexcept {
  fft.forward(sum, sumRe_.data(), sumIm_.data());
  uint32_t bin = 0;
  for (uint32_t index = 0; index < count_; index++) {
    Band& band = bands_[index];
    // Not zero: silence is coherent, and no power fades into the subnormal numbers.
    float cross = 1e-20f, grainPower = 1e-20f, sumPower = 1e-20f;
    Vector crosses = splat(0), grainPowers = splat(0), sumPowers = splat(0);
    for (; bin + VECTOR_FRAMES <= band.end; bin += VECTOR_FRAMES) {
      const Vector aRe = load(grainRe_.data() + bin), aIm = load(grainIm_.data() + bin);
      const Vector bRe = load(sumRe_.data() + bin), bIm = load(sumIm_.data() + bin);
      crosses += aRe * bRe + aIm * bIm;
      grainPowers += aRe * aRe + aIm * aIm;
      sumPowers += bRe * bRe + bIm * bIm;
    }
    cross += sum_of(crosses);
    grainPower += sum_of(grainPowers);
    sumPower += sum_of(sumPowers);
    for (; bin < band.end; bin++) {
      cross += grainRe_[bin] * sumRe_[bin] + grainIm_[bin] * sumIm_[bin];
      grainPower += grainRe_[bin] * grainRe_[bin] + grainIm_[bin] * grainIm_[bin];
      sumPower += sumRe_[bin] * sumRe_[bin] + sumIm_[bin] * sumIm_[bin];
    }
    if (sumPower < BEGUN * grainPower) continue;
    band.cross = MEMORY * band.cross + (1 - MEMORY) * cross;
    band.grainPower = MEMORY * band.grainPower + (1 - MEMORY) * grainPower;
    band.sumPower = MEMORY * band.sumPower + (1 - MEMORY) * sumPower;
  }
  for (uint32_t index = 0; index < count_; index++) bands_[index].gain = gain_of(index);
}

float LevelKeeper::gain_of(uint32_t index) const noexcept {
  float cross = 0, grainPower = 0, sumPower = 0;
  for (uint32_t near = index > 0 ? index - 1 : 0; near <= std::min(index + 1, count_ - 1); near++) {
    const float share = near == index ? 1 : NEIGHBOUR;
    cross += share * bands_[near].cross;
    grainPower += share * bands_[near].grainPower;
    sumPower += share * bands_[near].sumPower;
  }
  if (!(grainPower > 0)) return 1;
  const float coherence = cross / (OF_TONE * std::sqrt(grainPower * sumPower));
  return 1 / std::sqrt(ALONE + (1 - ALONE) * std::clamp(coherence, 0.0f, 1.0f));
}

void LevelKeeper::apply(float* weights) const noexcept {
  uint32_t bin = 0;
  for (uint32_t index = 0; index < count_; index++)
    for (; bin < bands_[index].end; bin++) weights[bin] *= bands_[index].gain;
}

}  // namespace atome
