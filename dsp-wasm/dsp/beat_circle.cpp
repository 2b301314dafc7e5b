// Sums of onsets as vectors on the unit circle, by their strengths.
#include "beat_circle.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace atome {
namespace {

using Resultants = std::complex<double>[kMostDivisions];

/// Seconds from the nearest beat.
double distance(double seconds, double period, double phase) {
  const double beats = (seconds - phase) / period;
  return (beats - std::round(beats)) * period;
}

void wind(const Onset& onset, double period, Resultants& sums) {
  const double turns = onset.seconds / period;
  const double angle = 2 * std::numbers::pi * (turns - std::floor(turns));
  const std::complex<double> point(std::cos(angle), std::sin(angle));
  std::complex<double> power = static_cast<double>(onset.strength);
  for (auto& sum : sums) {
    power = {power.real() * point.real() - power.imag() * point.imag(),
             power.real() * point.imag() + power.imag() * point.real()};
    sum += power;
  }
}

}  // namespace

uint32_t BeatCircle::Coherence::best() const {
  return static_cast<uint32_t>(std::max_element(of, of + kMostDivisions) - of);
}

BeatCircle::BeatCircle(std::vector<Onset> onsets) : onsets_(std::move(onsets)) {
  for (const Onset& onset : onsets_) {
    const auto strength = static_cast<double>(onset.strength);
    total_ += strength;
    squares_ += strength * strength;
  }
}

BeatCircle::Coherence BeatCircle::coherence(double period, double window) const {
  Coherence result = {};
  for (size_t index = 0; index < onsets_.size();) {
    const double end = (std::floor(onsets_[index].seconds / window) + 1) * window;
    Resultants sums = {};
    for (; index < onsets_.size() && onsets_[index].seconds < end; index++) wind(onsets_[index], period, sums);
    for (uint32_t division = 0; division < kMostDivisions; division++) {
      result.of[division] += std::abs(sums[division]) / total_;
    }
  }
  return result;
}

BeatCircle::Places BeatCircle::places(double period, uint32_t division) const {
  const double length = period / division;
  const double zero = phase(period, division);
  const auto count = int64_t{kBarPlaces} * division;
  Places result = {};
  std::complex<double> halves[2];
  for (const Onset& onset : onsets_) {
    const double turns = (onset.seconds - zero) / length;
    const auto nearest = static_cast<int64_t>(std::llround(turns));
    const int64_t place = (nearest % count + count) % count;
    const auto strength = static_cast<double>(onset.strength);
    result.of[place] += strength * strength / squares_;
    halves[place % 2] += std::polar(strength, 2 * std::numbers::pi * (turns - static_cast<double>(nearest)));
  }
  result.swung = (std::abs(halves[0]) + std::abs(halves[1])) / total_;
  const auto late = std::arg(halves[1] * std::conj(halves[0])) / (2 * std::numbers::pi);
  result.swing = std::abs(halves[0]) >= std::abs(halves[1]) ? late : -late;
  return result;
}

double BeatCircle::phase(double period, uint32_t division) const {
  Resultants sums = {};
  for (const Onset& onset : onsets_) wind(onset, period, sums);
  const double turns = std::arg(sums[division - 1]) / (2 * std::numbers::pi);
  return turns * period / division;
}

double BeatCircle::accent(double period, double phase, double reach) const {
  double sum = 0;
  for (const Onset& onset : onsets_) {
    if (std::fabs(distance(onset.seconds, period, phase)) <= reach) sum += static_cast<double>(onset.strength);
  }
  return sum / total_;
}

double BeatCircle::offset(double period, double phase, double reach) const {
  double sum = 0, weights = 0;
  for (const Onset& onset : onsets_) {
    const double away = distance(onset.seconds, period, phase);
    if (std::fabs(away) > reach) continue;
    sum += away * static_cast<double>(onset.strength);
    weights += static_cast<double>(onset.strength);
  }
  return weights > 0 ? sum / weights : 0;
}

}  // namespace atome
