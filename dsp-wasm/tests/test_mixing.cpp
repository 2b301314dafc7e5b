// Clips into the mix: bit-exact where nothing is processed, equal to a naive mixer elsewhere.
#include <algorithm>
#include <tuple>

#include "test_engine.h"

using namespace atome;
using namespace atome::test;

namespace {

struct NaiveClip {
  uint32_t slot;
  const Sound* sound;
  ClipOptions options;
};

/// Sums in float32 by start and slot, one clip after the other.
Stereo naive_mix(std::vector<NaiveClip> clips, int64_t from, int64_t frames) {
  const auto startOf = [](const NaiveClip& clip) { return std::llround(clip.options.start * clip.sound->rate); };
  std::sort(clips.begin(), clips.end(), [&](const NaiveClip& a, const NaiveClip& b) {
    return std::tuple(startOf(a), a.slot) < std::tuple(startOf(b), b.slot);
  });
  Stereo mix{std::vector<float>(size_t(frames)), std::vector<float>(size_t(frames))};
  for (const NaiveClip& clip : clips) {
    const StereoGain gain = clip.options.muted ? StereoGain{} : pan_gain(clip.options.gain, clip.options.pan);
    for (int64_t frame = 0; frame < frames; frame++) {
      const int64_t played = from + frame - startOf(clip);
      if (played < 0 || played >= int64_t(clip.options.frames)) continue;
      const int64_t source = int64_t(clip.options.sourceStart) + played;
      const uint32_t last = clip.sound->channels - 1;
      mix.left[size_t(frame)] += clip.sound->at(source, 0) * gain.left;
      mix.right[size_t(frame)] += clip.sound->at(source, last) * gain.right;
    }
  }
  return mix;
}

}  // namespace

TEST_CASE("one clip at gain 1 and pan 0 is its file, bit for bit") {
  TestEngine engine;
  const Sound sound = noise(40000, 2, 48000, 1);
  engine.load(0, sound);
  engine.add(0, 0);
  engine.commit();
  REQUIRE(engine.control().play(0, 0, 0) == EngineStatus::OK);
  const Stereo output = engine.render(40960);
  int64_t different = 0;
  for (int64_t frame = 0; frame < 40000; frame++) {
    different += output.left[size_t(frame)] != sound.at(frame, 0) || output.right[size_t(frame)] != sound.at(frame, 1);
  }
  CHECK(different == 0);
  CHECK(output.left[40000] == 0);
  CHECK(engine.counters().starvedFrames == 0);
}

TEST_CASE("random sessions equal the naive mixer bit for bit") {
  for (uint32_t seed = 1; seed <= 20; seed++) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto between = [&](int64_t low, int64_t high) { return low + int64_t(random() % uint64_t(high - low + 1)); };
    TestEngine engine(48000, true, 512);
    std::vector<Sound> sounds;
    for (uint32_t file = 0; file < 4; file++)
      sounds.push_back(noise(between(1, 60000), 1 + file % 2, 48000, seed * 10 + file));
    for (uint32_t file = 0; file < 4; file++) engine.load(file, sounds[file]);
    std::vector<NaiveClip> clips;
    for (uint32_t slot = 0; slot < 60; slot++) {
      const auto file = uint32_t(between(0, 3));
      ClipOptions options;
      options.start = double(between(0, 30000)) / 48000;
      options.sourceStart = double(between(0, sounds[file].frames() - 1));
      options.frames = double(between(0, sounds[file].frames() - int64_t(options.sourceStart)));
      options.gain = slot % 3 == 0 ? 1 : float(between(0, 2000)) / 1000;
      options.pan = slot % 4 == 0 ? 0 : float(between(-100, 100)) / 100;
      options.muted = slot % 7 == 0;
      engine.add(slot, file, options);
      clips.push_back({slot, &sounds[file], options});
    }
    engine.commit();
    const int64_t from = between(0, 20000);
    REQUIRE(engine.control().play(0, double(from), 0) == EngineStatus::OK);
    const Stereo output = engine.render(30720);
    const Stereo expected = naive_mix(clips, from, 30720);
    CHECK(largest_difference(output.left, expected.left) == 0);
    CHECK(largest_difference(output.right, expected.right) == 0);
  }
}

TEST_CASE("a split clip sounds exactly like the whole one, at every rate") {
  for (const uint32_t rate : {8000u, 11025u, 22050u, 44100u, 44099u, 48000u, 88200u, 96000u, 192000u}) {
    CAPTURE(rate);
    const Sound sound = noise(rate, 2, rate, rate);
    Stereo outputs[2];
    for (const bool split : {false, true}) {
      TestEngine engine;
      engine.load(0, sound);
      const double cut = std::floor(rate * 0.3137);
      engine.add(0, 0, {.start = 0.01, .frames = split ? cut : -1, .gain = 0.7f, .pan = 0.3f});
      if (split) engine.add(1, 0, {.start = 0.01 + cut / rate, .sourceStart = cut, .gain = 0.7f, .pan = 0.3f});
      engine.commit();
      REQUIRE(engine.control().play(0, 0, 0) == EngineStatus::OK);
      outputs[split] = engine.render(40960);
    }
    CHECK(largest_difference(outputs[0].left, outputs[1].left) == 0);
    CHECK(largest_difference(outputs[0].right, outputs[1].right) == 0);
    CHECK(*std::max_element(outputs[0].left.begin(), outputs[0].left.end()) > 0.1f);
  }
}

