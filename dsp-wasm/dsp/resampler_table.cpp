// Polyphase windowed-sinc filters: design and application.
#include "resampler_table.h"

#include <cmath>
#include <numbers>
#include <numeric>

#include "simd.h"

namespace atome {
namespace {

constexpr uint32_t MAX_PHASES = 1024;
/// Taps per period of the lower rate: transition band of 0.0465 of it at -120 dB (Kaiser's estimate asks for 168).
constexpr double TAPS_PER_PERIOD = 192;
/// Middle of the transition band, from 0.907 to 1 of half the lower rate. One filter serves a whole bus, so nothing is
/// saved by letting the band reach over the edge and fold.
constexpr double CUTOFF = 0.5 * 0.9535;
/// 0.1102 (120 - 8.7), Kaiser and Schafer 1980.
constexpr double KAISER_BETA = 12.27;

/// Modified Bessel function of the first kind, order 0, by its power series.
double bessel_i0(double x) {
  double sum = 1, term = 1;
  for (int k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) * (x / (2 * k));
    sum += term;
  }
  return sum;
}

double windowed_sinc(double time, double cutoff, double halfWidth) {
  const double x = time / halfWidth;
  if (x <= -1 || x >= 1) return 0;
  const double phase = 2 * std::numbers::pi * cutoff * time;
  const double sinc = phase == 0 ? 1 : std::sin(phase) / phase;
  return sinc * bessel_i0(KAISER_BETA * std::sqrt(1 - x * x));
}

struct Dot {
  float left;
  float right;
};

Dot dot(const float* filter, const float* left, const float* right, uint32_t taps) noexcept {
  Vector sumLeft = splat(0), sumRight = splat(0);
  for (uint32_t tap = 0; tap < taps; tap += VECTOR_FRAMES) {
    const Vector weight = load(filter + tap);
    sumLeft += weight * load(left + tap);
    sumRight += weight * load(right + tap);
  }
  return {sum_of(sumLeft), sum_of(sumRight)};
}

}  // namespace

bool ResamplerTable::prepare(uint32_t sourceRate, uint32_t targetRate) {
  sourceRate_ = sourceRate;
  const uint32_t divisor = std::gcd(sourceRate, targetRate);
  p_ = sourceRate / divisor;
  q_ = targetRate / divisor;
  const double periods = p_ > q_ ? ratio() : 1;
  taps_ = uint32_t(std::ceil(TAPS_PER_PERIOD * periods / VECTOR_FRAMES)) * VECTOR_FRAMES;
  interpolated_ = q_ > MAX_PHASES;
  phases_ = interpolated_ ? MAX_PHASES : uint32_t(q_);
  // One row more than there are phases: the neighbour of the last when interpolating.
  const uint32_t rows = phases_ + 1;
  if (!rows_.allocate(size_t(rows) * taps_)) return false;
  const double cutoff = CUTOFF / periods;
  for (uint32_t phase = 0; phase < rows; phase++) {
    float* filter = rows_.data() + size_t(phase) * taps_;
    double sum = 0;
    for (uint32_t tap = 0; tap < taps_; tap++) {
      const double time = double(tap) - double(half() - 1) - double(phase) / phases_;
      const double value = windowed_sinc(time, cutoff, half());
      filter[tap] = float(value);
      sum += value;
    }
    for (uint32_t tap = 0; tap < taps_; tap++) filter[tap] = float(filter[tap] / sum);
  }
  return true;
}

void ResamplerTable::resample(SourcePosition position, const float* left, const float* right, uint32_t frames,
                              float* outLeft, float* outRight) const noexcept {
  const int64_t wholeStep = p_ / q_;
  const int64_t restStep = p_ % q_;
  int64_t offset = 0;
  int64_t rest = position.remainder;
  for (uint32_t frame = 0; frame < frames; frame++) {
    if (interpolated_) {
      const int64_t scaled = rest * phases_;
      const float* filter = row(uint32_t(scaled / q_));
      const float between = float(double(scaled % q_) / double(q_));
      const Dot low = dot(filter, left + offset, right + offset, taps_);
      const Dot high = dot(filter + taps_, left + offset, right + offset, taps_);
      outLeft[frame] += low.left + (high.left - low.left) * between;
      outRight[frame] += low.right + (high.right - low.right) * between;
    } else {
      const Dot value = dot(row(uint32_t(rest)), left + offset, right + offset, taps_);
      outLeft[frame] += value.left;
      outRight[frame] += value.right;
    }
    offset += wholeStep;
    rest += restStep;
    if (rest >= q_) {
      rest -= q_;
      offset++;
    }
  }
}

}  // namespace atome
