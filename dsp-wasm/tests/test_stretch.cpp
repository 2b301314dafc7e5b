// The stretcher by measured sounds: unchanged input, tones, attacks, voices, the level of noise, channels.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdint>

#include "../dsp/stretch/fft.h"
#include "stretch_material.h"

using namespace atome;
using namespace atome::stretching;

TEST_CASE("the transform equals its definition, and its inverse undoes it") {
  for (const uint32_t size : {64u, 128u, 512u, 2048u, 4096u}) {
    CAPTURE(size);
    RealFft fft;
    REQUIRE(fft.prepare(size));
    const Samples input = noise(size, size);
    Samples re(fft.capacity()), im(fft.capacity()), output(size);
    fft.forward(input.data(), re.data(), im.data());
    double error = 0, power = 0;
    for (uint32_t bin = 0; bin < fft.bins(); bin += size / 64) {
      std::complex<double> sum = 0;
      for (uint32_t frame = 0; frame < size; frame++)
        sum += double(input[frame]) * std::polar(1.0, -2 * M_PI * bin * frame / size);
      error += std::norm(sum - std::complex<double>(double(re[bin]), double(im[bin])));
      power += std::norm(sum);
    }
    CHECK(10 * std::log10(error / power) < -130);
    fft.inverse(re.data(), im.data(), output.data());
    for (uint32_t frame = 0; frame < size; frame++) CHECK(output[frame] == doctest::Approx(input[frame]).epsilon(1e-5));
  }
}

TEST_CASE("at normal speed and pitch the output is the input, bit for bit") {
  const Sound input = {noise(30000, 1), noise(30000, 2)};
  CHECK(stretched(input, 1, 0) == input);
}

TEST_CASE("steady sines keep their frequency to the last digit, at every speed and pitch") {
  struct Setting {
    double ratio;
    double semitones;
  };
  for (const Setting setting : {Setting{0.5, 0}, Setting{0.75, 0}, Setting{1.25, 0}, Setting{4, 0}, Setting{1, 3},
                                Setting{1, -12}, Setting{1.5, 7}}) {
    for (const double frequency : {440.0, 997.0, 2000.0, 5000.0}) {
      CAPTURE(setting.ratio);
      CAPTURE(setting.semitones);
      CAPTURE(frequency);
      const Sound output = stretched({sine(frequency, 96000)}, setting.ratio, setting.semitones);
      CHECK(residual(output[0], frequency * std::exp2(setting.semitones / 12), RATE) < -72);
      CHECK(std::fabs(level(output[0]) - level(sine(frequency, 96000))) < 0.05);
    }
  }
}

TEST_CASE("an attack is copied as it is, at its place, with silence before it") {
  Samples input(72000);
  Noise random(5);
  for (const size_t at : {20000u, 37000u, 55555u})
    for (size_t frame = 0; frame < 2000; frame++)
      input[at + frame] = float(0.8 * random.next() * std::exp(-double(frame) / 300));
  for (const double ratio : {0.75, 1.5, 2.0, 4.0}) {
    CAPTURE(ratio);
    const Samples output = stretched({input}, ratio, 0)[0];
    for (const size_t at : {20000u, 37000u, 55555u}) {
      const auto place = size_t(std::llround(double(at) * ratio));
      double before = 0, after = 0;
      for (size_t frame = 48; frame < 960; frame++) {
        before += std::pow(double(output[place - frame]), 2);
        after += std::pow(double(output[place + frame]), 2);
      }
      CHECK(10 * std::log10(before / after + 1e-12) < -40);
      // The first millisecond, found within a tenth of one and the two frames that the onset may be early.
      const int early = 5 + (ratio > 1 ? int(2 * (ratio - 1)) : 0);
      double best = 1;
      for (int shift = -early; shift <= 5; shift++) {
        double difference = 0, power = 0;
        for (size_t frame = 8; frame < 48; frame++) {
          difference += std::pow(double(output[size_t(int(place + frame) + shift)] - input[at + frame]), 2);
          power += std::pow(double(input[at + frame]), 2);
        }
        best = std::min(best, difference / power);
      }
      CHECK(best < 0.01);
    }
  }
}

