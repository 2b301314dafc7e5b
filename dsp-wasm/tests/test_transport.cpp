// Play, stop, seek, loop and edits: exact frames, and no step that the sound itself does not have.
#include <algorithm>

#include "test_engine.h"

using namespace atome;
using namespace atome::test;

namespace {

constexpr int64_t RATE = 48000;

/// Mono sound whose sample is its frame number, scaled to stay exact.
Sound counting(int64_t frames) {
  Sound sound{1, uint32_t(RATE), {}};
  for (int64_t frame = 0; frame < frames; frame++) sound.samples.push_back(float(frame));
  return sound;
}

}  // namespace

TEST_CASE("a command takes effect on its exact frame, in the middle of a quantum too") {
  for (const int64_t at : {0, 1, 77, 127, 128, 129, 1000, 5555}) {
    CAPTURE(at);
    TestEngine engine;
    engine.load(0, Sound{1, 48000, std::vector<float>(1000, 1.0f)});
    engine.add(0, 0);
    engine.commit();
    REQUIRE(engine.control().play(0, 0, double(at)) == EngineStatus::OK);
    const Stereo output = engine.render(8192);
    for (int64_t frame = 0; frame < 8192; frame++) {
      REQUIRE(output.left[size_t(frame)] == (frame >= at && frame < at + 1000 ? 1.0f : 0.0f));
    }
  }
}

TEST_CASE("commands for one frame happen in the order they were given") {
  TestEngine engine;
  engine.load(0, counting(20000));
  engine.add(0, 0);
  engine.commit();
  REQUIRE(engine.control().play(0, 0, 300) == EngineStatus::OK);
  REQUIRE(engine.control().stop(0, 300) == EngineStatus::OK);
  REQUIRE(engine.control().play(0, 5000, 300) == EngineStatus::OK);
  REQUIRE(engine.control().play(0, 9000, 200) == EngineStatus::OK);
  const Stereo output = engine.render(1024);
  CHECK(output.left[199] == 0);
  CHECK(output.left[200] == 9000);
  CHECK(output.left[800] == 5500);
}

TEST_CASE("a loop repeats to the frame and its wraps add up to the clip between them") {
  constexpr int64_t start = 1000, end = 1777;
  TestEngine engine(48000, false);
  engine.load(0, Sound{1, 48000, std::vector<float>(20000, 0.25f)});
  engine.add(0, 0);
  engine.commit();
  REQUIRE(engine.control().set_loop(0, start, end, 0) == EngineStatus::OK);
  REQUIRE(engine.control().play(0, start, 0) == EngineStatus::OK);
  const Stereo output = engine.render(48000);
  float largest = 0;
  for (size_t frame = 128; frame < 48000; frame++) largest = std::max(largest, std::fabs(output.left[frame] - 0.25f));
  CHECK(largest < 1e-6f);
  CHECK(engine.shared().states[0].movedAt == 48000 / (end - start) * (end - start));
  CHECK(engine.engine().renderer.timeline(0).position() == start + 48000 % (end - start));
}

TEST_CASE("a clip that starts and ends with the loop is repeated bit for bit") {
  constexpr int64_t length = 5000;
  TestEngine engine(48000, false);
  const Sound sound = noise(length, 2, 48000, 3);
  engine.load(0, sound);
  engine.add(0, 0, {.start = 2400.0 / RATE});
  engine.commit();
  REQUIRE(engine.control().set_loop(0, 2400, 2400 + length, 0) == EngineStatus::OK);
  REQUIRE(engine.control().play(0, 2400, 0) == EngineStatus::OK);
  const Stereo output = engine.render(64000);
  int64_t different = 0;
  for (int64_t frame = 0; frame < 64000; frame++) {
    different += output.left[size_t(frame)] != sound.at(frame % length, 0);
  }
  CHECK(different == 0);
}

TEST_CASE("a loop wraps at its frame whatever the quantum and the loop's length") {
  for (const int64_t length : {128, 129, 200, 1023, 4096}) {
    CAPTURE(length);
    TestEngine engine;
    engine.load(0, counting(20000));
    engine.add(0, 0);
    engine.commit();
    REQUIRE(engine.control().set_loop(0, 0, double(length), 0) == EngineStatus::OK);
    REQUIRE(engine.control().play(0, 0, 0) == EngineStatus::OK);
    for (int64_t done = 128; done < 20000; done += 128) {
      engine.render(128);
      REQUIRE(engine.engine().renderer.timeline(0).position() == done % length);
    }
  }
}

TEST_CASE("loops shorter than a declick are refused, an empty one switches looping off") {
  TestEngine engine;
  CHECK(engine.control().set_loop(0, 100, 227, 0) == EngineStatus::BAD_ARGUMENT);
  CHECK(engine.control().set_loop(0, 100, 228, 0) == EngineStatus::OK);
  CHECK(engine.control().set_loop(0, 0, 0, 0) == EngineStatus::OK);
  CHECK(engine.control().set_loop(0, -5, 1000, 0) == EngineStatus::BAD_ARGUMENT);
  CHECK(engine.control().play(0, NAN, 0) == EngineStatus::BAD_ARGUMENT);
  CHECK(engine.control().play(64, 0, 0) == EngineStatus::BAD_ARGUMENT);
}