TEST_CASE("fades follow 3x^2 - 2x^3 and neighbours that crossfade add up to the whole") {
  const Sound sound{1, 48000, std::vector<float>(20000, 1.0f)};
  TestEngine engine;
  engine.load(0, sound);
  engine.add(0, 0, {.frames = 6000, .fadeIn = 1000, .fadeOut = 2000});
  engine.add(1, 0, {.start = 4000.0 / 48000, .frames = 6000, .fadeIn = 2000});
  engine.commit();
  REQUIRE(engine.control().play(0, 0, 0) == EngineStatus::OK);
  const Stereo output = engine.render(10240);
  CHECK(output.left[0] == 0);
  CHECK(output.left[250] == doctest::Approx(0.15625).epsilon(1e-6));
  CHECK(output.left[500] == doctest::Approx(0.5).epsilon(1e-6));
  float largest = 0;
  for (size_t frame = 1000; frame < 10000; frame++) largest = std::max(largest, std::fabs(output.left[frame] - 1));
  CHECK(largest < 3e-7f);
  CHECK(output.left[10000] == 0);
}

TEST_CASE("a clip cut in two keeps its fades, and parts that crossfade add up to the whole") {
  const Sound sound = noise(20000, 1, 48000, 1);
  TestEngine whole;
  whole.load(0, sound);
  whole.add(0, 0, {.frames = 10000, .fadeIn = 3000, .fadeOut = 6000});
  whole.commit();
  TestEngine parts;
  parts.load(0, sound);
  parts.add(0, 0,
            {.frames = 2240, .fadeIn = 3000, .fadeOut = 6000, .cutBefore = 0, .cutAfter = 7760, .cutFadeOut = 240});
  parts.add(1, 0,
            {.start = 2000.0 / 48000,
             .sourceStart = 2000,
             .frames = 8000,
             .fadeIn = 3000,
             .fadeOut = 6000,
             .cutBefore = 2000,
             .cutFadeIn = 240});
  parts.commit();
  REQUIRE(whole.control().play(0, 0, 0) == EngineStatus::OK);
  REQUIRE(parts.control().play(0, 0, 0) == EngineStatus::OK);
  const Stereo expected = whole.render(10240);
  const Stereo heard = parts.render(10240);
  CHECK(largest_difference(expected.left, heard.left) < 1e-6f);
  CHECK(*std::max_element(heard.left.begin(), heard.left.end()) > 0.1f);
}

TEST_CASE("pan is 0 dB in the centre and constant power towards the sides") {
  CHECK(pan_gain(1, 0) == StereoGain{1, 1});
  CHECK(pan_gain(0.25f, 0) == StereoGain{0.25f, 0.25f});
  CHECK(pan_gain(1, -1).left == doctest::Approx(std::sqrt(2.0)));
  CHECK(pan_gain(1, -1).right == 0);
  CHECK(pan_gain(1, 1).left == 0);
  for (float pan = -1; pan <= 1; pan += 0.125f) {
    const StereoGain gain = pan_gain(1, pan);
    CHECK(gain.left * gain.left + gain.right * gain.right == doctest::Approx(2).epsilon(1e-6));
  }
}

TEST_CASE("every channel layout reaches its sides") {
  struct Layout {
    uint32_t channels;
    float left;
    float right;
  };
  // Channel c holds 2^c, so that the sums tell which channels went where.
  const float centre = float(std::sqrt(0.5));
  for (const Layout layout : {Layout{1, 1, 1}, Layout{2, 1, 2}, Layout{3, 1 + 4, 2}, Layout{4, 1 + 4, 2 + 8},
                              Layout{6, 1 + 4 * centre + 16, 2 + 4 * centre + 32}, Layout{8, 85, 170}}) {
    CAPTURE(layout.channels);
    Sound sound{layout.channels, 48000, {}};
    for (uint32_t sample = 0; sample < 512 * layout.channels; sample++) {
      sound.samples.push_back(float(1 << sample % layout.channels));
    }
    TestEngine engine;
    engine.load(0, sound);
    engine.add(0, 0);
    engine.commit();
    REQUIRE(engine.control().play(0, 0, 0) == EngineStatus::OK);
    const Stereo output = engine.render(256);
    CHECK(output.left[100] == doctest::Approx(layout.left));
    CHECK(output.right[100] == doctest::Approx(layout.right));
  }
}

TEST_CASE("gain, pan and mute glide over 256 frames") {
  TestEngine engine(48000, false);
  engine.load(0, Sound{1, 48000, std::vector<float>(20000, 1.0f)});
  engine.add(0, 0);
  engine.commit();
  REQUIRE(engine.control().play(0, 0, 0) == EngineStatus::OK);
  engine.render(256);
  REQUIRE(engine.control().set_clip_mix(0, 0.5f, 0, false) == EngineStatus::OK);
  const Stereo down = engine.render(512);
  CHECK(largest_step(down.left) <= 0.5f / 256 + 1e-6f);
  CHECK(down.left[128] == doctest::Approx(0.75));
  CHECK(down.left[256] == 0.5f);
  REQUIRE(engine.control().set_clip_mix(0, 0.5f, 0, true) == EngineStatus::OK);
  const Stereo muted = engine.render(512);
  CHECK(largest_step(muted.left) <= 0.5f / 256 + 1e-6f);
  CHECK(muted.left[256] == 0);
}
