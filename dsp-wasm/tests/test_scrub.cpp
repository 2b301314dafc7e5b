// A playhead that is dragged: what is heard, how fast, and that nothing is heard of a hand that rests.
#include <algorithm>
#include <cmath>

#include "test_engine.h"

using namespace atome;
using namespace atome::test;

namespace {

/// A hand that moves at a speed; returns what is heard.
Stereo drag(TestEngine& engine, double from, double speed, int quanta) {
  Stereo output;
  for (int quantum = 0; quantum < quanta; quantum++) {
    // A hand's places arrive about 60 times a second.
    if (quantum % 6 == 0) REQUIRE(engine.control().scrub(0, from + speed * 128 * quantum) == EngineStatus::OK);
    engine.feed();
    engine.quantum(output);
  }
  return output;
}

double rms(const std::vector<float>& samples, size_t from, size_t to) {
  double squares = 0;
  for (size_t frame = from; frame < to; frame++) squares += double(samples[frame]) * samples[frame];
  return std::sqrt(squares / double(to - from));
}

/// Crossings of zero per second at 48 kHz, halved.
double pitch_of_sine(const std::vector<float>& samples, size_t from, size_t to) {
  int crossings = 0;
  for (size_t frame = from + 1; frame < to; frame++) crossings += (samples[frame] < 0) != (samples[frame - 1] < 0);
  return crossings * 24000.0 / double(to - from);
}

}  // namespace

TEST_CASE("a dragged playhead is heard at its own pitch, forwards and backwards, stretched or not, at every rate") {
  for (const uint32_t rate : {48000u, 44100u, 96000u}) {
    for (const double speed : {0.3, 1.0, 2.5, -0.5, -1.0}) {
      for (const double ratio : {0.0, 1.6}) {
        CAPTURE(rate);
        CAPTURE(speed);
        CAPTURE(ratio);
        TestEngine engine(48000, false);
        engine.load(0, sine(500, 6, rate));
        engine.add(0, 0, {.ratio = ratio});
        engine.commit();
        engine.control().seek(0, 140000, 0);
        engine.render(128);
        const Stereo output = drag(engine, 140000, speed, 240);
        CHECK(rms(output.left, 10240, 30720) == doctest::Approx(0.354).epsilon(0.06));
        CHECK(pitch_of_sine(output.left, 10240, 30720) == doctest::Approx(500).epsilon(0.02));
        CHECK(largest_step(output.left) < 1.3f * 0.5f * 2 * float(M_PI) * 500 / 48000);
        const auto expected = int64_t(140000 + speed * 128 * 240);
        CHECK(std::llabs(engine.engine().renderer.timeline(0).position() - expected) <
              0.12 * 48000 * std::fabs(speed) + 800);
        CHECK(engine.counters().starvedFrames == 0);
      }
    }
  }
}

TEST_CASE("a hand that rests is silent, one that turns round goes through zero without a click") {
  TestEngine engine(48000, false);
  engine.load(0, sine(500, 6, 48000));
  engine.add(0, 0);
  engine.commit();
  engine.control().seek(0, 100000, 0);
  engine.render(128);
  const Stereo there = drag(engine, 100000, 1, 120);
  CHECK(rms(there.left, 7680, 15360) > 0.3);
  const Stereo rest = drag(engine, 115360, 0, 200);
  CHECK(*std::max_element(rest.left.begin() + 19200, rest.left.end()) == 0);
  CHECK(engine.engine().renderer.timeline(0).position() == 115360);
  drag(engine, 115360, 1, 60);
  const Stereo back = drag(engine, 123040, -1, 120);
  CHECK(rms(back.left, 7680, 15360) > 0.3);
  for (const Stereo* part : {&there, &rest, &back})
    CHECK(largest_step(part->left) < 1.3f * 0.5f * 2 * float(M_PI) * 500 / 48000);
}

TEST_CASE("a hand that lets go leaves the playhead where it was led, and gives back what it needed") {
  TestEngine engine(48000, false);
  engine.load(0, sine(500, 6, 48000));
  engine.add(0, 0);
  engine.commit();
  drag(engine, 0, 1, 120);
  CHECK(engine.shared().stretches.shapes.load()->made == 1);
  engine.control().end_scrub();
  engine.control().seek(0, 20000, 0);
  const Stereo after = engine.render(9600);
  CHECK(engine.engine().renderer.timeline(0).position() == 20000);
  CHECK(*std::max_element(after.left.begin() + 2400, after.left.end()) == 0);
  CHECK(largest_step(after.left) < 1.3f * 0.5f * 2 * float(M_PI) * 500 / 48000);
  engine.render(1280);
  CHECK(engine.shared().stretches.shapes.load()->made == 0);
}

TEST_CASE("clips come and go under a dragged playhead, muted ones are not heard, and a removed one fades") {
  TestEngine engine(48000, false);
  engine.load(0, sine(500, 6, 48000));
  engine.load(1, sine(500, 6, 44100));
  engine.add(0, 0, {.frames = 48000});
  engine.add(1, 1, {.start = 2, .gain = 0.5f});
  engine.add(2, 0, {.start = 1, .frames = 24000, .muted = true});
  engine.commit();
  engine.render(128);
  Stereo output = drag(engine, 0, 2, 563);
  CHECK(rms(output.left, 9600, 20000) > 0.3);
  CHECK(*std::max_element(output.left.begin() + 36000, output.left.begin() + 46000) == 0);
  CHECK(rms(output.left, 60000, 72000) == doctest::Approx(0.177).epsilon(0.06));
  engine.control().remove_clip(1);
  engine.commit();
  const Stereo after = drag(engine, 144128, 2, 60);
  CHECK(*std::max_element(after.left.begin() + 2400, after.left.end()) == 0);
  output.left.insert(output.left.end(), after.left.begin(), after.left.end());
  CHECK(largest_step(output.left) < 1.4f * 0.5f * 2 * float(M_PI) * 500 / 48000);
}

TEST_CASE("a timeline that plays is not dragged, and one that is dragged can be played") {
  TestEngine engine(48000, false);
  engine.load(0, sine(500, 6, 48000));
  engine.add(0, 0);
  engine.commit();
  engine.control().play(0, 1000, 0);
  drag(engine, 100000, 1, 20);
  CHECK(engine.engine().renderer.timeline(0).position() == 1000 + 20 * 128);
  engine.control().stop(0, 0);
  drag(engine, 3560, 1, 60);
  engine.control().end_scrub();
  engine.control().play(0, 50000, 0);
  const Stereo playing = engine.render(12800);
  CHECK(engine.engine().renderer.timeline(0).position() == 62800);
  CHECK(rms(playing.left, 4800, 12800) == doctest::Approx(0.354).epsilon(0.01));
}
