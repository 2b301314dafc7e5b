// Takes one peak after another out of the low bins; what is left tells how well it had the shape of a steady partial.
#include "skirt_keeper.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "../simd.h"
#include "phase_math.h"

namespace atome {
namespace {

/// Bins that are looked at: up to 2.6 kHz, below which the notes of chords share bins.
constexpr uint32_t LOW_BINS = 224;
/// Bins that a peak may lie off its own frequency.
constexpr double OFF = 0.7;
/// Share of the power at a peak that is left of a steady partial at most, and from which on it is none.
constexpr float STEADY = 0.01f, UNSTEADY = 0.05f;
/// Bins to each side of the peak where it is measured.
constexpr uint32_t AROUND = 2;

/// Spectrum of a Hann window at distances in bins of a transform as long as it, relative to its middle.
Vector hann_lobe(Vector bins) {
  const Vector halves = splat(0.5f) * bins, square = bins * bins;
  const Vector sine = phasors(halves - rounded(halves)).im;
  const Vector below = splat(std::numbers::pi_v<float>) * bins * (splat(1) - square);
  const Vector limit = square < splat(0.5f) ? splat(1) : splat(0.5f);
  return absolute(below) < splat(1e-3f) ? limit : sine / below;
}

}  // namespace

bool SkirtKeeper::prepare(uint32_t channels, uint32_t size) {
  channels_ = channels;
  size_ = size;
  bins_ = std::min(LOW_BINS, size / 2);
  if (!skirts_.allocate(bins_) || !heights_.allocate(channels) || !rest_.allocate(channels) ||
      !missing_.allocate(channels))
    return false;
  for (uint32_t channel = 0; channel < channels; channel++)
    for (Spectrum* spectrum : {&heights_[channel], &rest_[channel], &missing_[channel]})
      if (!spectrum->re.allocate(bins_) || !spectrum->im.allocate(bins_)) return false;
  return true;
}

void SkirtKeeper::compare(const SpectralPeak* peaks, uint32_t count, const Spectrum* spectra, const float* power,
                          const float* turnRe, const float* turnIm) noexcept {
  begin(spectra);
  uint32_t found = 0;
  for (uint32_t index = 0; index < count && peaks[index].bin + SPAN <= bins_; index++) {
    const uint32_t bin = peaks[index].bin;
    const double place = peaks[index].frequency * size_;
    if (bin < AROUND || peaks[index].fresh || std::fabs(place - double(bin)) > OFF) continue;
    Skirt& skirt = skirts_[found];
    skirt.peak = index;
    lay(skirt, place);
    subtract(skirt, found++, bin);
  }
  for (uint32_t index = 0; index < found; index++) {
    const uint32_t bin = peaks[skirts_[index].peak].bin;
    const float share = steadiness(bin, power);
    if (share > 0) turn(skirts_[index], index, share, turnRe[bin], turnIm[bin], turnRe, turnIm);
  }
}

void SkirtKeeper::begin(const Spectrum* spectra) noexcept {
  for (uint32_t channel = 0; channel < channels_; channel++) {
    std::copy_n(spectra[channel].re.data(), bins_, rest_[channel].re.data());
    std::copy_n(spectra[channel].im.data(), bins_, rest_[channel].im.data());
    std::fill_n(missing_[channel].re.data(), bins_, 0.0f);
    std::fill_n(missing_[channel].im.data(), bins_, 0.0f);
  }
}

/// The window's middle is the frame's, so signs alternate from bin to bin.
void SkirtKeeper::lay(Skirt& skirt, double bin) const noexcept {
  skirt.first = uint32_t(std::max(0.0, std::floor(bin) + 1 - SPAN / 2));
  const float from = float(double(skirt.first) - bin), sign = skirt.first % 2 ? -1.0f : 1.0f;
  for (uint32_t at = 0; at < SPAN; at += VECTOR_FRAMES) {
    const Vector bins = splat(from + float(at)) + Vector{0, 1, 2, 3};
    store(skirt.shape + at, hann_lobe(bins * splat(1 / padded_)) * Vector{sign, -sign, sign, -sign});
  }
}

void SkirtKeeper::subtract(const Skirt& skirt, uint32_t index, uint32_t bin) noexcept {
  const float scale = 1 / skirt.shape[bin - skirt.first];
  for (uint32_t channel = 0; channel < channels_; channel++) {
    Spectrum& rest = rest_[channel];
    const float re = heights_[channel].re[index] = rest.re[bin] * scale;
    const float im = heights_[channel].im[index] = rest.im[bin] * scale;
    for (uint32_t at = 0; at < SPAN; at += VECTOR_FRAMES) {
      const Vector shape = load(skirt.shape + at);
      float *toRe = rest.re.data() + skirt.first + at, *toIm = rest.im.data() + skirt.first + at;
      store(toRe, load(toRe) - splat(re) * shape);
      store(toIm, load(toIm) - splat(im) * shape);
    }
  }
}

float SkirtKeeper::steadiness(uint32_t bin, const float* power) const noexcept {
  float left = 0, all = 1e-30f;
  for (uint32_t near = bin - AROUND; near <= bin + AROUND; near++) {
    all += power[near];
    for (uint32_t channel = 0; channel < channels_; channel++) {
      const float re = rest_[channel].re[near], im = rest_[channel].im[near];
      left += re * re + im * im;
    }
  }
  return std::clamp((UNSTEADY - left / all) / (UNSTEADY - STEADY), 0.0f, 1.0f);
}

/// Adds what a peak's skirts have to turn otherwise than the regions they lie in.
void SkirtKeeper::turn(const Skirt& skirt, uint32_t index, float share, float re, float im, const float* turnRe,
                       const float* turnIm) noexcept {
  for (uint32_t at = 0; at < SPAN; at += VECTOR_FRAMES) {
    const uint32_t bin = skirt.first + at;
    const Vector shape = splat(share) * load(skirt.shape + at);
    const Vector moreRe = shape * (splat(re) - load(turnRe + bin)), moreIm = shape * (splat(im) - load(turnIm + bin));
    for (uint32_t channel = 0; channel < channels_; channel++) {
      const Vector heightRe = splat(heights_[channel].re[index]), heightIm = splat(heights_[channel].im[index]);
      float *toRe = missing_[channel].re.data() + bin, *toIm = missing_[channel].im.data() + bin;
      store(toRe, load(toRe) + heightRe * moreRe - heightIm * moreIm);
      store(toIm, load(toIm) + heightRe * moreIm + heightIm * moreRe);
    }
  }
}

}  // namespace atome
