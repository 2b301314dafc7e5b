// The stretcher where it is given what it should not be: broken samples, wild requests, silence, every rate.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <limits>

#include "../dsp/stretch/grains.h"
#include "../dsp/stretch/live_stretcher.h"
#include "stretch_material.h"

using namespace atome;
using namespace atome::stretching;

TEST_CASE("the same requests make the same sound") {
  const Sound input = {noise(20000, 11)};
  CHECK(stretched(input, 1.7, -3) == stretched(input, 1.7, -3));
}

TEST_CASE("what is no sound is silence, and nothing grows without bounds") {
  const size_t frames = 24000;
  Samples broken = noise(frames, 13);
  for (size_t frame = 0; frame < frames; frame += 97) broken[frame] = std::numeric_limits<float>::quiet_NaN();
  for (size_t frame = 50; frame < frames; frame += 199) broken[frame] = std::numeric_limits<float>::infinity();
  Samples square(frames), impulse(frames);
  for (size_t frame = 0; frame < frames; frame++) square[frame] = frame % 100 < 50 ? 1.0f : -1.0f;
  impulse[frames / 2] = 1;
  for (const double semitones : {-24.0, 0.0, 24.0}) {
    for (const double ratio : {0.1, 0.7, 1.0, 3.0}) {
      CAPTURE(semitones);
      CAPTURE(ratio);
      CHECK(largest(stretched({broken}, ratio, semitones)) < 2);
      CHECK(largest(stretched({square}, ratio, semitones)) < 4);
      CHECK(largest(stretched({impulse}, ratio, semitones)) < 2);
      CHECK(largest(stretched({Samples(frames, 1.0f)}, ratio, semitones)) < 2);
      CHECK(largest(stretched({Samples(frames)}, ratio, semitones)) == 0);
    }
  }
}

TEST_CASE("speed and pitch may change with every grain, through zero and backwards") {
  Noise random(17);
  const Sound input = {noise(96000, 19), sine(440, 96000)};
  const Sound output = stretched(input, 96000, {}, RATE, [&](GrainRequest& request) {
    request.speed = 10 * random.next();
    request.pitch = std::exp2(2 * random.next());
    if (request.position < 0 || request.position > 96000) request.position = 48000;
  });
  CHECK(largest(output) < 4);
}

TEST_CASE("every rate and number of channels can be prepared and sounds") {
  for (const uint32_t rate : {8000u, 11025u, 22050u, 44100u, 96000u, 192000u}) {
    CAPTURE(rate);
    const Sound output = stretched({sine(440, rate, rate)}, 1.25, 0, rate);
    CHECK(residual(output[0], 440, rate) < -60);
  }
  for (uint32_t channels = 1; channels <= 8; channels++) {
    CAPTURE(channels);
    Sound input;
    for (uint32_t channel = 0; channel < channels; channel++) input.push_back(sine(300.0 * (channel + 1), 24000));
    const Sound output = stretched(input, 1.5, 2);
    for (uint32_t channel = 0; channel < channels; channel++)
      CHECK(residual(output[channel], 300.0 * (channel + 1) * std::exp2(2 / 12.0), RATE) < -30);
  }
}

TEST_CASE("a live stretcher passes unchanged sound on, as late as it says") {
  LiveStretcher live;
  REQUIRE(live.prepare(1, RATE, 128));
  const Samples input = noise(128 * 300, 23);
  Samples output;
  uint32_t silent = 0;
  for (size_t at = 0; at < input.size(); at += 128) {
    const float* source = input.data() + at;
    Samples block(128);
    float* target = block.data();
    uint32_t made = 0;
    {
      const AllocationGuard guard;
      made = live.process(&source, 128, &target, 128, 1, 1);
    }
    if (output.empty() && made == 0) silent += 128;
    for (uint32_t frame = 0; frame < made; frame++) output.push_back(block[frame]);
  }
  CHECK(silent <= live.latency());
  CHECK(live.latency() < RATE * 0.06);
  REQUIRE(output.size() > input.size() - 2 * live.latency());
  CHECK(std::equal(output.begin(), output.end(), input.begin()));
}

namespace {

/// The largest change from one sample to the next.
double largest_step(const Samples& samples) {
  double most = 0;
  for (size_t frame = 1; frame < samples.size(); frame++)
    most = std::max(most, std::fabs(double(samples[frame]) - double(samples[frame - 1])));
  return most;
}

/// Sweeps speed and pitch over all they can be, in every grain, over sines of five octaves at 6 s per sweep.
void sweep(size_t frames) {
  const size_t length = 96000;
  Sound input = {Samples(length)};
  // Of all sines, each at the highest pitch.
  double justified = 0;
  for (const double frequency : {110.0, 275.0, 660.0, 1540.0, 3300.0}) {
    const Samples tone = sine(frequency, length);
    for (size_t frame = 0; frame < length; frame++) input[0][frame] += 0.2f * tone[frame];
    justified += 0.2 * std::sin(M_PI * 4 * frequency / RATE);
  }
  double time = 0;
  const Sound output = stretched(input, frames, {}, RATE, [&](GrainRequest& request) {
    time += 560.0 / RATE / request.pitch;
    request.speed = 10 * std::sin(time * 2 * M_PI / 6);
    request.pitch = std::exp2(2 * std::sin(time * 2 * M_PI / 3.7));
    if (request.position < 0 || request.position > double(length)) request.position = length / 2.0;
  });
  CHECK(largest(output) < 0.6);
  CHECK(largest_step(output[0]) < 1.1 * justified);
}

}  // namespace

