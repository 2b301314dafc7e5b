// Builds the peak pyramid: each finished bin is stored and handed on to the next coarser level.
#include "peaks.h"

#include <algorithm>
#include <cstring>

namespace atome {
namespace {

constexpr size_t kMostLevels = 16;
constexpr uint64_t kCoarsestBins = 64;
constexpr uint32_t kBlockFrames = 16 * PEAK_BIN_FRAMES;
constexpr uint32_t kMagic = 0x4b505441;
constexpr uint32_t kVersion = 1;
constexpr size_t kHeaderBytes = 32;
constexpr size_t kLevelBytes = 16;

template <typename Value>
void put(std::vector<uint8_t>& bytes, size_t at, Value value) {
  std::memcpy(bytes.data() + at, &value, sizeof value);
}

template <typename Value>
Value take(const uint8_t* bytes, size_t at) {
  Value value;
  std::memcpy(&value, bytes + at, sizeof value);
  return value;
}

}  // namespace

std::unique_ptr<PeakPyramid> PeakPyramid::create(uint32_t channels) {
  if (channels < 1 || channels > MAX_CHANNELS) return nullptr;
  auto pyramid = std::unique_ptr<PeakPyramid>(new (std::nothrow) PeakPyramid(channels));
  if (pyramid) pyramid->reserve();
  return pyramid;
}

void PeakPyramid::reserve() {
  levels_.resize(kMostLevels);
  uint64_t binFrames = PEAK_BIN_FRAMES;
  for (Level& level : levels_) {
    level.binFrames = binFrames;
    level.channels.resize(channels_);
    level.open.resize(channels_);
    binFrames *= PEAK_LEVEL_FACTOR;
  }
  scratch_.resize(size_t{kBlockFrames} * channels_);
  for (uint32_t channel = 0; channel < channels_; channel++) {
    planes_.push_back(scratch_.data() + size_t{channel} * kBlockFrames);
  }
}

uint32_t PeakPyramid::add(const uint8_t* bytes, SampleFormat format, uint32_t frames) {
  const size_t frameBytes = size_t{channels_} * bytes_per_sample(format);
  uint32_t nonFinite = 0;
  for (uint32_t done = 0; done < frames;) {
    const uint32_t count = std::min(kBlockFrames, frames - done);
    nonFinite += convert_to_planar(bytes + done * frameBytes, format, channels_, count, planes_.data());
    add_block(count);
    done += count;
  }
  return nonFinite;
}

void PeakPyramid::add_block(uint32_t frames) {
  for (uint32_t done = 0; done < frames;) {
    const auto inBin = static_cast<uint32_t>(frames_ % PEAK_BIN_FRAMES);
    const uint32_t count = std::min(PEAK_BIN_FRAMES - inBin, frames - done);
    for (uint32_t channel = 0; channel < channels_; channel++) {
      levels_[0].open[channel].add(sum_bin(planes_[channel] + done, count));
      if (inBin + count == PEAK_BIN_FRAMES) close_bin(0, channel);
    }
    frames_ += count;
    done += count;
  }
}

void PeakPyramid::close_bin(size_t index, uint32_t channel) {
  Level& level = levels_[index];
  const BinSum sum = level.open[channel];
  level.open[channel] = {};
  if (!level.channels[channel].push(quantise(sum))) noMemory_ = true;
  if (index + 1 == levels_.size()) return;
  Level& coarser = levels_[index + 1];
  coarser.open[channel].add(sum);
  if (coarser.open[channel].frames == coarser.binFrames) close_bin(index + 1, channel);
}

bool PeakPyramid::finish() {
  for (size_t index = 0; index < levels_.size(); index++) {
    for (uint32_t channel = 0; channel < channels_; channel++) {
      if (levels_[index].open[channel].frames > 0) close_bin(index, channel);
    }
  }
  if (!noMemory_) write_header();
  return !noMemory_;
}

void PeakPyramid::write_header() {
  usedLevels_ = 1;
  while (usedLevels_ < levels_.size() && levels_[usedLevels_ - 1].channels[0].size() > kCoarsestBins) usedLevels_++;
  header_.assign(kHeaderBytes + usedLevels_ * kLevelBytes, 0);
  put(header_, 0, kMagic);
  put(header_, 4, kVersion);
  put(header_, 8, channels_);
  put(header_, 12, static_cast<uint32_t>(usedLevels_));
  put(header_, 16, static_cast<double>(frames_));
  put(header_, 24, PEAK_BIN_FRAMES);
  put(header_, 28, PEAK_LEVEL_FACTOR);
  uint64_t offset = header_.size();
  for (size_t index = 0; index < usedLevels_; index++) {
    const uint64_t bins = levels_[index].channels[0].size();
    levels_[index].offset = offset;
    put(header_, kHeaderBytes + index * kLevelBytes, static_cast<double>(offset));
    put(header_, kHeaderBytes + index * kLevelBytes + 8, static_cast<double>(bins));
    offset += bins * channels_ * sizeof(PeakBin);
  }
}

uint64_t PeakPyramid::bytes() const {
  if (usedLevels_ == 0) return 0;
  const Level& last = levels_[usedLevels_ - 1];
  return last.offset + uint64_t{last.channels[0].size()} * channels_ * sizeof(PeakBin);
}

void PeakPyramid::read(uint64_t at, uint64_t length, uint8_t* out) const {
  const uint64_t end = std::min(at + length, bytes());
  const auto copy = [&](uint64_t start, uint64_t size, auto&& from) {
    if (at >= end || at < start || at >= start + size) return;
    const uint64_t count = std::min(end, start + size) - at;
    from(at - start, count);
    out += count;
    at += count;
  };
  copy(0, header_.size(), [&](uint64_t from, uint64_t count) { std::memcpy(out, header_.data() + from, count); });
  for (size_t index = 0; index < usedLevels_; index++) {
    uint64_t start = levels_[index].offset;
    for (const BinStore& bins : levels_[index].channels) {
      const uint64_t size = uint64_t{bins.size()} * sizeof(PeakBin);
      copy(start, size, [&](uint64_t from, uint64_t count) { bins.read(from, count, out); });
      start += size;
    }
  }
}

bool validate_peaks(const uint8_t* bytes, size_t length, uint64_t fileSize) {
  if (length < kHeaderBytes || length > fileSize) return false;
  if (take<uint32_t>(bytes, 0) != kMagic || take<uint32_t>(bytes, 4) != kVersion) return false;
  const auto channels = take<uint32_t>(bytes, 8);
  const auto levels = take<uint32_t>(bytes, 12);
  const auto frames = take<double>(bytes, 16);
  if (channels < 1 || channels > MAX_CHANNELS || levels < 1 || levels > kMostLevels) return false;
  if (take<uint32_t>(bytes, 24) != PEAK_BIN_FRAMES || take<uint32_t>(bytes, 28) != PEAK_LEVEL_FACTOR) return false;
  if (length < kHeaderBytes + levels * kLevelBytes || !(frames >= 1 && frames <= 9007199254740992.0)) return false;
  auto offset = static_cast<double>(kHeaderBytes + levels * kLevelBytes);
  uint64_t binFrames = PEAK_BIN_FRAMES;
  for (uint32_t level = 0; level < levels; level++) {
    const size_t at = kHeaderBytes + level * kLevelBytes;
    const uint64_t bins = (static_cast<uint64_t>(frames) + binFrames - 1) / binFrames;
    if (take<double>(bytes, at) != offset || take<double>(bytes, at + 8) != static_cast<double>(bins)) return false;
    offset += static_cast<double>(bins) * channels * sizeof(PeakBin);
    binFrames *= PEAK_LEVEL_FACTOR;
  }
  return offset == static_cast<double>(fileSize);
}

}  // namespace atome
