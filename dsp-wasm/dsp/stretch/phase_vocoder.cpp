// Peaks, their frequencies and their rotations.
#include "phase_vocoder.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "../simd.h"

namespace atome {

bool PhaseVocoder::prepare(uint32_t channels, uint32_t size) {
  channels_ = channels;
  if (!fft_.prepare(size)) return false;
  bins_ = fft_.bins();
  const size_t room = fft_.capacity();
  if (!spectra_[0].allocate(channels) || !spectra_[1].allocate(channels) || !power_.allocate(room) ||
      !peaks_[0].allocate(bins_) || !peaks_[1].allocate(bins_) || !lastPeakOf_.allocate(room) ||
      !turnRe_.allocate(room) || !turnIm_.allocate(room) || !scratchRe_.allocate(room) || !scratchIm_.allocate(room))
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
  for (uint32_t bin = 2; bin + 2 < bins_; bin++) {
    const float here = power[bin];
    if (here < power[lowest]) lowest = bin;
    if (here <= power[bin - 1] || here < power[bin + 1] || here <= power[bin - 2] || here < power[bin + 2]) continue;
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

double PhaseVocoder::best_displacement(double inputAdvance, double outputAdvance, double reach) noexcept {
  static const float bias = 0.1f;
  displacement_.clear();
  for (uint32_t index = 0; index < lastPeakCount_; index++) {
    const Peak& peak = peaks_[1 - side_][index];
    displacement_.add(double(peak.rotation) + peak.frequency * (outputAdvance - inputAdvance), peak.frequency,
                      peak.magnitude);
  }
  static const float least = 1.5f;
  if (displacement_.diversity() < least) return 0;
  return std::round(displacement_.refined(displacement_.best(float(reach), 2, bias)).frames);
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
  static const float rise = 8.0f;
  float before = 0;
  for (uint32_t bin = peak.bin - 1; bin <= peak.bin + 1; bin++) {
    float power = 0;
    for (uint32_t channel = 0; channel < channels_; channel++) {
      const Spectrum& spectrum = spectra_[1 - side_][channel];
      power += spectrum.re[bin] * spectrum.re[bin] + spectrum.im[bin] * spectrum.im[bin];
    }
    before = std::max(before, power);
  }
  return power_[peak.bin] > rise * before;
}

void PhaseVocoder::plan(const GrainStep& step) noexcept {
  find_peaks();
  static const float leak = 0.1f;
  static const float lockFrom = 0.6f, lockTo = 0.9f;
  const bool measurable = !step.cut && std::fabs(step.inputAdvance) >= 32;
  const bool free = step.first || step.attack || lastPeakCount_ == 0;
  displacement_.clear();
  for (uint32_t index = 0; index < peakCount_; index++) {
    Peak& peak = peaks_[side_][index];
    peak.rotation = 0;
    if (step.first || lastPeakCount_ == 0) continue;
    const Peak& last = peaks_[1 - side_][lastPeakOf_[peak.bin]];
    if (measurable) measure(peak, last, step.inputAdvance);
    if (free) continue;
    peak.rotation = float(wrapped(double(last.rotation) + peak.frequency * (step.outputAdvance - step.inputAdvance)));
    peak.fresh = is_new(peak);
    if (!peak.fresh) displacement_.add(peak.rotation, peak.frequency, peak.magnitude);
  }
  if (!free) {
    const Displacement::Shift shift = displacement_.refined(displacement_.best(12, 1, 0));
    const float pull = leak * std::clamp((shift.agreement - lockFrom) / (lockTo - lockFrom), 0.0f, 1.0f);
    for (uint32_t index = 0; index < peakCount_; index++) {
      Peak& peak = peaks_[side_][index];
      const float rest = wrapped(peak.rotation - float(peak.frequency) * shift.frames);
      peak.rotation = wrapped(peak.rotation - (peak.fresh ? 1.0f : pull) * rest);
    }
  }
  spread();
}

/// Gives every bin the rotation of its peak, and remembers this grain for the next.
void PhaseVocoder::spread() noexcept {
  if (peakCount_ == 0) {
    std::fill_n(turnRe_.data(), bins_, 1.0f);
    std::fill_n(turnIm_.data(), bins_, 0.0f);
  }
  for (uint32_t index = 0; index < peakCount_; index++) {
    const uint32_t begin = peaks_[side_][index].begin,
                   end = index + 1 < peakCount_ ? peaks_[side_][index + 1].begin : bins_;
    const Phasor turn = phasor(peaks_[side_][index].rotation);
    std::fill(turnRe_.data() + begin, turnRe_.data() + end, turn.re);
    std::fill(turnIm_.data() + begin, turnIm_.data() + end, turn.im);
    std::fill(lastPeakOf_.data() + begin, lastPeakOf_.data() + end, uint16_t(index));
  }
}

void PhaseVocoder::synthesise(uint32_t channel, float bandwidth, float* samples) noexcept {
  const Spectrum& spectrum = spectra_[side_][channel];
  const uint32_t end = std::min(bins_, uint32_t(bandwidth * float(bins_)));
  for (uint32_t bin = 0; bin < bins_; bin += VECTOR_FRAMES) {
    const Vector re = load(spectrum.re.data() + bin), im = load(spectrum.im.data() + bin);
    const Vector turnRe = load(turnRe_.data() + bin), turnIm = load(turnIm_.data() + bin);
    store(scratchRe_.data() + bin, re * turnRe - im * turnIm);
    store(scratchIm_.data() + bin, re * turnIm + im * turnRe);
  }
  if (end < bins_) {
    std::fill(scratchRe_.data() + end, scratchRe_.data() + bins_, 0.0f);
    std::fill(scratchIm_.data() + end, scratchIm_.data() + bins_, 0.0f);
  }
  fft_.inverse(scratchRe_.data(), scratchIm_.data(), samples);
  if (channel + 1 == channels_) {
    side_ = 1 - side_;
    lastPeakCount_ = peakCount_;
  }
}

}  // namespace atome
