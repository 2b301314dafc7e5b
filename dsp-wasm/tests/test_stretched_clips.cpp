// Stretched clips in the engine: where they sound, how loud, and that nothing depends on when the work was done.
#include <algorithm>
#include <cmath>

#include "test_engine.h"

using namespace atome;
using namespace atome::test;

namespace {

constexpr double RATE = 48000;

/// Silence with one sample of 0.9.
Sound click(int64_t frames, int64_t at, uint32_t rate = uint32_t(RATE)) {
  Sound sound{1, rate, std::vector<float>(size_t(frames))};
  sound.samples[size_t(at)] = 0.9f;
  return sound;
}

int64_t loudest(const std::vector<float>& samples) {
  const auto found =
      std::max_element(samples.begin(), samples.end(), [](float a, float b) { return std::fabs(a) < std::fabs(b); });
  return found - samples.begin();
}

double rms(const std::vector<float>& samples, int64_t from, int64_t to) {
  double squares = 0;
  for (int64_t frame = from; frame < to; frame++) squares += double(samples[size_t(frame)]) * samples[size_t(frame)];
  return std::sqrt(squares / double(to - from));
}

int64_t different(const std::vector<float>& a, const std::vector<float>& b, size_t shift = 0) {
  int64_t count = 0;
  for (size_t frame = 0; frame < std::min(a.size(), b.size() - shift); frame++) count += a[frame] != b[frame + shift];
  return count;
}

}  // namespace

TEST_CASE("a stretched clip is as long as its ratio says, and silent before and after") {
  for (const double ratio : {0.1, 0.5, 0.83, 1.0, 1.21, 2.0, 10.0}) {
    CAPTURE(ratio);
    TestEngine engine;
    engine.load(0, sine(440, 0.25, 48000));
    engine.add(0, 0, {.start = 0.1, .ratio = ratio, .semitones = 3});
    engine.commit();
    REQUIRE(engine.control().play(0, 0, 0) == EngineStatus::OK);
    const auto frames = int64_t(std::round(12000 * ratio));
    const Stereo output = engine.render(4800 + frames + 4800);
    CHECK(*std::max_element(output.left.begin(), output.left.begin() + 4800) == 0);
    CHECK(*std::max_element(output.left.begin() + 4800 + frames, output.left.end()) == 0);
    CHECK(rms(output.left, 4800, 4800 + std::min<int64_t>(frames, 1200)) > 0.25);
    CHECK(rms(output.left, 4800 + std::max<int64_t>(0, frames - 480), 4800 + frames) > 0.1);
    CHECK(engine.counters().starvedFrames == 0);
    CHECK(engine.counters().lateFrames == 0);
  }
}

TEST_CASE("a click sounds within a millisecond of its place at every ratio, pitch and rate") {
  for (const uint32_t rate : {48000u, 44100u, 96000u}) {
    for (const double ratio : {0.5, 0.9, 1.1, 2.0, 4.0}) {
      for (const double semitones : {0.0, 7.0, -7.0}) {
        CAPTURE(rate);
        CAPTURE(ratio);
        CAPTURE(semitones);
        TestEngine engine;
        engine.load(0, click(rate, rate / 3, rate));
        engine.add(0, 0, {.start = 0.05, .ratio = ratio, .semitones = semitones});
        engine.commit();
        engine.control().play(0, 0, 0);
        const double expected = RATE * (0.05 + ratio / 3);
        const Stereo output = engine.render(int64_t(expected) + 4800);
        CHECK(std::fabs(double(loudest(output.left)) - expected) < 48);
      }
    }
  }
}

TEST_CASE("a stretched clip is as loud with its first sample as it is later") {
  TestEngine engine(48000, false);
  engine.load(0, sine(300, 2, 48000));
  engine.add(0, 0, {.start = 0.5, .ratio = 1.5});
  engine.commit();
  engine.control().play(0, 0, 0);
  const Stereo output = engine.render(72000);
  // A period has 160 frames.
  for (int64_t from = 24000; from < 70000; from += 160)
    CHECK(rms(output.left, from, from + 160) == doctest::Approx(0.5 / std::sqrt(2)).epsilon(0.02));
}

TEST_CASE("live and offline are the same samples") {
  for (const uint32_t rate : {48000u, 44100u}) {
    CAPTURE(rate);
    Stereo rendered[2];
    for (const bool offline : {false, true}) {
      TestEngine engine(48000, offline, 1024);
      engine.load(0, noise(rate * 2, 2, rate, 5));
      engine.load(1, sine(220, 2, rate));
      for (uint32_t clip = 0; clip < 8; clip++)
        engine.add(clip, clip % 2,
                   {.start = 0.11 * clip, .gain = 0.2f, .ratio = 0.6 + 0.2 * clip, .semitones = clip - 4.0});
      engine.commit();
      engine.render(128);
      engine.control().play(0, 0, 512);
      rendered[offline] = engine.render(96000);
      CHECK(engine.counters().lateFrames == 0);
    }
    // The start of a render is a cut.
    for (auto& output : rendered) output.left.erase(output.left.begin(), output.left.begin() + 1024);
    CHECK(different(rendered[0].left, rendered[1].left) == 0);
  }
}

