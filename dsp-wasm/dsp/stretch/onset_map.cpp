// Finds attacks by the energy of the input's second difference.
#include "onset_map.h"

#include <algorithm>
#include <cmath>

#include "../simd.h"

namespace atome {
namespace {

constexpr double BLOCKS_PER_SECOND = 6000;
/// Blocks in the millisecond whose energy counts.
constexpr int64_t SPAN = 6;
/// Blocks from a rise on in which the attack reaches its height.
constexpr int64_t ATTACK = 18;
/// Energy of the attack over the loudest before it: 6 dB.
constexpr float RISE = 4.0f;
/// Per frame and channel: what is quieter than -80 dB in the treble is no attack.
constexpr float QUIETEST = 1e-8f;
/// What grows on is no attack: a voice that sets in is louder with its next pulse, some milliseconds later.
constexpr float GROWTH = 1.5f;
/// Share of the attack's highest difference that it reaches soon after it begins, and how soon, in seconds.
constexpr float THRESHOLD = 0.12f;
constexpr double LEAD = 0.00005;

int64_t floor_divide(int64_t value, int64_t divisor) {
  return value / divisor - (value % divisor < 0 ? 1 : 0);
}

float second_difference(const float* sample) {
  return (sample[0] - sample[-1]) - (sample[-1] - sample[-2]);
}

Vector second_differences(const float* samples) {
  const Vector before = load(samples - 1);
  return (load(samples) - before) - (before - load(samples - 2));
}

}  // namespace

bool OnsetMap::prepare(uint32_t channels, uint32_t sampleRate, uint32_t frames) {
  channels_ = channels;
  block_ = std::max<int64_t>(2, int64_t(std::lround(sampleRate / BLOCKS_PER_SECOND)));
  lead_ = int64_t(std::lround(sampleRate * LEAD));
  int64_t count = 1;
  while (count < frames / block_ + PAST + AHEAD) count *= 2;
  mask_ = count - 1;
  reset();
  return blocks_.allocate(size_t(count));
}

void OnsetMap::reset() noexcept {
  firstBlock_ = endBlock_ = 0;
}

void OnsetMap::follow(const float* const* channels, int64_t begin, int64_t end) noexcept {
  // The difference needs the two frames before.
  const int64_t first = floor_divide(begin, block_) + 2;
  const int64_t last = floor_divide(end, block_);
  if (first >= last) return;
  // What may turn out to be an onset has to be there still.
  if (firstBlock_ == endBlock_ || first > endBlock_ - AHEAD || first < firstBlock_) firstBlock_ = endBlock_ = first;
  for (int64_t index = endBlock_; index < last; index++) {
    add_block(channels, begin, index);
    endBlock_ = index + 1;
    firstBlock_ = std::max(firstBlock_, endBlock_ - mask_);
    find(endBlock_ - AHEAD, channels, begin);
  }
}

void OnsetMap::add_block(const float* const* channels, int64_t begin, int64_t index) noexcept {
  float energy = 0, peak = 0;
  Vector peaks = splat(0);
  for (uint32_t channel = 0; channel < channels_; channel++) {
    const float* samples = channels[channel] + (index * block_ - begin);
    const float* end = samples + block_;
    for (; samples + VECTOR_FRAMES <= end; samples += VECTOR_FRAMES) {
      const Vector differences = second_differences(samples), energies = differences * differences;
      for (uint32_t lane = 0; lane < VECTOR_FRAMES; lane++) energy += energies[lane];
      peaks = maximum(absolute(differences), peaks);
    }
    for (; samples < end; samples++) {
      const float difference = second_difference(samples);
      energy += difference * difference;
      peak = std::max(peak, std::fabs(difference));
    }
  }
  peak = std::max(peak, largest_of(peaks));
  Block& block = at(index);
  block = {energy, peak, 0, NONE};
  if (index - firstBlock_ >= SPAN - 1)
    for (int64_t past = index - SPAN + 1; past <= index; past++) at(index - SPAN + 1).span += at(past).energy;
}

/// Decides whether an attack begins in a block of which all that counts is known.
void OnsetMap::find(int64_t index, const float* const* channels, int64_t begin) noexcept {
  if (index - PAST < firstBlock_) return;
  const float now = at(index).span;
  if (!(now > QUIETEST * float(SPAN * block_ * channels_)) || now < RISE * at(index - SPAN).span) return;
  for (int64_t past = index - PAST; past < index; past++)
    if (at(past).onset != NONE || (past <= index - SPAN && now < RISE * at(past).span)) return;
  float attack = now, later = 0;
  for (int64_t block = index; block < index + AHEAD - SPAN; block++) {
    if (block < index + ATTACK)
      attack = std::max(attack, at(block).span);
    else
      later = std::max(later, at(block).span);
  }
  if (later > GROWTH * attack) return;
  float highest = 0;
  for (int64_t block = index; block < index + ATTACK; block++) highest = std::max(highest, at(block).peak);
  int64_t attacked = index;
  while (at(attacked).peak < THRESHOLD * highest) attacked++;
  const int64_t reached = first_above(channels, attacked * block_ - begin, THRESHOLD * highest);
  at(attacked).onset = begin + reached - lead_;
}

/// The first frame from `frame` on, within a block, whose second difference reaches `height` in any channel.
int64_t OnsetMap::first_above(const float* const* channels, int64_t frame, float height) const noexcept {
  int64_t reached = frame + block_ - 1;
  for (uint32_t channel = 0; channel < channels_; channel++)
    for (int64_t here = frame; here < reached; here++)
      if (std::fabs(second_difference(channels[channel] + here)) >= height) reached = here;
  return reached;
}

int64_t OnsetMap::first(int64_t from, int64_t to) const noexcept {
  const int64_t last = std::min(floor_divide(to, block_) + 1, endBlock_);
  for (int64_t index = std::max(floor_divide(from, block_), firstBlock_); index < last; index++) {
    const int64_t onset = at(index).onset;
    if (onset != NONE && onset >= from && onset < to) return onset;
  }
  return NONE;
}

}  // namespace atome
