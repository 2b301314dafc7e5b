// Peaks, their frequencies and their rotations.
#include "phase_vocoder.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "../simd.h"

namespace atome {
namespace {

/// The bin under which a constant offset counts as a peak; it has a bin on each side as all peaks have.
constexpr uint32_t CONSTANT = 1;
/// What is this much weaker in power than a bin two or three away lies on its slope.
constexpr float SLOPE = 256;
/// From this bin on, at 6 kHz, peaks are coarser: nobody hears partials apart there, and each costs as much as a low
/// one.
constexpr uint32_t FIRST_COARSE = 512;
/// What is this much weaker in power than a bin three away is no peak there.
constexpr float COARSE_SLOPE = 4;
/// Distance in bins of an unpadded transform from which on the side lobes of a tone lie, and how much higher in power
/// than those of a steady one they may be.
constexpr float FIRST_LOBE = 1.9f, LOBE_MARGIN = 4;
/// Growth of power from one grain to the next at which a peak counts as new.
constexpr float NEW = 8;
/// Frames; advances over less tell nothing of frequencies.
constexpr double LEAST_ADVANCE = 32;
/// Bins between two measures of a frequency that is steady.
constexpr double STEADY = 0.043;
/// Measures of which its mean is taken.
constexpr uint8_t MEASURES = 4;
constexpr double SHARES[MEASURES + 1] = {0, 1, 1.0 / 2, 1.0 / 3, 1.0 / 4};

/// Spectrum of a Hann window at a distance in bins of a transform as long as it, relative to its middle. @param bins
/// less than 1
double hann_lobe(double bins) {
  const double angle = std::numbers::pi * bins;
  return angle == 0 ? 1 : std::sin(angle) / (angle * (1 - bins * bins));
}

/// Which of four bins stand above those beside them.
Mask peaks_among(const float* power) {
  const Vector here = load(power), tall = splat(SLOPE) * here;
  return (here > load(power - 1)) & (here >= load(power + 1)) & (tall >= load(power - 2)) & (tall >= load(power + 2)) &
         (tall >= load(power - 3)) & (tall >= load(power + 3));
}

/// Which of four bins stand above two bins to each side.
Mask coarse_peaks_among(const float* power) {
  const Vector here = load(power), tall = splat(COARSE_SLOPE) * here;
  return (here > load(power - 1)) & (here >= load(power + 1)) & (here > load(power - 2)) & (here >= load(power + 2)) &
         (tall >= load(power - 3)) & (tall >= load(power + 3));
}

}  // namespace

bool PhaseVocoder::prepare(uint32_t channels, uint32_t size) {
  channels_ = channels;
  if (!fft_.prepare(size)) return false;
  bins_ = fft_.bins();
  const size_t room = fft_.capacity();
  if (!spectra_[0].allocate(channels) || !spectra_[1].allocate(channels) || !power_[0].allocate(room) ||
      !power_[1].allocate(room) || !peaks_[0].allocate(bins_) || !peaks_[1].allocate(bins_) ||
      !turnRe_.allocate(room) || !turnIm_.allocate(room) || !scratchRe_.allocate(room) || !scratchIm_.allocate(room) ||
      !skirts_.prepare(channels, size))
    return false;
  for (uint32_t channel = 0; channel < channels; channel++)
    for (Spectrum* spectrum : {&spectra_[0][channel], &spectra_[1][channel]})
      if (!spectrum->re.allocate(room) || !spectrum->im.allocate(room)) return false;
  reset();
  return true;
}

void PhaseVocoder::set_window(uint32_t frames) noexcept {
  const double padded = double(size()) / frames;
  beside_ = float(hann_lobe(1 / padded));
  const double quarter = hann_lobe(0.75 / padded) / hann_lobe(0.25 / padded);
  const double bend = 2 * (quarter - double(beside_)) / (1 - double(beside_));
  bend_ = float((bend - quarter) / (1 - quarter));
  unpadded_ = float(1 / padded);
  window_ = frames;
  skirts_.set_padding(padded);
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
    store(power_[side_].data() + bin, sum);
  }
  const float* power = power_[side_].data();
  const double perBin = 1.0 / size();
  uint32_t from = 0, constants = 0;
  // A constant offset is in phase wherever it is.
  if (power[0] > power[2]) peaks_[side_][constants++] = {CONSTANT, 0, 0, 0, std::sqrt(power[0]), false, 0};
  peakCount_ = constants;
  for (uint32_t four = 3; four + 3 < bins_; four += VECTOR_FRAMES) {
    const Mask peaks = four < FIRST_COARSE ? peaks_among(power + four) : coarse_peaks_among(power + four);
    if (!any_of(peaks)) continue;
    for (uint32_t lane = 0; lane < VECTOR_FRAMES; lane++) {
      const uint32_t bin = four + lane;
      if (!peaks[lane] || bin + 3 >= bins_) continue;
      if (peakCount_ > 0 && power[bin] < power[from] && is_side_lobe(bin, from)) continue;
      while (peakCount_ > constants && power[from] < power[bin] && is_side_lobe(from, bin))
        from = --peakCount_ > constants ? peaks_[side_][peakCount_ - 1].bin : 0;
      SpectralPeak& peak = peaks_[side_][peakCount_++];
      peak.bin = bin;
      peak.begin = peakCount_ == 1 ? 0 : uint32_t(std::min_element(power + from, power + bin) - power);
      peak.frequency = double(bin) * perBin;
      peak.magnitude = std::sqrt(power[bin]);
      peak.steady = 0;
      from = bin;
    }
  }
}

