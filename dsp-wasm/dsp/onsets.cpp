// Mixes to one channel, follows the novelty, and places every peak of it at the start of an attack.
#include "onsets.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace atome {
namespace {

constexpr uint32_t kHighestRate = 768000;
constexpr double kAnalysisRate = 48000;
constexpr uint32_t kBlockFrames = 1024;
/// Of odd channels: what is out of phase between two channels would cancel out at equal weights.
constexpr float kOddWeight = 0.6f;
constexpr float kLoudest = 8;

/// Frames of 10 ms around a peak: the highest of its neighbours, and above their mean.
constexpr int64_t kHighestBefore = 3;
constexpr int64_t kHighestBehind = 3;
constexpr int64_t kMeanBefore = 12;
constexpr int64_t kMeanBehind = 7;
/// Above the mean by so many doublings of power.
constexpr float kLeastNovelty = 0.3f;
/// Novelty in excess of the threshold that is two thirds of the greatest strength.
constexpr float kStrengthScale = 3;

/// Where the attack is sought, around the middle of the frame in which the novelty is highest.
constexpr double kSearchBefore = 0.026;
constexpr double kSearchBehind = 0.012;
/// Where it is taken to be when the energy does not tell.
constexpr double kUsualLead = 0.006;
constexpr double kApart = 0.03;
/// What was heard stays at hand for so long.
constexpr double kLookBack = 0.4;

}  // namespace

std::unique_ptr<OnsetDetector> OnsetDetector::create(uint32_t sampleRate, uint32_t channels) {
  if (sampleRate < 1 || sampleRate > kHighestRate || channels < 1 || channels > MAX_CHANNELS) return nullptr;
  return std::unique_ptr<OnsetDetector>(new OnsetDetector(sampleRate, channels));
}

OnsetDetector::OnsetDetector(uint32_t sampleRate, uint32_t channels)
    : channels_(channels),
      decimation_(std::max(1u, static_cast<uint32_t>(std::lround(sampleRate / kAnalysisRate)))),
      rate_(static_cast<double>(sampleRate) / decimation_) {
  flux_.prepare(rate_);
  attack_.prepare(rate_);
  scratch_.resize(size_t{kBlockFrames} * channels);
  for (uint32_t channel = 0; channel < channels; channel++) {
    planes_.push_back(scratch_.data() + size_t{channel} * kBlockFrames);
  }
  const auto lookBack = static_cast<size_t>(rate_ * kLookBack) + flux_.size() + attack_.before() + attack_.behind();
  const size_t batch = size_t{flux_.hop()} * (OnsetFlux::kBatch + kMeanBehind) + flux_.size();
  history_.assign(4 * (lookBack + batch) + 2 * kBlockFrames, 0.0f);
  filled_ = lookBack;
  base_ = -static_cast<int64_t>(lookBack);
}

void OnsetDetector::add(const uint8_t* bytes, SampleFormat format, uint32_t frames) {
  const size_t frameBytes = size_t{channels_} * bytes_per_sample(format);
  for (uint32_t done = 0; done < frames;) {
    const uint32_t count = std::min(kBlockFrames, frames - done);
    convert_to_planar(bytes + done * frameBytes, format, channels_, count, planes_.data());
    mix(count);
    done += count;
  }
}

/// Leaves the mixture in the first plane, and averages it there.
void OnsetDetector::mix(uint32_t frames) {
  float* mixed = planes_[0];
  for (uint32_t channel = 1; channel < channels_; channel++) {
    const float weight = channel % 2 == 1 ? kOddWeight : 1.0f;
    const float* plane = planes_[channel];
    for (uint32_t frame = 0; frame < frames; frame++) mixed[frame] += weight * plane[frame];
  }
  const float scale = 1 / (static_cast<float>(channels_) * static_cast<float>(decimation_));
  for (uint32_t frame = 0; frame < frames; frame++) {
    mixed[frame] = std::clamp(mixed[frame] * scale, -kLoudest, kLoudest);
  }
  append(mixed, decimation_ == 1 ? frames : average(mixed, frames));
  analyse();
}

