// Onsets against material whose onsets are known, and against what has none.
#include <doctest/doctest.h>

#include <cstring>
#include <limits>
#include <random>

#include "onset_material.h"

using namespace atome;
using namespace atome::material;

namespace {

constexpr double kPercussive = 0.005;

std::vector<Recording> percussion(double rate) {
  std::vector<Recording> all;
  all.push_back(drums(rate, 8, 120));
  all.push_back(drums(rate, 8, 174));
  Recording& clicks = all.emplace_back(rate, 8);
  for (int index = 0; index < 16; index++) clicks.click(0.1 + index * 0.47, 0.05 + 0.09 * (index * 7 % 10));
  Recording& roll = all.emplace_back(rate, 6);
  for (int index = 0; index < 40; index++) roll.snare(0.1 + index * 0.0625 + (index / 4) * 0.1, 0.5);
  Recording& plucks = all.emplace_back(rate, 8);
  for (int index = 0; index < 19; index++) plucks.pluck(0.1 + index * 0.4, 110 * std::exp2((index * 7 % 24) / 12.0));
  Recording& bass = all.emplace_back(drums(rate, 6, 100));
  bass.truth.push_back(0);
  bass.add(0, 6, [](double t) { return 0.3 * std::sin(kTurn * 55 * t) + 0.1 * std::sin(kTurn * 110.3 * t); });
  return all;
}

/// Onsets later than what a recording that breaks in begins with.
size_t later(const std::vector<Onset>& onsets) {
  return static_cast<size_t>(
      std::count_if(onsets.begin(), onsets.end(), [](const Onset& onset) { return onset.seconds > 0.02; }));
}

bool same(const std::vector<Onset>& a, const std::vector<Onset>& b) {
  const auto equal = [](const Onset& x, const Onset& y) { return x.seconds == y.seconds && x.strength == y.strength; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), equal);
}

void check_sound(const std::vector<Onset>& onsets, double seconds) {
  double before = -1;
  for (const Onset& onset : onsets) {
    CHECK(onset.seconds >= std::max(0.0, before + 0.029));
    CHECK(onset.seconds <= seconds);
    CHECK(onset.strength >= 0);
    CHECK(onset.strength <= 1);
    before = onset.seconds;
  }
}

}  // namespace

TEST_CASE("drums, clicks, rolls and plucks: F at least 0.95 within 5 ms, median error below 1 ms") {
  for (const double rate : {44100.0, 48000.0, 96000.0}) {
    for (const Recording& recording : percussion(rate)) {
      const auto result = score(recording.sorted(), detect(recording.samples, rate), kPercussive);
      CAPTURE(rate);
      CAPTURE(result.missed);
      CAPTURE(result.extra);
      CHECK(result.f >= 0.95);
      CHECK(result.median() < 1);
    }
  }
}

TEST_CASE("drums, plucks, pads and hiss together: F at least 0.85 within 5 ms, and 50 dB lower as well") {
  for (const double rate : {44100.0, 96000.0}) {
    Recording recording = band(rate, 8);
    const auto truth = recording.sorted();
    CHECK(score(truth, detect(recording.samples, rate), kPercussive).f >= 0.85);
    for (float& sample : recording.samples) sample *= 0.003f;
    CHECK(score(truth, detect(recording.samples, rate), kPercussive).f >= 0.85);
  }
}

TEST_CASE("every soft pad is found within 25 ms, and nothing else") {
  Recording recording(48000, 14);
  for (int index = 0; index < 6; index++)
    recording.pad(0.5 + index * 2.2, 110 * std::exp2((index * 7 % 24) / 12.0), 2.1);
  CHECK(score(recording.sorted(), detect(recording.samples, 48000), 0.025).f == 1);
}

TEST_CASE("silence and a constant offset have no onset") {
  std::vector<float> samples(96000, 0.0f);
  CHECK(detect(samples, 48000).empty());
  std::fill(samples.begin(), samples.end(), 0.3f);
  CHECK(detect(samples, 48000).empty());
}

