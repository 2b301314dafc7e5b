// Sums, quantises and copies peak bins.
#include "peak_bins.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "pcm_simd.h"

namespace atome {
namespace {

constexpr float kFullScale = 16384.0f;
constexpr uint64_t kSegmentBytes = BinStore::kSegmentBins * sizeof(PeakBin);

Float4 lower(Float4 a, Float4 b) {
  return a < b ? a : b;
}
Float4 higher(Float4 a, Float4 b) {
  return a > b ? a : b;
}

float rounded(float value, float low, float high) {
  return std::nearbyint(std::clamp(value * kFullScale, low, high));
}

}  // namespace

BinSum sum_bin(const float* samples, uint32_t frames) {
  Float4 minimum = {samples[0], samples[0], samples[0], samples[0]};
  Float4 maximum = minimum;
  Float4 squares = {};
  uint32_t done = 0;
  for (; done + 4 <= frames; done += 4) {
    const Float4 four = load_vector<Float4>(samples + done);
    minimum = lower(minimum, four);
    maximum = higher(maximum, four);
    squares += four * four;
  }
  BinSum sum;
  sum.minimum = std::min(std::min(minimum[0], minimum[1]), std::min(minimum[2], minimum[3]));
  sum.maximum = std::max(std::max(maximum[0], maximum[1]), std::max(maximum[2], maximum[3]));
  sum.squares = static_cast<double>(squares[0] + squares[1]) + static_cast<double>(squares[2] + squares[3]);
  for (; done < frames; done++) {
    sum.minimum = std::min(sum.minimum, samples[done]);
    sum.maximum = std::max(sum.maximum, samples[done]);
    sum.squares += static_cast<double>(samples[done] * samples[done]);
  }
  sum.frames = frames;
  return sum;
}

PeakBin quantise(const BinSum& sum) {
  const auto rms = static_cast<float>(std::sqrt(sum.squares / static_cast<double>(std::max<uint64_t>(1, sum.frames))));
  return {static_cast<int16_t>(rounded(sum.minimum, -32768.0f, 32767.0f)),
          static_cast<int16_t>(rounded(sum.maximum, -32768.0f, 32767.0f)),
          static_cast<uint16_t>(rounded(rms, 0.0f, 65535.0f))};
}

void BinStore::read(uint64_t at, uint64_t length, uint8_t* out) const {
  while (length > 0) {
    const uint64_t inside = at % kSegmentBytes;
    const uint64_t count = std::min(length, kSegmentBytes - inside);
    const auto* segment = reinterpret_cast<const uint8_t*>(segments_[at / kSegmentBytes].get());
    std::memcpy(out, segment + inside, count);
    at += count;
    length -= count;
    out += count;
  }
}

}  // namespace atome
