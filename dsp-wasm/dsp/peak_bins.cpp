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

// The order of the operands makes each of these one instruction of simd128 and SSE.
Float4 lower(Float4 a, Float4 b) {
  return b < a ? b : a;
}
Float4 higher(Float4 a, Float4 b) {
  return a < b ? b : a;
}

float lowest_of(Float4 four) {
  const Float4 two = lower(four, __builtin_shufflevector(four, four, 2, 3, 0, 1));
  return lower(two, __builtin_shufflevector(two, two, 1, 0, 3, 2))[0];
}
float highest_of(Float4 four) {
  const Float4 two = higher(four, __builtin_shufflevector(four, four, 2, 3, 0, 1));
  return higher(two, __builtin_shufflevector(two, two, 1, 0, 3, 2))[0];
}

float rounded(float value, float low, float high) {
  return std::nearbyint(std::clamp(value * kFullScale, low, high));
}

}  // namespace

BinSum sum_bin(const float* samples, uint32_t frames) {
  Float4 minimum = {samples[0], samples[0], samples[0], samples[0]};
  Float4 maximum = minimum;
  Float4 lowSquares = {};
  Float4 highSquares = {};
  uint32_t done = 0;
  for (; done + 8 <= frames; done += 8) {
    const Float4 low = load_vector<Float4>(samples + done);
    const Float4 high = load_vector<Float4>(samples + done + 4);
    minimum = lower(minimum, lower(low, high));
    maximum = higher(maximum, higher(low, high));
    lowSquares += low * low;
    highSquares += high * high;
  }
  const Float4 squares = lowSquares + highSquares;
  BinSum sum;
  sum.minimum = lowest_of(minimum);
  sum.maximum = highest_of(maximum);
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