/// @returns how many averages there are.
uint32_t OnsetDetector::average(float* samples, uint32_t count) {
  uint32_t averages = 0;
  for (uint32_t index = 0; index < count; index++) {
    sum_ += samples[index];
    if (++averaged_ < decimation_) continue;
    samples[averages++] = sum_;
    sum_ = 0;
    averaged_ = 0;
  }
  return averages;
}

void OnsetDetector::append(const float* samples, size_t count) {
  // The silence before the recording has its offset: what begins with it is heard to begin.
  if (samples_ == 0 && count > 0) std::fill_n(history_.begin(), filled_, samples[0]);
  if (filled_ + count > history_.size()) make_room();
  std::memcpy(history_.data() + filled_, samples, count * sizeof(float));
  filled_ += count;
  samples_ += static_cast<int64_t>(count);
}

void OnsetDetector::make_room() {
  analyse();
  const size_t kept = filled_ / 2;
  const size_t dropped = filled_ - kept;
  std::memmove(history_.data(), history_.data() + dropped, kept * sizeof(float));
  filled_ = kept;
  base_ += static_cast<int64_t>(dropped);
}

void OnsetDetector::analyse() {
  const auto half = static_cast<int64_t>(flux_.size() / 2);
  while (samples_ >= centre(frame_ + OnsetFlux::kBatch - 1) + half) {
    float batch[OnsetFlux::kBatch];
    flux_.process(at(centre(frame_) - half), batch);
    for (const float value : batch) {
      novelty_[static_cast<uint64_t>(frame_) % kNoveltyFrames] = frame_ <= lastFrame_ ? value : 0;
      frame_++;
    }
    while (judged_ + kMeanBehind < frame_) judge();
  }
}

void OnsetDetector::judge() {
  const float height = novelty(judged_), least = threshold();
  if (height >= least && is_highest()) locate(1 - std::exp((least - height) / kStrengthScale));
  judged_++;
}

float OnsetDetector::threshold() const {
  float sum = 0;
  for (int64_t frame = std::max<int64_t>(0, judged_ - kMeanBefore); frame <= judged_ + kMeanBehind; frame++) {
    sum += novelty(frame);
  }
  return sum / static_cast<float>(kMeanBefore + 1 + kMeanBehind) + kLeastNovelty;
}

/// Of equal neighbours the first.
bool OnsetDetector::is_highest() const {
  const float height = novelty(judged_);
  for (int64_t frame = std::max<int64_t>(0, judged_ - kHighestBefore); frame <= judged_ + kHighestBehind; frame++) {
    if (novelty(frame) > height || (novelty(frame) == height && frame < judged_)) return false;
  }
  return true;
}

void OnsetDetector::locate(float strength) {
  const int64_t middle = centre(judged_);
  const int64_t from = std::max<int64_t>(0, middle - std::llround(rate_ * kSearchBefore));
  const int64_t to = middle + std::llround(rate_ * kSearchBehind);
  const int32_t offset = attack_.find(at(from), static_cast<uint32_t>(to - from));
  const double sample =
      offset < 0 ? static_cast<double>(middle) - rate_ * kUsualLead : static_cast<double>(from + offset);
  const double seconds = std::max(0.0, sample / rate_);
  if (!onsets_.empty() && seconds < onsets_.back().seconds + kApart) return;
  onsets_.push_back({seconds, strength});
}

void OnsetDetector::finish() {
  if (samples_ == 0) return;
  // Frames that reach over the end would hear the sound break off.
  lastFrame_ = std::max<int64_t>(1, (samples_ - flux_.size() / 2) / flux_.hop());
  const int64_t end = centre(lastFrame_ + kMeanBehind + 2 * OnsetFlux::kBatch) + flux_.size();
  const float last = history_[filled_ - 1];
  while (samples_ < end) append(&last, 1);
  analyse();
}

}  // namespace atome
