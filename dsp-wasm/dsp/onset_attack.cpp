// Energies of half a millisecond: ten milliseconds before against four behind.
#include "onset_attack.h"

#include <algorithm>
#include <cmath>

namespace atome {
namespace {

constexpr double kBlockSeconds = 0.0005;
/// Energy below the loudest in sight by this factor does not count as a rise.
constexpr double kRange = 1e-4;
constexpr double kSilence = 1e-12;
/// Of energy: below it there is nothing to go by.
constexpr double kLeastRise = 2;
/// How far above what was there before, and of the attack's own height, its first sample is.
constexpr float kAboveBefore = 1.1f;
constexpr float kOfAttack = 0.03f;
/// Of differences: in the second ones the upper partials outweigh what still sounds.
constexpr uint32_t kHighestOrder = 2;

}  // namespace

void OnsetAttack::prepare(double sampleRate) {
  block_ = std::max(1u, static_cast<uint32_t>(std::lround(sampleRate * kBlockSeconds)));
}

void OnsetAttack::read(const float* from, uint32_t count) {
  double sum = 0;
  for (uint32_t index = 0; index < kBlocksBefore * block_; index++) sum += static_cast<double>(from[index]);
  const auto offset = static_cast<float>(sum / (kBlocksBefore * block_));
  signal_.resize(count);
  for (uint32_t index = 0; index < count; index++) signal_[index] = from[index] - offset;
}

void OnsetAttack::differentiate() {
  float before = signal_[0];
  for (float& sample : signal_) {
    const float here = sample;
    sample = here - before;
    before = here;
  }
}

OnsetAttack::Rise OnsetAttack::steepest(uint32_t blocks) {
  energy_.assign(blocks, 0);
  double loudest = 0;
  for (uint32_t index = 0; index < blocks; index++) {
    const float* sample = signal_.data() + size_t{index} * block_;
    for (uint32_t at = 0; at < block_; at++) energy_[index] += static_cast<double>(sample[at] * sample[at]);
    loudest = std::max(loudest, energy_[index]);
  }
  const double floor = loudest * kRange + kSilence;
  double old = 0, young = 0;
  for (uint32_t index = 0; index < kBlocksBefore; index++) old += energy_[index];
  for (uint32_t index = 0; index < kBlocksBehind; index++) young += energy_[kBlocksBefore + index];
  Rise best{kBlocksBefore, 0};
  for (uint32_t index = kBlocksBefore; index + kBlocksBehind <= blocks; index++) {
    const double ratio = (young / kBlocksBehind + floor) / (old / kBlocksBefore + floor);
    if (ratio > best.ratio) best = {index, ratio};
    if (index + kBlocksBehind == blocks) break;
    old = std::max(0.0, old + energy_[index] - energy_[index - kBlocksBefore]);
    young = std::max(0.0, young + energy_[index + kBlocksBehind] - energy_[index]);
  }
  return best;
}

uint32_t OnsetAttack::first_sample(uint32_t block) const {
  const auto peak = [&](uint32_t from, uint32_t to) {
    float highest = 0;
    for (uint32_t index = from; index < to; index++) highest = std::max(highest, std::fabs(signal_[index]));
    return highest;
  };
  const uint32_t start = (block - 2) * block_;
  const float old = peak((block - kBlocksBefore) * block_, start);
  const float height = peak(start, (block + kBlocksBehind) * block_);
  const float threshold = std::min(old * kAboveBefore + height * kOfAttack, height);
  uint32_t index = start;
  while (std::fabs(signal_[index]) < threshold) index++;
  return index;
}

int32_t OnsetAttack::find(const float* samples, uint32_t length) {
  const uint32_t blocks = kBlocksBefore + length / block_ + kBlocksBehind;
  const float* from = samples - size_t{kBlocksBefore} * block_;
  int32_t found = -1;
  double steepestRatio = kLeastRise;
  read(from, blocks * block_);
  for (uint32_t order = 0; order <= kHighestOrder; order++) {
    if (order > 0) differentiate();
    const Rise rise = steepest(blocks);
    if (rise.ratio <= steepestRatio) continue;
    steepestRatio = rise.ratio;
    const int64_t offset = int64_t{first_sample(rise.block)} - int64_t{kBlocksBefore} * block_;
    found = static_cast<int32_t>(std::clamp<int64_t>(offset, 0, length));
  }
  return found;
}

}  // namespace atome