TEST_CASE("speed and pitch may sweep over their whole range in every grain") {
  sweep(20 * RATE);
}

TEST_CASE("speed and pitch may sweep for ten minutes" * doctest::skip()) {
  sweep(600 * RATE);
}

TEST_CASE("standing still, a tone sounds on at its level") {
  const Sound input = {sine(440, 48000)};
  GrainRequest request;
  request.position = 24000;
  request.speed = 0;
  const Samples output = stretched(input, 96000, request, RATE, [](GrainRequest&) {})[0];
  CHECK(largest_step(output) < 1.01 * largest_step(input[0]));
  CHECK(residual(output, 440, RATE) < -40);
  for (size_t from = 0; from + 4800 <= output.size(); from += 4800) {
    CAPTURE(from);
    const Samples piece(output.begin() + int64_t(from), output.begin() + int64_t(from) + 4800);
    CHECK(std::fabs(level(piece) - level(input[0])) < 0.1);
  }
}

TEST_CASE("scrubbing makes no clicks: positions may step, speed may pass through zero") {
  const Sound input = {sine(440, 480000)};
  Noise random(37);
  double hand = 240000;
  int grain = 0;
  const Samples output = stretched(input, 10 * RATE, {}, RATE, [&](GrainRequest& request) {
    const double speed = grain % 50 < 20 ? 0 : 4 * std::sin(grain / 9.0);
    if (grain++ % 70 == 0) request.position = hand = 100000 + 280000 * std::fabs(random.next());
    request.speed = speed;
  })[0];
  CHECK(largest({output}) < 0.51);
  CHECK(largest_step(output) < 1.05 * largest_step(input[0]));
}

TEST_CASE("a tail that fades below all numbers leaves none behind that cost time") {
  Grains grains;
  REQUIRE(grains.prepare(1, 4096, 2240));
  grains.set_window(2240);
  Noise random(41);
  for (double decibelsDown = 0; decibelsDown < 900; decibelsDown += 15) {
    CAPTURE(decibelsDown);
    Samples tail(2240);
    for (size_t frame = 0; frame < tail.size(); frame++)
      tail[frame] = float(random.next() * std::pow(10, -(decibelsDown + 60.0 * double(frame) / 2240) / 20));
    const float* centre = tail.data() + 1120;
    grains.analyse(&centre, {});
    grains.vocoder().predict({560, 560, decibelsDown == 0, false, false});
    grains.vocoder().settle(0, 0);
    uint32_t subnormal = 0;
    for (uint32_t bin = 0; bin < grains.vocoder().bins(); bin++)
      subnormal += std::fpclassify(grains.vocoder().power()[bin]) == FP_SUBNORMAL ? 1 : 0;
    CHECK(subnormal == 0);
    grains.vocoder().finish();
  }
}

TEST_CASE("a live stretcher takes any speed, pitch and number of frames") {
  constexpr uint32_t BLOCK = 256;
  LiveStretcher live;
  REQUIRE(live.prepare(2, 44100, BLOCK));
  Noise random(43);
  const auto share = [&random] { return 0.5 + 0.5 * random.next(); };
  const Sound input = {sine(440, BLOCK, 44100), noise(BLOCK, 47)};
  Sound output(2, Samples(BLOCK));
  const float* sources[] = {input[0].data(), input[1].data()};
  float* targets[] = {output[0].data(), output[1].data()};
  uint64_t made = 0;
  for (int call = 0; call < 3000; call++) {
    live.keep_formants(call % 300 < 100);
    const auto frames = uint32_t(share() * BLOCK), capacity = uint32_t(share() * BLOCK);
    const double speed = call % 7 == 0 ? 0 : 10 * random.next(), pitch = std::exp2(2 * random.next());
    const AllocationGuard guard;
    const uint32_t count = live.process(sources, frames, targets, capacity, speed, pitch);
    made += count;
    REQUIRE(count <= capacity);
    for (uint32_t frame = 0; frame < count; frame++)
      REQUIRE(std::fabs(output[0][frame]) + std::fabs(output[1][frame]) < 4);
  }
  CHECK(made > 3000 * BLOCK / 8);
}
