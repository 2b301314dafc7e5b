// Peaks, their frequencies and their rotations.
#include "phase_vocoder.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include "../simd.h"
#include "shuffle.h"

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

/// The larger of what lies this many bins to each side of four bins.
Vector beside(const float* power, int32_t bins) {
  return maximum(load(power - bins), load(power + bins));
}

/// Which of four bins stand above those beside them.
Mask peaks_among(const float* power) {
  const Vector here = load(power);
  return (here > load(power - 1)) & (here >= load(power + 1)) &
         (splat(SLOPE) * here >= maximum(beside(power, 2), beside(power, 3)));
}

/// Which of four bins stand above two bins to each side.
Mask coarse_peaks_among(const float* power) {
  const Vector here = load(power);
  return (here > maximum(load(power - 1), load(power - 2))) & (here >= maximum(load(power + 1), load(power + 2))) &
         (splat(COARSE_SLOPE) * here >= beside(power, 3));
}

/// The first of the lowest bins in [from, to); reads seven beyond.
uint32_t lowest_bin(const float* power, uint32_t from, uint32_t to) {
  const Vector none = splat(std::numeric_limits<float>::infinity());
  uint32_t lowest = from;
  float least = none[0];
  for (; from < to; from += 2 * VECTOR_FRAMES) {
    const Mask left = Mask{0, 1, 2, 3} - int32_t(to - from);
    const Vector low = left < 0 ? load(power + from) : none;
    const Vector high = left < -int32_t(VECTOR_FRAMES) ? load(power + from + VECTOR_FRAMES) : none;
    const Vector smallest = smallest_of(minimum(low, high));
    if (smallest[0] >= least) continue;
    least = smallest[0];
    const uint32_t lanes = lanes_of(low == smallest) | lanes_of(high == smallest) << VECTOR_FRAMES;
    lowest = from + uint32_t(std::countr_zero(lanes));
  }
  return lowest;
}

}  // namespace

bool PhaseVocoder::prepare(uint32_t channels, uint32_t size) {
  channels_ = channels;
  if (!fft_.prepare(size)) return false;
  bins_ = fft_.bins();
  const size_t room = fft_.capacity();
  if (!spectra_[0].allocate(channels) || !spectra_[1].allocate(channels) || !power_[0].allocate(room) ||
      !power_[1].allocate(room) || !peaks_[0].allocate(bins_) || !peaks_[1].allocate(bins_) ||
      !turnRe_.allocate(room + VECTOR_FRAMES) || !turnIm_.allocate(room + VECTOR_FRAMES) ||
      !scratchRe_.allocate(room) || !scratchIm_.allocate(room) || !skirts_.prepare(channels, size))
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
  float *re = spectra_[side_][channel].re.data(), *im = spectra_[side_][channel].im.data();
  fft_.forward(samples, re, im);
  float* power = power_[side_].data();
  // Not zero: no power fades into the subnormal numbers.
  if (channel == 0) std::fill_n(power, bins_, 1e-30f);
  for (uint32_t bin = 0; bin < bins_; bin += VECTOR_FRAMES) {
    const Vector a = load(re + bin), b = load(im + bin);
    store(power + bin, load(power + bin) + (a * a + b * b));
  }
}

