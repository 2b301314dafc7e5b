// Windowed-sinc interpolation with a table of filters.
#include "pitch_reader.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

#include "../simd.h"

namespace atome {
namespace {

constexpr int32_t PHASE_BITS = 8, PHASES = 1 << PHASE_BITS;
/// -80 dB, Kaiser and Schafer 1980.
constexpr double KAISER_BETA = 7.86;

double bessel_i0(double x) {
  double sum = 1, term = 1;
  for (int k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) * (x / (2 * k));
    sum += term;
  }
  return sum;
}

/// Zero at every whole frame but 0: at step 1 the input passes unchanged.
double windowed_sinc(double frames) {
  static const double centre = bessel_i0(KAISER_BETA);
  const double share = frames / PitchReader::HALF;
  if (std::fabs(share) >= 1) return 0;
  const double angle = std::numbers::pi * frames;
  const double sinc = frames == std::floor(frames) ? (frames == 0 ? 1 : 0) : std::sin(angle) / angle;
  return sinc * bessel_i0(KAISER_BETA * std::sqrt(1 - share * share)) / centre;
}

}  // namespace

bool PitchReader::prepare(uint32_t channels, uint32_t frames, uint32_t outputs) {
  channels_ = channels;
  frames_ = frames;
  capacity_ = outputs + TAPS;
  if (!samples_.allocate(size_t(channels) * (frames + TAPS)) || !filters_.allocate((PHASES + 1) * TAPS)) return false;
  for (int32_t phase = 0; phase <= PHASES; phase++)
    for (uint32_t tap = 0; tap < HALF; tap++) {
      // The filter is even: what comes before a frame is what comes after it, mirrored.
      const auto value = float(windowed_sinc(double(tap) - (HALF - 1) - double(phase) / PHASES));
      filters_[phase * TAPS + tap] = filters_[(PHASES - phase) * TAPS + TAPS - 1 - tap] = value;
    }
  return true;
}

void PitchReader::reset() noexcept {
  std::fill(samples_.begin(), samples_.end(), 0.0f);
  position_ = 0;
}

uint32_t PitchReader::take(uint32_t frames, double step) noexcept {
  taken_ = frames;
  step_ = step;
  const double end = double(frames) - HALF;
  outputs_ = position_ < end ? std::min(capacity_, uint32_t(std::ceil((end - position_) / step))) : 0;
  return outputs_;
}

/// Every output is an input frame.
bool PitchReader::passes_through() const {
  return step_ == 1 && position_ == std::floor(position_);
}

void PitchReader::read(float* const* out) const noexcept {
  if (passes_through()) {
    for (uint32_t channel = 0; channel < channels_; channel++)
      std::copy_n(row(channel) + TAPS + int64_t(position_), outputs_, out[channel]);
    return;
  }
  for (uint32_t output = 0; output < outputs_; output++) {
    const double phases = (position_ + step_ * output) * PHASES;
    const double whole = std::floor(phases);
    const auto phase = int32_t(whole);
    const Vector between = splat(float(phases - whole));
    const float* rows = filters_.data() + size_t(phase & (PHASES - 1)) * TAPS;
    Vector filter[TAPS / VECTOR_FRAMES];
    for (uint32_t tap = 0; tap < TAPS; tap += VECTOR_FRAMES) {
      const Vector low = load(rows + tap);
      filter[tap / VECTOR_FRAMES] = low + (load(rows + TAPS + tap) - low) * between;
    }
    const int32_t first = int32_t(TAPS - (HALF - 1)) + (phase >> PHASE_BITS);
    for (uint32_t channel = 0; channel < channels_; channel++) {
      const float* from = row(channel) + first;
      Vector sum = splat(0);
      for (uint32_t tap = 0; tap < TAPS; tap += VECTOR_FRAMES) sum += load(from + tap) * filter[tap / VECTOR_FRAMES];
      out[channel][output] = sum_of(sum);
    }
  }
}

void PitchReader::release() noexcept {
  position_ += step_ * outputs_ - taken_;
  for (uint32_t channel = 0; channel < channels_; channel++)
    std::memmove(row(channel), row(channel) + taken_, TAPS * sizeof(float));
}

}  // namespace atome
