// Sums the waves at every shift, four waves at a time.
#include "displacement.h"

#include <algorithm>
#include <bit>

#include "../simd.h"
#include "phase_math.h"
#include "shuffle.h"

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
  if (count_ == MOST) weakest_ = find_weakest();
}

uint32_t Displacement::find_weakest() const noexcept {
  Vector least = load(weights_);
  for (uint32_t wave = VECTOR_FRAMES; wave < MOST; wave += VECTOR_FRAMES) least = minimum(load(weights_ + wave), least);
  least = smallest_of(least);
  uint32_t lanes = 0;
  for (uint32_t wave = 0; wave < MOST; wave += VECTOR_FRAMES) lanes |= lanes_of(load(weights_ + wave) == least) << wave;
  return uint32_t(std::countr_zero(lanes));
}

float Displacement::diversity() const noexcept {
  float squares = 1e-30f;
  for (uint32_t wave = 0; wave < count_; wave++) squares += weights_[wave] * weights_[wave];
  return total_ * total_ / squares;
}

Displacement::Shift Displacement::best(float reach, float step, float bias) const noexcept {
  if (!(total_ > 0)) return {0, 0};
  // cos(a + b) = 2 cos(b) cos(a) - cos(a - b): each wave goes on from its last two values.
  struct Waves {
    Vector now;
    Vector before;
    Vector factor;
  };
  Waves waves[MOST / VECTOR_FRAMES];
  const uint32_t groups = (count_ + VECTOR_FRAMES - 1) / VECTOR_FRAMES;
  const auto steps = int32_t(reach / step);
  for (uint32_t group = 0; group < groups; group++) {
    const uint32_t wave = group * VECTOR_FRAMES;
    const Vector weight = load(weights_ + wave), turn = load(frequencies_ + wave) * splat(step);
    const Vector start = load(turns_ + wave) + turn * splat(float(steps));
    const Vector cosine = phasors(wrapped(turn)).re;
    waves[group] = {weight * phasors(wrapped(start)).re, weight * phasors(wrapped(start + turn)).re, cosine + cosine};
  }
  const Vector perWeight = splat(1 / total_), perStep = splat(bias / float(std::max(1, steps)));
  Shift best = {0, -1};
  float bestScore = -2;
  for (int32_t first = -steps; first <= steps; first += VECTOR_FRAMES) {
    Vector sums[VECTOR_FRAMES] = {};
    for (uint32_t group = 0; group < groups; group++) {
      auto [now, before, factor] = waves[group];
      for (Vector& sum : sums) {
        sum += now;
        const Vector next = factor * now - before;
        before = now;
        now = next;
      }
      waves[group].now = now;
      waves[group].before = before;
    }
    const auto [a, b, c, d] = transposed(sums[0], sums[1], sums[2], sums[3]).rows;
    const Vector agreements = ((a + b) + (c + d)) * perWeight;
    const Vector indices = splat(float(first)) + Vector{0, 1, 2, 3};
    const Vector scores = agreements - perStep * absolute(indices);
    if (lanes_of(scores > splat(bestScore)) == 0) continue;
    for (uint32_t lane = 0; lane < VECTOR_FRAMES; lane++) {
      if (scores[lane] <= bestScore || first + int32_t(lane) > steps) continue;
      bestScore = scores[lane];
      best = {indices[lane] * step, agreements[lane]};
    }
  }
  return best;
}

Displacement::Shift Displacement::refined(Shift shift) const noexcept {
  const Vector agrees = splat(0.2f);
  for (int round = 0; round < 3; round++) {
    float numerator = 0, denominator = 1e-30f, sum = 0;
    for (uint32_t wave = 0; wave < count_; wave += VECTOR_FRAMES) {
      const Vector weight = load(weights_ + wave), frequency = load(frequencies_ + wave);
      const Vector rest = wrapped(load(turns_ + wave) - frequency * splat(shift.frames));
      const Vector cosine = weight * phasors(rest).re;
      const Vector leverage = absolute(rest) > agrees ? splat(0) : weight * frequency;
      const Vector pulls = leverage * rest, holds = leverage * frequency;
      for (uint32_t lane = 0; lane < VECTOR_FRAMES; lane++) {
        sum += cosine[lane];
        numerator += pulls[lane];
        denominator += holds[lane];
      }
    }
    shift.agreement = total_ > 0 ? sum / total_ : 0;
    shift.frames += numerator / denominator;
  }
  return shift;
}

}  // namespace atome