TEST_CASE("play, stop, seek, wraps, edits and panic leave no step beyond a declick's slope") {
  // A 100 Hz sine at 0.5 moves 0.0066 per frame; fading 0.5 over 128 frames adds 0.0039 per side.
  constexpr float bound = 0.0066f + 2 * 0.5f / 128 + 1e-4f;
  for (const uint32_t rate : {48000u, 44100u, 8000u, 96000u}) {
    CAPTURE(rate);
    TestEngine engine(48000, false, 512);
    engine.load(0, sine(100, 4, rate));
    engine.add(0, 0);
    engine.add(1, 0, {.start = 1.0, .frames = double(rate), .gain = 0});
    engine.commit();
    Stereo output;
    const auto play_for = [&](int64_t frames) {
      const Stereo part = engine.render(frames);
      output.left.insert(output.left.end(), part.left.begin(), part.left.end());
    };
    Control& control = engine.control();
    control.play(0, 12345, 0);
    play_for(2000);
    control.seek(0, 77777, double(engine.counters().masterFrame + 100));
    play_for(2000);
    control.seek(0, 3333, double(engine.counters().masterFrame + 5));
    control.seek(0, 44444, double(engine.counters().masterFrame + 60));
    play_for(2000);
    control.play(0, 50000, 0);
    control.set_loop(0, 49000, 50500, 0);
    play_for(9000);
    control.set_loop(0, 0, 0, 0);
    ClipSpec spec = engine.spec(0, 0, {.sourceStart = 1234});
    control.update_clip(spec);
    engine.commit();
    play_for(50);
    control.remove_clip(0);
    engine.commit();
    play_for(1000);
    control.add_clip(spec);
    engine.commit();
    play_for(1000);
    control.stop(0, 0);
    play_for(1000);
    CHECK(output.left.back() == 0);
    control.play(0, 60000, 0);
    play_for(1000);
    control.panic();
    play_for(512);
    CHECK(output.left.back() == 0);
    CHECK(largest_step(output.left) < bound);
  }
}

TEST_CASE("a clip entered at its start keeps its attack, entered in the middle it fades in over 128 frames") {
  TestEngine engine(48000, false);
  engine.load(0, Sound{1, 48000, std::vector<float>(20000, 1.0f)});
  engine.add(0, 0, {.start = 0.1});
  engine.commit();
  engine.control().play(0, 4800, 0);
  const Stereo natural = engine.render(256);
  CHECK(natural.left[0] == 1);
  engine.control().stop(0, 0);
  engine.render(256);
  engine.control().play(0, 5000, 0);
  const Stereo middle = engine.render(256);
  for (size_t frame = 0; frame < 128; frame++) REQUIRE(middle.left[frame] == float(frame) / 128);
  CHECK(middle.left[128] == 1);
}

TEST_CASE("stop fades out over 128 frames and nothing follows") {
  TestEngine engine;
  engine.load(0, Sound{1, 48000, std::vector<float>(20000, 1.0f)});
  engine.add(0, 0);
  engine.commit();
  engine.control().play(0, 0, 0);
  engine.control().stop(0, 300);
  const Stereo output = engine.render(1024);
  CHECK(output.left[299] == 1);
  for (size_t frame = 0; frame < 128; frame++) REQUIRE(output.left[300 + frame] == float(128 - frame) / 128);
  CHECK(*std::max_element(output.left.begin() + 428, output.left.end()) == 0);
}

TEST_CASE("an edit while playing leaves unchanged clips bit-exact") {
  TestEngine engine(48000, false);
  const Sound sound = noise(40000, 2, 48000, 5);
  engine.load(0, sound);
  engine.add(0, 0);
  engine.commit();
  engine.control().play(0, 0, 0);
  Stereo output = engine.render(1000);
  engine.add(1, 0, {.start = 0.5});
  engine.commit(0, 1100);
  const Stereo rest = engine.render(15000);
  output.left.insert(output.left.end(), rest.left.begin(), rest.left.end());
  int64_t different = 0;
  for (int64_t frame = 0; frame < 15000; frame++) different += output.left[size_t(frame)] != sound.at(frame, 0);
  CHECK(different == 0);
}

TEST_CASE("timelines run side by side, each with its own transport and gain") {
  TestEngine engine;
  engine.load(0, Sound{1, 48000, std::vector<float>(20000, 0.25f)});
  for (uint32_t timeline = 0; timeline < MAX_TIMELINES; timeline++) {
    engine.add(timeline, 0, {.timeline = timeline});
    engine.commit(timeline);
    engine.control().play(timeline, 0, double(timeline * 100));
  }
  const Stereo output = engine.render(8192);
  CHECK(output.left[0] == 0.25f);
  CHECK(output.left[150] == 0.5f);
  CHECK(output.left[7000] == 16);
}
