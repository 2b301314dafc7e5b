// Peaks, their frequencies and their rotations.
#include "phase_vocoder.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "../simd.h"

namespace atome {
namespace {

/// The bin under which a constant offset counts as a peak; it has a bin on each side as all peaks have.
constexpr uint32_t CONSTANT = 1;
/// What is this much weaker in power than a bin three away lies on the slope of a window's spectrum.
constexpr float SIDE_LOBE = 4;
/// Growth of power from one grain to the next at which a peak counts as new.
constexpr float NEW = 8;
/// Frames; advances over less tell nothing of frequencies.
constexpr double LEAST_ADVANCE = 32;

}  // namespace

bool PhaseVocoder::prepare(uint32_t channels, uint32_t size) {
  channels_ = channels;
  if (!fft_.prepare(size)) return false;
  bins_ = fft_.bins();
  const size_t room = fft_.capacity();
  if (!spectra_[0].allocate(channels) || !spectra_[1].allocate(channels) || !power_.allocate(room) ||
      !peaks_[0].allocate(bins_) || !peaks_[1].allocate(bins_) || !peakOf_.allocate(room) || !turnRe_.allocate(room) ||
      !turnIm_.allocate(room) || !scratchRe_.allocate(room) || !scratchIm_.allocate(room))
    return false;
  for (uint32_t channel = 0; channel < channels; channel++)
    for (Spectrum* spectrum : {&spectra_[0][channel], &spectra_[1][channel]})
      if (!spectrum->re.allocate(room) || !spectrum->im.allocate(room)) return false;
  reset();
  return true;
}

void PhaseVocoder::reset() noexcept {
  peakCount_ = lastPeakCount_ = 0;
}

void PhaseVocoder::analyse(uint32_t channel, const float* samples) noexcept {
  fft_.forward(samples, spectra_[side_][channel].re.data(), spectra_[side_][channel].im.data());
}

void PhaseVocoder::find_peaks() noexcept {
  for (uint32_t bin = 0; bin < bins_; bin += VECTOR_FRAMES) {
    Vector sum = splat(1e-30f);
    for (uint32_t channel = 0; channel < channels_; channel++) {
      const Vector re = load(spectra_[side_][channel].re.data() + bin),
                   im = load(spectra_[side_][channel].im.data() + bin);
      sum += re * re + im * im;
    }
    store(power_.data() + bin, sum);
  }
  peakCount_ = 0;
  const float* power = power_.data();
  uint32_t lowest = 0;
  // A constant offset is in phase wherever it is.
  if (power[0] > power[2]) peaks_[side_][peakCount_++] = {CONSTANT, 0, 0, 0, std::sqrt(power[0]), false};
  for (uint32_t bin = 3; bin + 3 < bins_; bin++) {
    const float here = power[bin];
    if (here < power[lowest]) lowest = bin;
    if (here <= power[bin - 1] || here < power[bin + 1] || here <= power[bin - 2] || here < power[bin + 2]) continue;
    if (SIDE_LOBE * here < power[bin - 3] || SIDE_LOBE * here < power[bin + 3]) continue;
    Peak& peak = peaks_[side_][peakCount_++];
    peak.bin = bin;
    peak.begin = peakCount_ == 1 ? 0 : lowest;
    peak.frequency = interpolated(bin) / fft_.size();
    peak.magnitude = std::sqrt(here);
    lowest = bin;
  }
}

/// Where between the bins a peak lies; exact for one steady sine under a Hann window.
double PhaseVocoder::interpolated(uint32_t bin) const noexcept {
  const float* power = power_.data() + bin;
  const bool upper = power[1] > power[-1];
  const float share = std::sqrt((upper ? power[1] : power[-1]) / power[0]);
  const float distance = std::clamp((2 * share - 1) / (1 + share), 0.0f, 0.5f);
  return double(bin) + double(upper ? distance : -distance);
}

void PhaseVocoder::offer_last(Displacement& displacement, double inputAdvance, double outputAdvance) const noexcept {
  for (uint32_t index = 0; index < lastPeakCount_; index++) {
    const Peak& peak = peaks_[1 - side_][index];
    displacement.add(double(peak.rotation) + peak.frequency * (outputAdvance - inputAdvance), peak.frequency,
                     peak.magnitude / float(size()));
  }
}

/// The mean frequency between the grains' centres, by the advance of the phase.
void PhaseVocoder::measure(Peak& peak, const Peak& last, double inputAdvance) noexcept {
  float re = 0, im = 0;
  for (uint32_t channel = 0; channel < channels_; channel++) {
    const Spectrum& now = spectra_[side_][channel];
    const Spectrum& before = spectra_[1 - side_][channel];
    for (int offset = -1; offset <= 1; offset++) {
      const uint32_t a = peak.bin + offset, b = last.bin + offset;
      re += now.re[a] * before.re[b] + now.im[a] * before.im[b];
      im += now.im[a] * before.re[b] - now.re[a] * before.im[b];
    }
  }
  double advance = double(turns_of(re, im));
  if ((peak.bin ^ last.bin) & 1) advance += 0.5;
  const double expected = 0.5 * (peak.frequency + last.frequency) * inputAdvance;
  peak.frequency = (expected + wrapped(advance - expected)) / inputAdvance;
}

bool PhaseVocoder::is_new(const Peak& peak) const noexcept {
  float before = 0;
  for (uint32_t bin = peak.bin - 1; bin <= peak.bin + 1; bin++) {
    float power = 0;
    for (uint32_t channel = 0; channel < channels_; channel++) {
      const Spectrum& spectrum = spectra_[1 - side_][channel];
      power += spectrum.re[bin] * spectrum.re[bin] + spectrum.im[bin] * spectrum.im[bin];
    }
    before = std::max(before, power);
  }
  return power_[peak.bin] > NEW * before;
}

void PhaseVocoder::predict(const GrainStep& step) noexcept {
  find_peaks();
  const bool free = step.first || lastPeakCount_ == 0;
  const bool measurable = !step.cut && std::fabs(step.inputAdvance) >= LEAST_ADVANCE;
  for (uint32_t index = 0; index < peakCount_; index++) {
    Peak& peak = peaks_[side_][index];
    peak.rotation = 0;
    peak.fresh = free;
    if (free || peak.bin == CONSTANT) continue;
    const Peak& last = peaks_[1 - side_][peakOf_[peak.bin]];
    if (measurable) measure(peak, last, step.inputAdvance);
    peak.fresh = is_new(peak);
    if (step.attack && peak.fresh) continue;
    peak.rotation = float(wrapped(double(last.rotation) + peak.frequency * (step.outputAdvance - step.inputAdvance)));
  }
  spread();
}

void PhaseVocoder::offer(Displacement& displacement) const noexcept {
  for (uint32_t index = 0; index < peakCount_; index++) {
    const Peak& peak = peaks_[side_][index];
    if (peak.fresh || peak.bin == CONSTANT) continue;
    displacement.add(peak.rotation, peak.frequency, peak.magnitude / float(size()));
  }
}

void PhaseVocoder::settle(float frames, float pull) noexcept {
  for (uint32_t index = 0; index < peakCount_; index++) {
    Peak& peak = peaks_[side_][index];
    const float rest = wrapped(peak.rotation - float(peak.frequency) * frames);
    peak.rotation = wrapped(peak.rotation - (peak.fresh ? 1.0f : pull) * rest);
  }
  turn();
}

/// Notes for every bin whose it is.
void PhaseVocoder::spread() noexcept {
  for (uint32_t index = 0; index < peakCount_; index++) {
    const uint32_t begin = peaks_[side_][index].begin,
                   end = index + 1 < peakCount_ ? peaks_[side_][index + 1].begin : bins_;
    std::fill(peakOf_.data() + begin, peakOf_.data() + end, uint16_t(index));
  }
}

void PhaseVocoder::add_turned(uint32_t channel, float share, float* re, float* im) noexcept {
  const Spectrum& spectrum = spectra_[side_][channel];
  const Vector factor = splat(share);
  for (uint32_t bin = 0; bin < bins_; bin += VECTOR_FRAMES) {
    const Vector a = load(spectrum.re.data() + bin), b = load(spectrum.im.data() + bin);
    const Vector turnRe = load(turnRe_.data() + bin), turnIm = load(turnIm_.data() + bin);
    store(re + bin, load(re + bin) + factor * (a * turnRe - b * turnIm));
    store(im + bin, load(im + bin) + factor * (a * turnIm + b * turnRe));
  }
}

void PhaseVocoder::synthesise(uint32_t channel, const float* weights, float* samples) noexcept {
  const Spectrum& spectrum = spectra_[side_][channel];
  for (uint32_t bin = 0; bin < bins_; bin += VECTOR_FRAMES) {
    const Vector re = load(spectrum.re.data() + bin), im = load(spectrum.im.data() + bin);
    const Vector turnRe = load(turnRe_.data() + bin), turnIm = load(turnIm_.data() + bin);
    const Vector weight = load(weights + bin);
    store(scratchRe_.data() + bin, (re * turnRe - im * turnIm) * weight);
    store(scratchIm_.data() + bin, (re * turnIm + im * turnRe) * weight);
  }
  fft_.inverse(scratchRe_.data(), scratchIm_.data(), samples);
}

/// Gives every bin the rotation of its peak.
void PhaseVocoder::turn() noexcept {
  if (peakCount_ == 0) {
    std::fill_n(turnRe_.data(), bins_, 1.0f);
    std::fill_n(turnIm_.data(), bins_, 0.0f);
  }
  for (uint32_t index = 0; index < peakCount_; index++) {
    const uint32_t begin = peaks_[side_][index].begin;
    const uint32_t end = index + 1 < peakCount_ ? peaks_[side_][index + 1].begin : bins_;
    const Phasor turn = phasor(peaks_[side_][index].rotation);
    std::fill(turnRe_.data() + begin, turnRe_.data() + end, turn.re);
    std::fill(turnIm_.data() + begin, turnIm_.data() + end, turn.im);
  }
}

void PhaseVocoder::finish() noexcept {
  side_ = 1 - side_;
  lastPeakCount_ = peakCount_;
}

}  // namespace atome