TEST_CASE("a tone that sets in is not heard before its place, and is there at once, also where grains are far apart") {
  constexpr double SETTINGS[][2] = {{1.5, 0}, {0.5, 0}, {0.3, 0}, {0.25, 0}, {1, -12}, {1, -18.5},
                                    {1, -21}, {1, -24}, {2, 7},   {0.2, 0},  {0.17, 0}};
  for (const auto& [ratio, semitones] : SETTINGS) {
    const double pitch = std::exp2(semitones / 12);
    for (size_t lead = 0; lead < 8000; lead = lead ? lead + 317 : 4800) {
      CAPTURE(ratio);
      CAPTURE(semitones);
      CAPTURE(lead);
      Samples input = sine(440, lead + 24000);
      std::rotate(input.begin(), input.end() - int64_t(lead), input.end());
      std::fill_n(input.begin(), lead, 0.0f);
      const Samples output = stretched({input}, ratio, semitones)[0];
      const auto place = int64_t(std::llround(double(lead) * ratio));
      // The reading's filter and the two frames that an onset may be early, at the pitch.
      const auto edge = int64_t(24 / pitch), rise = int64_t(480 / std::min(1.0, pitch));
      float before = 0, after = 0;
      for (int64_t frame = 0; frame < place + rise; frame++) {
        float& most = frame < place ? before : after;
        if (frame < place - edge || frame >= place) most = std::max(most, std::fabs(output[size_t(frame)]));
      }
      CHECK(decibels(before / 0.5) < -60);
      CHECK(after > 0.48f);
      if (lead == 0) CHECK(std::fabs(output[0]) < 0.02f);
    }
  }
}

TEST_CASE("noise keeps its level") {
  const Sound input = {noise(96000, 3), noise(96000, 4)};
  for (const double ratio : {0.5, 0.75, 1.25, 2.0, 4.0}) {
    CAPTURE(ratio);
    CHECK(std::fabs(level(stretched(input, ratio, 0)[0]) - level(input[0])) < 0.6);
  }
}

TEST_CASE("a pulse train stays one: its crest is kept") {
  Samples input(96000);
  for (int partial = 1; partial <= 40; partial++)
    for (size_t frame = 0; frame < input.size(); frame++)
      input[frame] += float(0.02 * std::cos(2 * M_PI * 110 * partial * double(frame) / RATE));
  const Samples output = stretched({input}, 1.3, 0)[0];
  double peak = 0;
  for (size_t frame = output.size() / 4; frame < output.size() * 3 / 4; frame++)
    peak = std::max(peak, std::fabs(double(output[frame])));
  CHECK(decibels(peak / 0.8) > -0.5);
  CHECK(decibels(peak / 0.8) < 0.5);
}

namespace {

/// Of the middle half, under a Hann window, in dB.
double level_at(const Samples& samples, double frequency) {
  const size_t from = samples.size() / 4, size = samples.size() / 2;
  std::complex<double> bin = 0;
  for (size_t frame = 0; frame < size; frame++) {
    const double window = 1 - std::cos(2 * M_PI * double(frame) / double(size));
    bin += window * double(samples[from + frame]) * std::polar(1.0, -2 * M_PI * frequency * double(frame) / RATE);
  }
  return decibels(2 * std::abs(bin) / double(size));
}

}  // namespace

TEST_CASE("the tones of a chord that share bins leave nothing between them") {
  Samples input(120000);
  for (const double frequency : {440.0, 495.0, 550.0, 605.0}) {
    const Samples tone = sine(frequency, input.size());
    for (size_t frame = 0; frame < input.size(); frame++) input[frame] += 0.25f * tone[frame];
  }
  for (const double ratio : {0.75, 1.25, 1.5}) {
    CAPTURE(ratio);
    const Samples output = stretched({input}, ratio, 0)[0];
    for (const double frequency : {440.0, 495.0, 550.0, 605.0})
      CHECK(std::fabs(level_at(output, frequency) - decibels(0.125)) < 0.3);
    for (double frequency = 400; frequency < 640; frequency += 5) {
      if (std::fmod(frequency, 55) < 8 || std::fmod(frequency, 55) > 47) continue;
      CAPTURE(frequency);
      CHECK(level_at(output, frequency) < -58);
    }
  }
}

TEST_CASE("low tones that stand close keep their levels when they are shifted up") {
  Samples input = sine(300, 96000);
  const Samples other = sine(340, 96000);
  for (size_t frame = 0; frame < input.size(); frame++) input[frame] = 0.5f * (input[frame] + other[frame]);
  const Samples output = stretched({input}, 1, 12)[0];
  for (const double frequency : {600.0, 680.0}) CHECK(std::fabs(level_at(output, frequency) - decibels(0.25)) < 0.5);
  // Where their beats would be heard.
  for (const double frequency : {520.0, 760.0}) CHECK(level_at(output, frequency) < -60);
}

TEST_CASE("a quiet tone beside a loud one keeps its level and its place") {
  Samples input = sine(880, 96000);
  const Samples quiet = sine(940, 96000);
  for (size_t frame = 0; frame < input.size(); frame++) input[frame] = 0.5f * (input[frame] + 0.125f * quiet[frame]);
  for (const double ratio : {0.75, 1.5, 2.0, 4.0}) {
    CAPTURE(ratio);
    const Samples output = stretched({input}, ratio, 0)[0];
    CHECK(std::fabs(level_at(output, 880) - decibels(0.25)) < 0.1);
    CHECK(std::fabs(level_at(output, 940) - decibels(0.25 * 0.125)) < 1.5);
  }
}