/// What stands at a bin is no more than a window's spectrum has so far from the higher peak at another.
bool PhaseVocoder::is_side_lobe(uint32_t bin, uint32_t peak) const noexcept {
  const float bins = std::fabs(float(int32_t(bin - peak))) * unpadded_;
  const float fallen = std::numbers::pi_v<float> * bins * (bins * bins - 1);
  return bins > FIRST_LOBE && power_[side_][bin] * (fallen * fallen) < LOBE_MARGIN * power_[side_][peak];
}

/// Where between the bins a peak lies: within a thousandth of a bin for one steady sine.
double PhaseVocoder::interpolated(uint32_t bin) const noexcept {
  const float* power = power_[side_].data() + bin;
  const bool upper = power[1] > power[-1];
  const float share = std::sqrt((upper ? power[1] : power[-1]) / power[0]);
  const float bent = (1 - beside_) * (bend_ + (1 - bend_) * share);
  const float distance = std::clamp(0.5f * (share - beside_) / bent, 0.0f, 0.5f);
  return double(bin) + double(upper ? distance : -distance);
}

void PhaseVocoder::offer_last(Displacement& displacement, double inputAdvance, double outputAdvance) const noexcept {
  const float share = 1.0f / float(size());
  for (uint32_t index = 0; index < lastPeakCount_; index++) {
    const SpectralPeak& peak = peaks_[1 - side_][index];
    displacement.add(double(peak.rotation) + peak.frequency * (outputAdvance - inputAdvance), peak.frequency,
                     peak.magnitude * share);
  }
}

/// The mean frequency between the grains' centres, by the advance of the phase; over more of them where it is steady,
/// since what stands beside it shifts its phase a little.
void PhaseVocoder::measure(SpectralPeak& peak, const SpectralPeak& last, double inputAdvance,
                           double perFrame) noexcept {
  Vector re = splat(0), im = splat(0);
  for (uint32_t channel = 0; channel < channels_; channel++) {
    const Spectrum& now = spectra_[side_][channel];
    const Spectrum& before = spectra_[1 - side_][channel];
    const Vector nowRe = load(now.re.data() + peak.bin - 1), nowIm = load(now.im.data() + peak.bin - 1);
    const Vector beforeRe = load(before.re.data() + last.bin - 1), beforeIm = load(before.im.data() + last.bin - 1);
    re += nowRe * beforeRe + nowIm * beforeIm;
    im += nowIm * beforeRe - nowRe * beforeIm;
  }
  // The peak and the bins beside it; the fourth is another's.
  double advance = double(turns_of(re[0] + re[1] + re[2], im[0] + im[1] + im[2]));
  if ((peak.bin ^ last.bin) & 1) advance += 0.5;
  const double expected = 0.5 * (peak.frequency + last.frequency) * inputAdvance;
  const double change = (expected + wrapped(advance - expected)) * perFrame - last.frequency;
  peak.steady = std::fabs(change) * size() < STEADY ? std::min(MEASURES, uint8_t(last.steady + 1)) : 1;
  peak.frequency = last.frequency + change * SHARES[peak.steady];
}

bool PhaseVocoder::is_new(const SpectralPeak& peak) const noexcept {
  const float* before = power_[1 - side_].data() + peak.bin;
  return power_[side_][peak.bin] > NEW * std::max({before[-1], before[0], before[1]});
}

