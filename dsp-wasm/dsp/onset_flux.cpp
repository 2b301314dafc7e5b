// Bands a quarter tone wide above 1.5 kHz and a bin wide below; rises taken in the logarithm, four bands at a time.
#include "onset_flux.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace atome {
namespace {

constexpr double kFrameSeconds = 0.0215;
constexpr double kHopSeconds = 0.01;
/// Bins 0 and 1 hold the offset of the recording.
constexpr uint32_t kFirstBin = 2;
constexpr double kHighest = 16000;
const double kBandRatio = std::exp2(1.0 / 24);
/// Of power, below the loudest band.
constexpr float kRange = 1e-6f;
/// -100 dB of full scale, about what rounding to 16 bits leaves in a band.
constexpr float kSilence = 1e-10f;
/// The loudest is forgotten at 6 dB a second.
constexpr double kReleasePerSecond = 0.25;

/// log2 of 1 and above, within 1.1e-4: the exponent and a polynomial of the mantissa, exact for powers of two.
Vector log2_of(Vector value) {
  using Bits = int32_t __attribute__((vector_size(16)));
  Bits bits;
  std::memcpy(&bits, &value, sizeof bits);
  const Vector exponent = __builtin_convertvector((bits >> 23) - 127, Vector);
  bits = (bits & 0x007fffff) | 0x3f800000;
  Vector mantissa;
  std::memcpy(&mantissa, &bits, sizeof mantissa);
  Vector factor = splat(-0.0847590f) * mantissa + splat(0.5798542f);
  factor = factor * mantissa + splat(-1.5853647f);
  factor = factor * mantissa + splat(2.5292824f);
  return exponent + (mantissa - splat(1)) * factor;
}

}  // namespace

void OnsetFlux::prepare(double sampleRate) {
  const auto wanted = static_cast<uint32_t>(std::clamp(sampleRate * kFrameSeconds * 0.75, 33.0, 2048.0));
  spectra_.prepare(std::bit_ceil(wanted));
  hop_ = std::clamp(static_cast<uint32_t>(std::lround(sampleRate * kHopSeconds)), 1u, spectra_.size() / 2);
  release_ = static_cast<float>(std::pow(kReleasePerSecond, hop_ / sampleRate));
  const uint32_t bins = spectra_.size() / 2;
  const double lastBin = std::min<double>(bins, kHighest * spectra_.size() / sampleRate);
  for (uint32_t from = kFirstBin; from < lastBin;) {
    const auto to = std::min(bins, std::max(from + 1, static_cast<uint32_t>(from * kBandRatio + 0.5)));
    bands_.push_back({from, to});
    from = to;
  }
  stride_ = static_cast<uint32_t>(bands_.size() + 2 + 2 * VECTOR_FRAMES) / VECTOR_FRAMES * VECTOR_FRAMES;
  powers_.assign(size_t{kLag + kBatch} * stride_, 0.0f);
}

void OnsetFlux::fill_rows() {
  std::memmove(row(0), row(kBatch), sizeof(float) * kLag * stride_);
  for (size_t band = 0; band < bands_.size(); band++) {
    Vector low = {}, high = {};
    for (uint32_t bin = bands_[band].from; bin < bands_[band].to; bin++) spectra_.add_power(bin, low, high);
    float* power = row(kLag) + 1 + band;
    for (uint32_t lane = 0; lane < VECTOR_FRAMES; lane++) {
      power[size_t{lane} * stride_] = low[lane];
      power[size_t{lane + VECTOR_FRAMES} * stride_] = high[lane];
    }
  }
}

float OnsetFlux::rise(uint32_t frame, float reference) const {
  const float* now = powers_.data() + size_t{frame + kLag} * stride_;
  const float* before = powers_.data() + size_t{frame} * stride_;
  const Vector one = splat(1), scale = splat(1 / reference);
  Vector sum = {};
  for (size_t band = 0; band < bands_.size(); band += VECTOR_FRAMES) {
    const Vector neighbours = maximum(load(before + band), load(before + band + 2));
    const Vector old = maximum(load(before + band + 1), neighbours);
    const Vector rising = log2_of(one + load(now + band + 1) * scale) - log2_of(one + old * scale);
    sum += maximum(rising, Vector{});
  }
  return sum_of(sum) / static_cast<float>(bands_.size());
}

void OnsetFlux::process(const float* first, float* novelty) {
  spectra_.transform(first, hop_);
  fill_rows();
  for (uint32_t frame = 0; frame < kBatch; frame++) {
    const float* power = row(frame + kLag) + 1;
    loudest_ = std::max(loudest_ * release_, *std::max_element(power, power + bands_.size()));
    novelty[frame] = rise(frame, std::max(kSilence, loudest_ * kRange));
  }
}

}  // namespace atome
