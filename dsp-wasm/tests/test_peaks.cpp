// The peak pyramid against a plain reading of the samples, however they are cut into pieces.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>
#include <vector>

#include "../dsp/peaks.h"

using namespace atome;

namespace {

std::vector<float> noise(size_t samples, uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> spread(-1.5f, 1.5f);
  std::vector<float> out(samples);
  for (float& sample : out) sample = spread(random);
  return out;
}

std::vector<uint8_t> pyramid_of(const std::vector<float>& samples, uint32_t channels, uint32_t piece) {
  const auto pyramid = PeakPyramid::create(channels);
  const auto frames = static_cast<uint32_t>(samples.size() / channels);
  for (uint32_t done = 0; done < frames; done += piece) {
    const auto* bytes = reinterpret_cast<const uint8_t*>(samples.data() + size_t{done} * channels);
    CHECK(pyramid->add(bytes, SampleFormat::F32, std::min(piece, frames - done)) == 0);
  }
  CHECK(pyramid->finish());
  std::vector<uint8_t> out(pyramid->bytes());
  for (uint64_t at = 0; at < out.size(); at += 999) {
    pyramid->read(at, std::min<uint64_t>(999, out.size() - at), out.data() + at);
  }
  return out;
}

PeakBin expected_bin(const std::vector<float>& samples, uint32_t channels, uint32_t channel, size_t from, size_t to) {
  double low = samples[from * channels + channel], high = low, squares = 0;
  for (size_t frame = from; frame < to; frame++) {
    const double value = samples[frame * channels + channel];
    low = std::min(low, value);
    high = std::max(high, value);
    squares += value * value;
  }
  return {static_cast<int16_t>(std::nearbyint(low * 16384)), static_cast<int16_t>(std::nearbyint(high * 16384)),
          static_cast<uint16_t>(std::nearbyint(std::sqrt(squares / static_cast<double>(to - from)) * 16384))};
}

}  // namespace

TEST_CASE("minimum, maximum and RMS of every bin on every level, within one step of 1/16384") {
  const uint32_t channels = 3;
  const size_t frames = 50001;
  const auto samples = noise(frames * channels, 7);
  const auto bytes = pyramid_of(samples, channels, 777);
  uint32_t levels;
  std::memcpy(&levels, bytes.data() + 12, 4);
  CHECK(levels == 3);
  size_t binFrames = 64, worst = 0, checked = 0;
  for (uint32_t level = 0; level < levels; level++, binFrames *= 4) {
    double offset, bins;
    std::memcpy(&offset, bytes.data() + 32 + level * 16, 8);
    std::memcpy(&bins, bytes.data() + 40 + level * 16, 8);
    CHECK(bins == std::ceil(static_cast<double>(frames) / static_cast<double>(binFrames)));
    for (uint32_t channel = 0; channel < channels; channel++) {
      for (size_t bin = 0; bin < static_cast<size_t>(bins); bin++) {
        PeakBin found;
        const size_t at = static_cast<size_t>(offset) + (channel * static_cast<size_t>(bins) + bin) * sizeof found;
        std::memcpy(&found, bytes.data() + at, sizeof found);
        const PeakBin wanted =
            expected_bin(samples, channels, channel, bin * binFrames, std::min(frames, (bin + 1) * binFrames));
        worst = std::max({worst, static_cast<size_t>(std::abs(found.minimum - wanted.minimum)),
                          static_cast<size_t>(std::abs(found.maximum - wanted.maximum)),
                          static_cast<size_t>(std::abs(found.rms - wanted.rms))});
        checked++;
      }
    }
  }
  CHECK(checked == 3 * (782 + 196 + 49));
  CHECK(worst <= 1);
}

TEST_CASE("pieces of 1, 63, 64, 1000 and all frames give the same bytes") {
  const auto samples = noise(2 * 5000, 3);
  const auto whole = pyramid_of(samples, 2, 5000);
  for (const uint32_t piece : {1u, 63u, 64u, 1000u}) CHECK(pyramid_of(samples, 2, piece) == whole);
}

TEST_CASE("one frame makes one bin") {
  const auto bytes = pyramid_of({-0.5f}, 1, 1);
  CHECK(bytes.size() == 32 + 16 + 6);
  PeakBin bin;
  std::memcpy(&bin, bytes.data() + 48, sizeof bin);
  CHECK(bin.minimum == -8192);
  CHECK(bin.maximum == -8192);
  CHECK(bin.rms == 8192);
}

TEST_CASE("overs keep their height up to 2.0, NaN is silence and counted") {
  const auto pyramid = PeakPyramid::create(1);
  const float samples[] = {1.5f, NAN, -3.0f, INFINITY};
  CHECK(pyramid->add(reinterpret_cast<const uint8_t*>(samples), SampleFormat::F32, 4) == 2);
  CHECK(pyramid->finish());
  PeakBin bin;
  pyramid->read(48, sizeof bin, reinterpret_cast<uint8_t*>(&bin));
  CHECK(bin.maximum == 24576);
  CHECK(bin.minimum == -32768);
}

TEST_CASE("0 and 33 channels make no pyramid") {
  CHECK(PeakPyramid::create(0) == nullptr);
  CHECK(PeakPyramid::create(33) == nullptr);
}

TEST_CASE("the validator takes what was built and refuses every change of its header") {
  auto bytes = pyramid_of(noise(2 * 20000, 9), 2, 20000);
  CHECK(validate_peaks(bytes.data(), 32 + 16 * 16, bytes.size()));
  CHECK_FALSE(validate_peaks(bytes.data(), bytes.size(), bytes.size() + 1));
  CHECK_FALSE(validate_peaks(bytes.data(), 40, bytes.size()));
  uint32_t levels;
  std::memcpy(&levels, bytes.data() + 12, 4);
  uint32_t refused = 0;
  const size_t headerBytes = 32 + levels * 16;
  for (size_t at = 0; at < headerBytes; at++) {
    bytes[at] ^= 0x40;
    if (!validate_peaks(bytes.data(), bytes.size(), bytes.size())) refused++;
    bytes[at] ^= 0x40;
  }
  // A frame count changed by less than a bin can't be told from the true one.
  CHECK(refused >= headerBytes - 5);
}