void PhaseVocoder::predict(const GrainStep& step) noexcept {
  find_peaks();
  const bool free = step.first || lastPeakCount_ == 0;
  const bool measurable = !step.cut && std::fabs(step.inputAdvance) >= LEAST_ADVANCE;
  inputSince_ = step.first ? 0 : inputSince_ + step.inputAdvance;
  outputSince_ = step.first ? 0 : outputSince_ + step.outputAdvance;
  // The first grains may hold too little of a sound to part it into its partials.
  const bool beginning = std::fabs(inputSince_) < window_ && outputSince_ < 4 * window_;
  // The nearest bin tells the whole turns of an advance as short as this.
  const bool rough = measurable && !free && !beginning && std::fabs(step.inputAdvance) <= 0.5 * window_;
  const double perBin = 1.0 / size();
  const double perFrame = measurable ? 1 / step.inputAdvance : 0;
  const SpectralPeak* before = peaks_[1 - side_].data();
  uint32_t near = 0;
  for (uint32_t index = 0; index < peakCount_; index++) {
    SpectralPeak& peak = peaks_[side_][index];
    peak.rotation = 0;
    peak.fresh = free;
    if (peak.bin == CONSTANT) continue;
    if (!rough) peak.frequency = interpolated(peak.bin) * perBin;
    if (free) continue;
    while (near + 1 < lastPeakCount_ && before[near + 1].begin <= peak.bin) near++;
    const SpectralPeak& last = before[near];
    const double between = peak.frequency;
    if (measurable) measure(peak, last, step.inputAdvance, perFrame);
    peak.fresh = is_new(peak);
    if (step.attack && peak.fresh) continue;
    if (beginning && (peak.fresh || peak.bin != last.bin)) {
      peak.frequency = between;
      peak.rotation = float(wrapped(peak.frequency * (outputSince_ - inputSince_)));
      peak.fresh = false;
      continue;
    }
    peak.rotation = float(wrapped(double(last.rotation) + peak.frequency * (step.outputAdvance - step.inputAdvance)));
  }
}

void PhaseVocoder::offer(Displacement& displacement) const noexcept {
  const float share = 1.0f / float(size());
  for (uint32_t index = 0; index < peakCount_; index++) {
    const SpectralPeak& peak = peaks_[side_][index];
    if (peak.fresh || peak.bin == CONSTANT) continue;
    displacement.add(peak.rotation, peak.frequency, peak.magnitude * share);
  }
}

void PhaseVocoder::settle(float frames, float pull) noexcept {
  for (uint32_t index = 0; index < peakCount_; index++) {
    SpectralPeak& peak = peaks_[side_][index];
    const float rest = wrapped(peak.rotation - float(peak.frequency) * frames);
    peak.rotation = wrapped(peak.rotation - (peak.fresh ? 1.0f : pull) * rest);
  }
  turn();
  skirts_.compare(peaks_[side_].data(), peakCount_, spectra_[side_].data(), power(), turnRe_.data(), turnIm_.data());
}

/// The bin after the last one of a peak's region.
uint32_t PhaseVocoder::end_of(uint32_t index) const noexcept {
  return index + 1 < peakCount_ ? peaks_[side_][index + 1].begin : bins_;
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
  const Spectrum& missing = skirts_.missing(channel);
  for (uint32_t bin = 0; bin < skirts_.bins(); bin += VECTOR_FRAMES) {
    store(re + bin, load(re + bin) + factor * load(missing.re.data() + bin));
    store(im + bin, load(im + bin) + factor * load(missing.im.data() + bin));
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
  const Spectrum& missing = skirts_.missing(channel);
  for (uint32_t bin = 0; bin < skirts_.bins(); bin += VECTOR_FRAMES) {
    const Vector weight = load(weights + bin);
    float *toRe = scratchRe_.data() + bin, *toIm = scratchIm_.data() + bin;
    store(toRe, load(toRe) + weight * load(missing.re.data() + bin));
    store(toIm, load(toIm) + weight * load(missing.im.data() + bin));
  }
  fft_.inverse(scratchRe_.data(), scratchIm_.data(), samples);
}

/// Gives every bin the rotation of its peak. Whole vectors are written; what they overwrite is written next.
void PhaseVocoder::turn() noexcept {
  const SpectralPeak* peaks = peaks_[side_].data();
  if (peakCount_ == 0) {
    std::fill_n(turnRe_.data(), bins_, 1.0f);
    std::fill_n(turnIm_.data(), bins_, 0.0f);
  }
  for (uint32_t first = 0; first < peakCount_; first += VECTOR_FRAMES) {
    const uint32_t count = std::min(VECTOR_FRAMES, peakCount_ - first);
    Vector rotations = splat(0);
    for (uint32_t lane = 0; lane < count; lane++) rotations[lane] = peaks[first + lane].rotation;
    const PhasorVector turns = phasors(rotations);
    for (uint32_t lane = 0; lane < count; lane++) {
      const Vector re = splat(turns.re[lane]), im = splat(turns.im[lane]);
      const uint32_t end = end_of(first + lane);
      for (uint32_t bin = peaks[first + lane].begin; bin < end; bin += VECTOR_FRAMES) {
        store(turnRe_.data() + bin, re);
        store(turnIm_.data() + bin, im);
      }
    }
  }
}

void PhaseVocoder::finish() noexcept {
  side_ = 1 - side_;
  lastPeakCount_ = peakCount_;
}

}  // namespace atome
