// PCM conversion: exact scaling, the fast paths against the plain one, and what is not finite.
#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <vector>

#include "../dsp/pcm.h"
#include "../dsp/pcm_sample.h"

using namespace atome;

namespace {

constexpr SampleFormat kFormats[] = {SampleFormat::U8,     SampleFormat::I16,    SampleFormat::I24,
                                     SampleFormat::I32,    SampleFormat::F32,    SampleFormat::F64,
                                     SampleFormat::I8,     SampleFormat::I16_BE, SampleFormat::I24_BE,
                                     SampleFormat::I32_BE, SampleFormat::F32_BE, SampleFormat::F64_BE};

std::vector<uint8_t> random_bytes(size_t count, uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<uint8_t> bytes(count);
  for (auto& byte : bytes) byte = static_cast<uint8_t>(random());
  return bytes;
}

float reference(const std::vector<uint8_t>& bytes, SampleFormat format, size_t sample, uint32_t& nonFinite) {
  return with_sample_type(format, 0.0f, [&](auto type) {
    return decltype(type)::read(bytes.data() + sample * decltype(type)::kBytes, nonFinite);
  });
}

float convert_one(std::vector<uint8_t> bytes, SampleFormat format) {
  float out = 99.0f;
  convert_to_float(bytes.data(), format, 1, &out);
  return out;
}

}  // namespace

TEST_CASE("integers scale by a power of two, exactly") {
  CHECK(convert_one({0x00}, SampleFormat::U8) == -1.0f);
  CHECK(convert_one({0x80}, SampleFormat::U8) == 0.0f);
  CHECK(convert_one({0xff}, SampleFormat::U8) == 127.0f / 128.0f);
  CHECK(convert_one({0x80}, SampleFormat::I8) == -1.0f);
  CHECK(convert_one({0x00, 0x80}, SampleFormat::I16) == -1.0f);
  CHECK(convert_one({0xff, 0x7f}, SampleFormat::I16) == 32767.0f / 32768.0f);
  CHECK(convert_one({0x7f, 0xff}, SampleFormat::I16_BE) == 32767.0f / 32768.0f);
  CHECK(convert_one({0x01, 0x00, 0x00}, SampleFormat::I24) == 1.0f / 8388608.0f);
  CHECK(convert_one({0x80, 0x00, 0x00}, SampleFormat::I24_BE) == -1.0f);
  CHECK(convert_one({0x00, 0x00, 0x00, 0x40}, SampleFormat::I32) == 0.5f);
  CHECK(convert_one({0x3f, 0x80, 0x00, 0x00}, SampleFormat::F32_BE) == 1.0f);
  CHECK(convert_one({0xbf, 0xe0, 0, 0, 0, 0, 0, 0}, SampleFormat::F64_BE) == -0.5f);
}

TEST_CASE("every format, channel count and length equals the plain conversion, and stays inside its buffers") {
  for (const SampleFormat format : kFormats) {
    for (const uint32_t channels : {1u, 2u, 3u, 32u}) {
      for (uint32_t frames = 0; frames <= 41; frames++) {
        const auto bytes = random_bytes(size_t{frames} * channels * bytes_per_sample(format), frames * 64 + channels);
        uint32_t expectedBad = 0;
        std::vector<std::vector<float>> planar(channels, std::vector<float>(frames));
        std::vector<float*> outputs;
        for (auto& channel : planar) outputs.push_back(channel.data());
        std::vector<float> interleaved(size_t{frames} * channels);
        const uint32_t bad = convert_to_planar(bytes.data(), format, channels, frames, outputs.data());
        CHECK(convert_to_float(bytes.data(), format, interleaved.size(), interleaved.data()) == bad);
        bool same = true;
        for (size_t sample = 0; sample < interleaved.size(); sample++) {
          const float expected = reference(bytes, format, sample, expectedBad);
          same = same && expected == interleaved[sample] && expected == planar[sample % channels][sample / channels];
        }
        CHECK(same);
        CHECK(bad == expectedBad);
      }
    }
  }
}

TEST_CASE("NaN, infinities and doubles beyond float32 become 0 and are counted") {
  constexpr float inf = std::numeric_limits<float>::infinity();
  const float floats[] = {0.5f, NAN, inf, -inf, 1.5f, NAN, -2.0f, 0.25f, inf};
  uint8_t bytes[sizeof floats];
  std::memcpy(bytes, floats, sizeof floats);
  float out[9];
  CHECK(convert_to_float(bytes, SampleFormat::F32, 9, out) == 5);
  const float expected[] = {0.5f, 0, 0, 0, 1.5f, 0, -2.0f, 0.25f, 0};
  CHECK(std::memcmp(out, expected, sizeof out) == 0);
  const double doubles[] = {1e300, -0.75, std::nan("")};
  uint8_t wide[sizeof doubles];
  std::memcpy(wide, doubles, sizeof doubles);
  CHECK(convert_to_float(wide, SampleFormat::F64, 3, out) == 2);
  CHECK(out[0] == 0.0f);
  CHECK(out[1] == -0.75f);
}

TEST_CASE("an unknown format is silence") {
  float out[3] = {1, 1, 1};
  const uint8_t bytes[1] = {7};
  CHECK(bytes_per_sample(static_cast<SampleFormat>(12)) == 0);
  CHECK(convert_to_float(bytes, static_cast<SampleFormat>(12), 3, out) == 0);
  CHECK(out[2] == 0.0f);
}

TEST_CASE("back to integers is the inverse for all 65,536 values, rounds to nearest and clips") {
  std::vector<uint8_t> all(65536 * 2);
  for (uint32_t value = 0; value < 65536; value++) {
    all[value * 2] = static_cast<uint8_t>(value);
    all[value * 2 + 1] = static_cast<uint8_t>(value >> 8);
  }
  std::vector<float> floats(65536);
  convert_to_float(all.data(), SampleFormat::I16, floats.size(), floats.data());
  std::vector<uint8_t> back(all.size());
  CHECK(convert_from_float(floats.data(), SampleFormat::I16, floats.size(), back.data()));
  CHECK(back == all);
  const float edges[] = {2.0f, -2.0f, NAN, 0.6f / 8388608.0f};
  uint8_t triples[12];
  CHECK(convert_from_float(edges, SampleFormat::I24, 4, triples));
  const uint8_t expected[] = {0xff, 0xff, 0x7f, 0, 0, 0x80, 0, 0, 0, 1, 0, 0};
  CHECK(std::memcmp(triples, expected, sizeof expected) == 0);
  CHECK_FALSE(convert_from_float(edges, SampleFormat::U8, 4, triples));
}