void PhaseVocoder::find_peaks() noexcept {
  const float* power = power_[side_].data();
  SpectralPeak* peaks = peaks_[side_].data();
  peakCount_ = 0;
  // A constant offset is in phase wherever it is.
  if (power[0] > power[2]) peaks[peakCount_++] = {CONSTANT, 0, 0, 0, std::sqrt(power[0]), false, 0};
  const uint32_t constants = peakCount_;
  const auto add = [&](uint32_t four, Mask among) {
    for (uint32_t lanes = lanes_of(among); lanes != 0; lanes &= lanes - 1) {
      const uint32_t bin = four + uint32_t(std::countr_zero(lanes));
      if (bin + 3 < bins_ && outlasts_lobes(bin, constants)) peaks[peakCount_++].bin = bin;
    }
  };
  uint32_t four = 3;
  for (; four < std::min(FIRST_COARSE, bins_ - 3); four += VECTOR_FRAMES) add(four, peaks_among(power + four));
  for (; four + 3 < bins_; four += VECTOR_FRAMES) add(four, coarse_peaks_among(power + four));
  const double perBin = 1.0 / size();
  for (uint32_t index = constants; index < peakCount_; index++) {
    SpectralPeak& peak = peaks[index];
    const uint32_t from = index > constants ? peaks[index - 1].bin : 0;
    peak.begin = index > 0 ? lowest_bin(power, from, peak.bin) : 0;
    peak.frequency = double(peak.bin) * perBin;
    peak.magnitude = std::sqrt(power[peak.bin]);
    peak.steady = 0;
  }
}