TEST_CASE("what goes on evenly has no onset but where it begins") {
  const auto steady = [](auto&& sound) {
    Recording recording(44100, 10);
    recording.add(0, 10, sound);
    return later(detect(recording.samples, 44100));
  };
  CHECK(steady([](double t) { return 0.5 * std::sin(kTurn * 440 * t); }) == 0);
  CHECK(steady([](double t) { return 0.5 * std::sin(kTurn * 60 * t) + 0.3 * std::sin(kTurn * 61.5 * t); }) == 0);
  CHECK(steady([](double t) { return 0.5 * std::sin(kTurn * (440 * t + 1.45 * std::sin(kTurn * 5.5 * t))); }) == 0);
  for (const double level : {0.0001, 0.001, 0.1}) {
    Recording recording(44100, 10);
    recording.hiss(level);
    CHECK(later(detect(recording.samples, 44100)) <= 2);
  }
}

TEST_CASE("the ring of a bell over an offset begins at the same sample") {
  Recording recording(48000, 2);
  recording.play(1, 0.8, [](double t) { return 0.5 * std::sin(kTurn * 700 * t) * std::exp(-t * 6); });
  const auto plain = detect(recording.samples, 48000);
  for (float& sample : recording.samples) sample += 0.4f;
  const auto offset = detect(recording.samples, 48000);
  REQUIRE(plain.size() == 1);
  REQUIRE(offset.size() == 1);
  CHECK(std::fabs(plain[0].seconds - 1) < 0.0005);
  CHECK(std::fabs(offset[0].seconds - 1) < 0.0005);
}

TEST_CASE("louder attacks are stronger") {
  Recording recording(48000, 4);
  recording.hiss(0.002);
  recording.click(1, 0.02);
  recording.click(2, 0.2);
  recording.click(3, 0.9);
  const auto onsets = detect(recording.samples, 48000);
  std::vector<float> strengths;
  for (const Onset& onset : onsets) {
    if (onset.seconds > 0.5) strengths.push_back(onset.strength);
  }
  REQUIRE(strengths.size() == 3);
  CHECK(strengths[0] < strengths[1]);
  CHECK(strengths[1] < strengths[2]);
}

TEST_CASE("channels out of phase are heard like one channel") {
  const Recording recording = drums(48000, 6, 120);
  std::vector<float> opposed;
  for (const float sample : recording.samples) {
    opposed.push_back(sample);
    opposed.push_back(-sample);
  }
  CHECK(score(recording.sorted(), detect(opposed, 48000, 2), kPercussive).f >= 0.95);
}

TEST_CASE("pieces of 1, 77 and all frames give the same onsets") {
  const Recording recording = drums(22050, 4, 120);
  const auto whole = detect(recording.samples, 22050, 1, 1u << 20);
  CHECK(!whole.empty());
  for (const uint32_t piece : {1u, 77u}) CHECK(same(detect(recording.samples, 22050, 1, piece), whole));
}

TEST_CASE("NaN, infinities, extremes and any rate give ordered onsets inside the recording") {
  std::mt19937 random(4);
  const float values[] = {NAN, INFINITY, -INFINITY, std::numeric_limits<float>::max(), -1e30f, 1e-40f, 0, 1};
  std::vector<float> samples(40000);
  for (float& sample : samples) sample = values[random() % 8];
  for (const double rate : {1.0, 100.0, 8000.0, 48000.0, 768000.0}) {
    for (const uint32_t channels : {1u, 3u, 32u}) {
      check_sound(detect(samples, rate, channels), static_cast<double>(samples.size()) / channels / rate);
    }
  }
}

TEST_CASE("recordings of no and of few frames are judged, too") {
  for (const size_t frames : {0u, 1u, 2u, 63u, 500u}) check_sound(detect(std::vector<float>(frames, 0.5f), 48000), 1);
}

TEST_CASE("a detector without channels, with 33, or without a rate is refused") {
  CHECK(OnsetDetector::create(48000, 0) == nullptr);
  CHECK(OnsetDetector::create(48000, 33) == nullptr);
  CHECK(OnsetDetector::create(0, 1) == nullptr);
  CHECK(OnsetDetector::create(768001, 1) == nullptr);
}
