// Sums the waves at every shift, four waves at a time.
#include "displacement.h"

#include <algorithm>
#include <cmath>

#include "../simd.h"
#include "phase_math.h"

namespace atome {

void Displacement::clear() noexcept {
  count_ = 0;
  total_ = 0;
  std::fill_n(weights_, MOST, 0.0f);
}

void Displacement::put(double turns, double frequency, float weight) noexcept {
  uint32_t slot = count_;
  if (count_ == MOST) {
    slot = weakest_;
    total_ -= weights_[slot];
  } else {
    count_++;
  }
  turns_[slot] = float(wrapped(turns));
  frequencies_[slot] = float(frequency);
  weights_[slot] = weight;
  total_ += weight;
  if (count_ == MOST) weakest_ = uint32_t(std::min_element(weights_, weights_ + MOST) - weights_);
}

float Displacement::diversity() const noexcept {
  float squares = 1e-30f;
  for (uint32_t wave = 0; wave < count_; wave++) squares += weights_[wave] * weights_[wave];
  return total_ * total_ / squares;
}

Displacement::Shift Displacement::best(float reach, float step, float bias) const noexcept {
  if (!(total_ > 0)) return {0, 0};
  constexpr uint32_t GROUPS = MOST / VECTOR_FRAMES;
  const uint32_t groups = (count_ + VECTOR_FRAMES - 1) / VECTOR_FRAMES;
  const auto steps = int32_t(reach / step);
  // cos(a + b) = 2 cos(b) cos(a) - cos(a - b): each wave goes on from its last two values.
  Vector now[GROUPS], before[GROUPS], factor[GROUPS];
  for (uint32_t wave = 0; wave < groups * VECTOR_FRAMES; wave++) {
    const uint32_t group = wave / VECTOR_FRAMES, lane = wave % VECTOR_FRAMES;
    const float turn = frequencies_[wave] * step, start = turns_[wave] + turn * float(steps);
    now[group][lane] = weights_[wave] * phasor(wrapped(start)).re;
    before[group][lane] = weights_[wave] * phasor(wrapped(start + turn)).re;
    factor[group][lane] = 2 * phasor(wrapped(turn)).re;
  }
  const float perWeight = 1 / total_, perStep = bias / float(std::max(1, steps));
  Shift best = {0, -1};
  float bestScore = -2;
  for (int32_t index = -steps; index <= steps; index++) {
    Vector sum = splat(0);
    for (uint32_t group = 0; group < groups; group++) {
      sum += now[group];
      const Vector next = factor[group] * now[group] - before[group];
      before[group] = now[group];
      now[group] = next;
    }
    const float agreement = sum_of(sum) * perWeight;
    const float score = agreement - perStep * std::fabs(float(index));
    if (score <= bestScore) continue;
    bestScore = score;
    best = {float(index) * step, agreement};
  }
  return best;
}

Displacement::Shift Displacement::refined(Shift shift) const noexcept {
  constexpr float AGREES = 0.2f;
  for (int round = 0; round < 3; round++) {
    float numerator = 0, denominator = 1e-30f, sum = 0;
    for (uint32_t wave = 0; wave < count_; wave++) {
      const float rest = wrapped(turns_[wave] - frequencies_[wave] * shift.frames);
      sum += weights_[wave] * phasor(rest).re;
      if (std::fabs(rest) > AGREES) continue;
      numerator += weights_[wave] * frequencies_[wave] * rest;
      denominator += weights_[wave] * frequencies_[wave] * frequencies_[wave];
    }
    shift.agreement = total_ > 0 ? sum / total_ : 0;
    shift.frames += numerator / denominator;
  }
  return shift;
}

}  // namespace atome