/// Whether a maximum is no side lobe of the peak before it; drops the peaks that are its own. The first `constants`
/// stay.
bool PhaseVocoder::outlasts_lobes(uint32_t bin, uint32_t constants) noexcept {
  const float* power = power_[side_].data();
  const auto last = [&] { return peakCount_ > constants ? peaks_[side_][peakCount_ - 1].bin : 0; };
  if (peakCount_ == 0) return true;
  const bool lower = power[bin] < power[last()];
  if (!is_side_lobe(lower ? bin : last(), lower ? last() : bin)) return true;
  if (lower) return false;
  while (peakCount_ > constants && power[last()] < power[bin] && is_side_lobe(last(), bin)) peakCount_--;
  return true;
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

/// The turns by which the phases of four peaks have advanced, whole ones left out.
Vector PhaseVocoder::advances(const Continuation* four) const noexcept {
  Vector re[VECTOR_FRAMES] = {}, im[VECTOR_FRAMES] = {};
  for (uint32_t lane = 0; lane < VECTOR_FRAMES; lane++) {
    const uint32_t bin = four[lane].peak->bin - 1, lastBin = four[lane].last->bin - 1;
    for (uint32_t channel = 0; channel < channels_; channel++) {
      const Spectrum& now = spectra_[side_][channel];
      const Spectrum& before = spectra_[1 - side_][channel];
      const Vector nowRe = load(now.re.data() + bin), nowIm = load(now.im.data() + bin);
      const Vector beforeRe = load(before.re.data() + lastBin), beforeIm = load(before.im.data() + lastBin);
      re[lane] += nowRe * beforeRe + nowIm * beforeIm;
      im[lane] += nowIm * beforeRe - nowRe * beforeIm;
    }
  }
  // The peak and the bins beside it; the fourth is another's. Whole rows are added, as compilers make slow shuffles of
  // what is not all used.
  const auto sum = [](const Vector* bins) {
    const auto near = [](Vector four) { return keep(four, Mask{-1, -1, -1, 0}); };
    const auto [first, second, third, none] =
        transposed(near(bins[0]), near(bins[1]), near(bins[2]), near(bins[3])).rows;
    return first + second + third + none;
  };
  return turns_of(sum(re), sum(im));
}

/// The mean frequency between the grains' centres, by the advance of the phase; over more of them where it is steady,
/// since what stands beside it shifts its phase a little.
void PhaseVocoder::measure(Continuation one, double advance, const Course& course) const noexcept {
  SpectralPeak& peak = *one.peak;
  const SpectralPeak& last = *one.last;
  // The window's middle is the frame's, so signs alternate from bin to bin.
  advance += 0.5 * ((peak.bin ^ last.bin) & 1);
  const double expected = 0.5 * (peak.frequency + last.frequency) * course.inputAdvance;
  const double change = (expected + wrapped(advance - expected)) * course.perFrame - last.frequency;
  peak.steady = std::fabs(change) * size() < STEADY ? std::min(MEASURES, uint8_t(last.steady + 1)) : 1;
  peak.frequency = last.frequency + change * SHARES[peak.steady];
}

bool PhaseVocoder::is_new(const SpectralPeak& peak) const noexcept {
  const Vector power = splat(power_[side_][peak.bin]);
  // The fourth bin is no neighbour.
  return (lanes_of(power > splat(NEW) * load(power_[1 - side_].data() + peak.bin - 1)) & 7) == 7;
}

void PhaseVocoder::predict(const GrainStep& step) noexcept {
  find_peaks();
  inputSince_ = step.first ? 0 : inputSince_ + step.inputAdvance;
  outputSince_ = step.first ? 0 : outputSince_ + step.outputAdvance;
  Course course;
  course.inputAdvance = step.inputAdvance;
  course.delay = step.outputAdvance - step.inputAdvance;
  course.attack = step.attack;
  course.free = step.first || lastPeakCount_ == 0;
  course.measurable = !course.free && !step.cut && std::fabs(step.inputAdvance) >= LEAST_ADVANCE;
  course.perFrame = course.measurable ? 1 / step.inputAdvance : 0;
  // The first grains may hold too little of a sound to part it into its partials.
  course.beginning = std::fabs(inputSince_) < window_ && outputSince_ < 4 * window_;
  // The nearest bin tells the whole turns of an advance as short as this.
  course.rough = course.measurable && !course.beginning && std::fabs(step.inputAdvance) <= 0.5 * window_;
  const SpectralPeak* before = peaks_[1 - side_].data();
  uint32_t near = 0;
  for (uint32_t first = 0; first < peakCount_; first += VECTOR_FRAMES) {
    Continuation four[VECTOR_FRAMES];
    for (uint32_t lane = 0; lane < VECTOR_FRAMES; lane++) {
      SpectralPeak& peak = peaks_[side_][std::min(first + lane, peakCount_ - 1)];
      while (near + 1 < lastPeakCount_ && before[near + 1].begin <= peak.bin) near++;
      four[lane] = {&peak, &before[near]};
    }
    const Vector advanced = course.measurable ? advances(four) : splat(0);
    const uint32_t count = std::min(VECTOR_FRAMES, peakCount_ - first);
    for (uint32_t lane = 0; lane < count; lane++) follow(four[lane], double(advanced[lane]), course);
  }
}

/// Lets a peak go on from the one in whose region it lies.
void PhaseVocoder::follow(Continuation one, double advance, const Course& course) const noexcept {
  SpectralPeak& peak = *one.peak;
  peak.rotation = 0;
  peak.fresh = course.free;
  if (peak.bin == CONSTANT) return;
  if (!course.rough) peak.frequency = interpolated(peak.bin) / size();
  if (course.free) return;
  const double between = peak.frequency;
  if (course.measurable) measure(one, advance, course);
  peak.fresh = is_new(peak);
  if (course.attack && peak.fresh) return;
  if (course.beginning && (peak.fresh || peak.bin != one.last->bin)) {
    peak.frequency = between;
    peak.rotation = float(wrapped(peak.frequency * (outputSince_ - inputSince_)));
    peak.fresh = false;
    return;
  }
  peak.rotation = float(wrapped(double(one.last->rotation) + peak.frequency * course.delay));
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

/// Gives every bin the rotation of its peak. Whole vectors are written, two at once as most regions are no wider; what
/// they overwrite is written next.
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
      for (uint32_t bin = peaks[first + lane].begin; bin < end; bin += 2 * VECTOR_FRAMES) {
        float *toRe = turnRe_.data() + bin, *toIm = turnIm_.data() + bin;
        store(toRe, re);
        store(toRe + VECTOR_FRAMES, re);
        store(toIm, im);
        store(toIm + VECTOR_FRAMES, im);
      }
    }
  }
}

void PhaseVocoder::finish() noexcept {
  side_ = 1 - side_;
  lastPeakCount_ = peakCount_;
}

}  // namespace atome