TEST_CASE("the side lobes of a tone stay where they belong: nothing is heard beside it") {
  for (const double ratio : {0.9, 1.1, 1.5}) {
    CAPTURE(ratio);
    CHECK(residual(stretched({sine(5000, 96000)}, ratio, 0)[0], 5000, RATE) < -110);
  }
}

TEST_CASE("equal channels stay equal, and a silent one stays silent") {
  const Samples samples = noise(20000, 9);
  const Sound output = stretched({samples, samples, Samples(20000)}, 1.4, 5);
  CHECK(output[0] == output[1]);
  CHECK(largest({output[2]}) == 0);
}

TEST_CASE("a pick is heard at its place while a louder string still sounds") {
  Samples input = sine(110, 72000);
  Noise random(29);
  for (size_t frame = 0; frame < 1000; frame++)
    input[36000 + frame] += float(0.1 * random.next() * std::exp(-double(frame) / 100));
  for (const double ratio : {0.75, 1.5, 2.0, 4.0}) {
    CAPTURE(ratio);
    const Samples output = stretched({input}, ratio, 0)[0];
    // The second difference leaves nothing of the string.
    const auto power = [&](size_t from, size_t until) {
      double sum = 0;
      for (size_t frame = from; frame < until; frame++)
        sum += std::pow(double(output[frame + 1]) - 2 * double(output[frame]) + double(output[frame - 1]), 2);
      return sum;
    };
    const auto place = size_t(std::llround(36000 * ratio));
    CHECK(10 * std::log10(power(place - 1200, place - 48) / power(place - 48, place + 1000)) < -30);
  }
}

namespace {

constexpr double FORMANTS[] = {730, 1090, 2440, 3400}, BANDWIDTHS[] = {80, 100, 140, 220},
                 GAINS[] = {1, 0.6, 0.28, 0.15};

/// The level of a vowel's partials (of the vowel in "father", Peterson and Barney 1952).
double vowel_at(double frequency) {
  double sum = 0;
  for (int formant = 0; formant < 4; formant++)
    sum += GAINS[formant] / std::hypot(1, (frequency - FORMANTS[formant]) / BANDWIDTHS[formant]);
  return 0.1 * sum;
}

/// Root mean square, in dB, of what partials up to 3.5 kHz are off the vowel's levels.
double colour_error(const Samples& samples, double fundamental) {
  const size_t from = samples.size() / 4, size = samples.size() / 2;
  double sum = 0;
  int count = 0;
  for (double frequency = fundamental; frequency < 3500; frequency += fundamental) {
    std::complex<double> bin = 0;
    for (size_t frame = 0; frame < size; frame++) {
      const double window = 0.5 - 0.5 * std::cos(2 * M_PI * double(frame) / double(size));
      bin += window * double(samples[from + frame]) * std::polar(1.0, -2 * M_PI * frequency * double(frame) / RATE);
    }
    sum += std::pow(decibels(std::abs(bin) * 4 / double(size) / vowel_at(frequency)), 2);
    count++;
  }
  return std::sqrt(sum / count);
}

}  // namespace

TEST_CASE("a voice keeps its colour when its formants are kept, and only then") {
  for (const double fundamental : {110.0, 220.0}) {
    Samples input(48000);
    for (double frequency = fundamental; frequency < 16000; frequency += fundamental)
      for (size_t frame = 0; frame < input.size(); frame++)
        input[frame] += float(vowel_at(frequency) * std::cos(2 * M_PI * frequency * double(frame) / RATE));
    for (const double semitones : {-12.0, -5.0, 5.0, 12.0}) {
      CAPTURE(fundamental);
      CAPTURE(semitones);
      GrainRequest request;
      request.pitch = std::exp2(semitones / 12);
      const auto shifted = [&](bool formants) {
        request.formants = formants;
        return stretched({input}, input.size(), request, RATE, [](GrainRequest&) {})[0];
      };
      CHECK(colour_error(shifted(true), fundamental * request.pitch) < 1);
      CHECK(colour_error(shifted(false), fundamental * request.pitch) > 3);
    }
  }
}

TEST_CASE("noise keeps its level when formants are kept") {
  const Sound input = {noise(96000, 31)};
  GrainRequest request;
  request.formants = true;
  for (const double semitones : {-5.0, 5.0, 12.0}) {
    CAPTURE(semitones);
    request.pitch = std::exp2(semitones / 12);
    const Sound output = stretched(input, 96000, request, RATE, [](GrainRequest&) {});
    // What is shifted beyond half the sample rate is lost.
    const double kept = -10 * std::log10(std::max(1.0, request.pitch));
    CHECK(std::fabs(level(output[0]) - level(input[0]) - kept) < 0.5);
  }
}