TEST_CASE("the halves of a split null against the whole") {
  for (const uint32_t rate : {48000u, 44100u}) {
    Stereo rendered[2];
    for (const bool split : {false, true}) {
      TestEngine engine(48000, false);
      engine.load(0, noise(rate, 2, rate, 7));
      const double ratio = 1.37;
      const double whole = std::round(rate * ratio), cut = std::round(20011 * ratio);
      if (split) {
        engine.add(0, 0, {.frames = cut, .ratio = ratio});
        engine.add(1, 0, {.start = cut / rate, .sourceStart = cut, .frames = whole - cut, .ratio = ratio});
      } else {
        engine.add(0, 0, {.ratio = ratio});
      }
      engine.commit();
      engine.control().play(0, 0, 0);
      rendered[split] = engine.render(60000);
    }
    CHECK(different(rendered[0].left, rendered[1].left) == 0);
    CHECK(different(rendered[0].right, rendered[1].right) == 0);
  }
}

TEST_CASE("clips that play the same at the same time share one stretcher, bit for bit") {
  Stereo rendered[2];
  for (const bool parts : {false, true}) {
    TestEngine engine(48000, false);
    engine.load(0, sine(300, 1, 48000));
    if (parts) {
      // The second begins 240 frames before the first ends, crossfaded.
      engine.add(0, 0, {.frames = 30240, .cutAfter = 17760, .cutFadeOut = 240, .ratio = 1.0, .semitones = 2});
      engine.add(1, 0,
                 {.start = 30000 / RATE,
                  .sourceStart = 30000,
                  .cutBefore = 30000,
                  .cutFadeIn = 240,
                  .ratio = 1.0,
                  .semitones = 2});
    } else {
      engine.add(0, 0, {.ratio = 1.0, .semitones = 2});
    }
    engine.commit();
    engine.control().play(0, 0, 0);
    rendered[parts] = engine.render(47000);
    CHECK(engine.counters().stretchSteps < 1.1 * 2 * 48000 * std::exp2(2.0 / 12) / 560);
  }
  CHECK(largest_difference(rendered[0].left, rendered[1].left) < 1e-6f);
}

TEST_CASE("a clip that is split, joined and renamed while it plays goes on as if nothing had happened") {
  Stereo rendered[2];
  for (const bool edited : {false, true}) {
    TestEngine engine(48000, false);
    engine.load(0, noise(96000, 2, 48000, 7));
    const double ratio = 1.37, cut = 40000;
    engine.add(0, 0, {.ratio = ratio});
    engine.commit();
    engine.render(12800);
    engine.control().play(0, 0, 0);
    Stereo& output = rendered[edited];
    const auto play_for = [&](int64_t frames) {
      const Stereo part = engine.render(frames);
      output.left.insert(output.left.end(), part.left.begin(), part.left.end());
    };
    play_for(38400);
    const ClipSpec first = engine.spec(0, 0, {.frames = cut, .ratio = ratio});
    const ClipOptions second = {.start = cut / RATE, .sourceStart = cut, .ratio = ratio};
    if (edited) {
      engine.control().update_clip(first);
      engine.add(1, 0, second);
      engine.commit();
    }
    play_for(19200);
    if (edited) {
      engine.control().remove_clip(1);
      engine.control().update_clip(engine.spec(0, 0, {.ratio = ratio}));
      engine.commit();
    }
    play_for(19200);
    if (edited) {
      engine.control().update_clip(first);
      engine.add(2, 0, second);
      engine.commit();
    }
    play_for(19200);
  }
  CHECK(different(rendered[0].left, rendered[1].left) == 0);
}

TEST_CASE("files and contexts of any rate are stretched to the ends of all ranges without missing a page") {
  for (const uint32_t context : {8000u, 192000u}) {
    for (const uint32_t rate : {1u, 8000u, 192000u}) {
      for (const double ratio : {0.1, 10.0}) {
        for (const double semitones : {-24.0, 24.0}) {
          CAPTURE(context);
          CAPTURE(rate);
          CAPTURE(ratio);
          CAPTURE(semitones);
          TestEngine engine(context, false, 2048);
          engine.load(0, noise(std::max(rate, 20u), 2, rate, 1));
          engine.add(0, 0, {.start = 0.01, .ratio = ratio, .semitones = semitones});
          engine.commit();
          engine.control().play(0, 0, 0);
          engine.render(context / 16);
          engine.control().seek(0, context / 20, 0);
          const Stereo output = engine.render(context / 16);
          CHECK(
              std::all_of(output.left.begin(), output.left.end(), [](float sample) { return std::isfinite(sample); }));
          CHECK(engine.counters().starvedFrames == 0);
        }
      }
    }
  }
}
