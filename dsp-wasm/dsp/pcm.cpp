// PCM conversion: SIMD for mono and stereo I16, I24 and F32, one plain loop for everything else.
#include "pcm.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "pcm_sample.h"
#include "pcm_simd.h"

namespace atome {
namespace {

/// Blocks short enough for the lanes of a 32-bit counter.
constexpr size_t kBlockSamples = size_t{1} << 30;

template <typename Sample>
uint32_t convert_channel(const uint8_t* bytes, uint32_t channels, size_t frames, float* out) {
  uint32_t nonFinite = 0;
  const size_t stride = size_t{channels} * Sample::kBytes;
  for (size_t frame = 0; frame < frames; frame++) out[frame] = Sample::read(bytes + frame * stride, nonFinite);
  return nonFinite;
}

uint32_t convert_samples(const uint8_t* bytes, SampleFormat format, uint32_t channels, size_t frames, float* out) {
  return with_sample_type(format, uint32_t{0},
                          [&](auto sample) { return convert_channel<decltype(sample)>(bytes, channels, frames, out); });
}

template <typename Reader>
uint32_t convert_mono(const uint8_t* bytes, size_t samples, float* out) {
  const uint32_t sampleBytes = bytes_per_sample(Reader::kFormat);
  Int4 nonFinite = {};
  size_t done = 0;
  while (done + 4 <= samples && (samples - done) * sampleBytes >= Reader::kReach) {
    store_vector(out + done, Reader::read(bytes + done * sampleBytes, nonFinite));
    done += 4;
  }
  return total_non_finite(nonFinite) +
         convert_samples(bytes + done * sampleBytes, Reader::kFormat, 1, samples - done, out + done);
}

template <typename Reader>
uint32_t convert_stereo(const uint8_t* bytes, size_t frames, float* left, float* right) {
  const uint32_t sampleBytes = bytes_per_sample(Reader::kFormat);
  const size_t half = size_t{4} * sampleBytes;
  Int4 nonFinite = {};
  size_t done = 0;
  while (done + 4 <= frames && (frames - done) * 2 * sampleBytes >= half + Reader::kReach) {
    const Stereo4 read = read_stereo<Reader>(bytes + done * 2 * sampleBytes, nonFinite);
    store_vector(left + done, read.left);
    store_vector(right + done, read.right);
    done += 4;
  }
  const uint8_t* rest = bytes + done * 2 * sampleBytes;
  return total_non_finite(nonFinite) + convert_samples(rest, Reader::kFormat, 2, frames - done, left + done) +
         convert_samples(rest + sampleBytes, Reader::kFormat, 2, frames - done, right + done);
}

uint32_t convert_block(const uint8_t* bytes, SampleFormat format, size_t samples, float* out) {
  switch (format) {
    case SampleFormat::I16:
      return convert_mono<Short4Reader>(bytes, samples, out);
    case SampleFormat::I24:
      return convert_mono<Triple4Reader>(bytes, samples, out);
    case SampleFormat::F32:
      return convert_mono<Float4Reader>(bytes, samples, out);
    default:
      return convert_samples(bytes, format, 1, samples, out);
  }
}

template <int kBits>
void write_integers(const float* samples, size_t count, uint8_t* out) {
  constexpr float kFullScale = static_cast<float>(1 << (kBits - 1));
  for (size_t index = 0; index < count; index++) {
    const float sample = std::isnan(samples[index]) ? 0.0f : samples[index];
    const float rounded = std::nearbyint(std::clamp(sample * kFullScale, -kFullScale, kFullScale - 1.0f));
    const auto value = static_cast<uint32_t>(static_cast<int32_t>(rounded));
    for (int byte = 0; byte < kBits / 8; byte++) *out++ = static_cast<uint8_t>(value >> (8 * byte));
  }
}

}  // namespace

uint32_t bytes_per_sample(SampleFormat format) {
  return with_sample_type(format, uint32_t{0}, [](auto sample) { return decltype(sample)::kBytes; });
}

uint32_t convert_to_float(const uint8_t* bytes, SampleFormat format, size_t samples, float* out) {
  const uint32_t sampleBytes = bytes_per_sample(format);
  if (sampleBytes == 0) std::fill_n(out, samples, 0.0f);
  uint32_t nonFinite = 0;
  for (size_t done = 0; done < samples; done += std::min(kBlockSamples, samples - done)) {
    nonFinite += convert_block(bytes + done * sampleBytes, format, std::min(kBlockSamples, samples - done), out + done);
  }
  return nonFinite;
}

uint32_t convert_to_planar(const uint8_t* bytes, SampleFormat format, uint32_t channels, uint32_t frames,
                           float* const* out) {
  if (frames == 0) return 0;
  if (channels == 1) return convert_to_float(bytes, format, frames, out[0]);
  if (channels == 2) {
    if (format == SampleFormat::I16) return convert_stereo<Short4Reader>(bytes, frames, out[0], out[1]);
    if (format == SampleFormat::I24) return convert_stereo<Triple4Reader>(bytes, frames, out[0], out[1]);
    if (format == SampleFormat::F32) return convert_stereo<Float4Reader>(bytes, frames, out[0], out[1]);
  }
  const uint32_t sampleBytes = bytes_per_sample(format);
  uint32_t nonFinite = 0;
  for (uint32_t channel = 0; channel < channels; channel++) {
    if (sampleBytes == 0) std::fill_n(out[channel], frames, 0.0f);
    nonFinite += convert_samples(bytes + size_t{channel} * sampleBytes, format, channels, frames, out[channel]);
  }
  return nonFinite;
}

bool convert_from_float(const float* samples, SampleFormat format, size_t count, uint8_t* out) {
  switch (format) {
    case SampleFormat::I16:
      write_integers<16>(samples, count, out);
      return true;
    case SampleFormat::I24:
      write_integers<24>(samples, count, out);
      return true;
    case SampleFormat::F32:
      if (count > 0) std::memcpy(out, samples, count * sizeof(float));
      return true;
    default:
      return false;
  }
}

}  // namespace atome
