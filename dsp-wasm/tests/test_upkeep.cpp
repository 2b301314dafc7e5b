// What keeps the engine going for days: queues and their bounds, the clock, memory that comes back, features, the tap.
#include "../dsp/audio_header.h"
#include "test_engine.h"

using namespace atome;
using namespace atome::test;

TEST_CASE("a clock near 2^33 and a playhead near 2^40 play as any other") {
  for (const int64_t first : {int64_t(0), (int64_t(1) << 33) - 128 * 3, (int64_t(1) << 40)}) {
    CAPTURE(first);
    TestEngine engine(48000, false, 64, first);
    engine.load(0, Sound{1, 48000, std::vector<float>(3000, 0.5f)});
    engine.add(0, 0, {.start = 1e7});
    engine.commit();
    engine.control().play(0, 1e7 * 48000 - 100, double(first + 200));
    const Stereo output = engine.render(4096);
    for (size_t frame = 0; frame < 3400; frame++) {
      REQUIRE(output.left[frame] == (frame >= 300 && frame < 3300 ? 0.5f : 0.0f));
    }
    CHECK(engine.counters().masterFrame == first + 4096);
  }
}

TEST_CASE("a loop of 44.1 kHz sound is the same after ten million wraps' worth of clock as at first") {
  Stereo outputs[2];
  for (const int pass : {0, 1}) {
    TestEngine engine(48000, false, 64, pass * (int64_t(1) << 44));
    engine.load(0, sine(441, 2, 44100));
    engine.add(0, 0);
    engine.commit();
    engine.control().set_loop(0, 4800, 24000, 0);
    engine.control().play(0, 4800, 0);
    outputs[pass] = engine.render(96000);
  }
  CHECK(largest_difference(outputs[0].left, outputs[1].left) == 0);
}

TEST_CASE("a full ring keeps order on the control side and nothing is lost") {
  TestEngine engine(48000, false);
  engine.load(0, Sound{1, 48000, std::vector<float>(40000, 0.25f)});
  engine.add(0, 0);
  engine.commit();
  for (int count = 0; count < 3000; count++) REQUIRE(engine.control().seek(0, count, 0) == EngineStatus::OK);
  CHECK(engine.counters().ringFull > 0);
  Stereo output;
  for (int quantum = 0; quantum < 8; quantum++) engine.quantum(output);
  CHECK(engine.engine().renderer.timeline(0).position() == 2999);
  int sent = 0;
  while (engine.control().seek(0, sent, 0) == EngineStatus::OK) sent++;
  CHECK(sent == 1024 + CommandSender::WAITING_COMMANDS);
}

TEST_CASE("a panic is taken, however many loops wait for a ring that nobody empties") {
  TestEngine engine(48000, false);
  engine.control().play(0, 0, 0);
  while (engine.control().set_loop(0, 0, 4800, 0) == EngineStatus::OK) continue;
  for (int count = 0; count < 3; count++) CHECK(engine.control().panic() == EngineStatus::OK);
  Stereo output;
  for (int quantum = 0; quantum < 8; quantum++) engine.quantum(output);
  CHECK(engine.control().set_loop(0, 0, 4800, 0) == EngineStatus::OK);
  CHECK_FALSE(engine.engine().renderer.timeline(0).is_playing());
}

TEST_CASE("a start behind more schedules than are sent at once goes out with the next command when those are taken") {
  TestEngine engine(48000, false);
  engine.load(0, Sound{1, 48000, std::vector<float>(4000, 0.25f)});
  engine.add(0, 0);
  for (int edit = 0; edit < 20; edit++) engine.commit();
  engine.control().play(0, 0, 0);
  engine.feed();
  engine.engine().renderer.process();
  CHECK_FALSE(engine.engine().renderer.timeline(0).is_playing());
  engine.commit();
  engine.engine().renderer.process();
  CHECK(engine.engine().renderer.timeline(0).is_playing());
}

TEST_CASE("commands far ahead are bounded by the list they wait in") {
  TestEngine engine;
  uint32_t sent = 0;
  while (engine.control().stop(0, 1e9) == EngineStatus::OK) sent++;
  CHECK(sent == PENDING_COMMANDS);
  engine.render(256);
  CHECK(engine.control().stop(0, 1e9) == EngineStatus::QUEUE_FULL);
  CHECK(engine.control().panic() == EngineStatus::OK);
  engine.render(256);
  CHECK(engine.control().stop(0, 1e9) == EngineStatus::OK);
}

TEST_CASE("edits without a running audio thread neither fill the queue nor pile up") {
  TestEngine engine(48000, false);
  engine.load(0, Sound{1, 48000, std::vector<float>(4000, 0.25f)});
  engine.add(0, 0);
  for (int edit = 0; edit < 20000; edit++) {
    engine.commit(0, edit % 2 ? 1e6 : 0);
    engine.control().collect();
  }
  CHECK(engine.counters().retired == 0);
  engine.control().play(0, 0, 0);
  CHECK(engine.render(256).left[255] == 0.25f);
  engine.render(256);
  CHECK(engine.counters().retired == 0);
}

TEST_CASE("an older schedule that comes due later does not replace a newer one") {
  TestEngine engine;
  engine.load(0, Sound{1, 48000, std::vector<float>(20000, 0.25f)});
  engine.add(0, 0);
  engine.commit();
  engine.control().play(0, 0, 0);
  engine.render(128);
  engine.control().remove_clip(0);
  engine.commit(0, 2000);
  engine.add(0, 0);
  engine.add(1, 0);
  engine.commit(0, 1000);
  const Stereo output = engine.render(5000);
  CHECK(output.left[500] == 0.25f);
  CHECK(output.left[1500] == 0.5f);
  CHECK(output.left[3500] == 0.5f);
}

TEST_CASE("feature frames show levels and clips") {
  TestEngine engine(48000, false);
  engine.load(0, Sound{2, 48000, std::vector<float>(200000, 0.5f)});
  engine.add(5, 0, {.gain = 0.5f, .timeline = 3});
  engine.commit(3);
  engine.control().play(3, 1000, 0);
  engine.render(Features::QUANTA * QUANTUM_FRAMES * 4);
  const FeatureFrame* frames = engine.shared().features.frames();
  const FeatureFrame& newer = frames[frames[1].header.sequence > frames[0].header.sequence];
  CHECK(newer.header.sequence == 8);
  CHECK(newer.header.masterFrame == 4096);
  CHECK(newer.header.peakLeft == 0.25f);
  CHECK(newer.header.rmsRight == doctest::Approx(0.25f));
  CHECK(newer.header.activeVoices == 1);
  CHECK(newer.clips[5].peak == 0.25f);
  CHECK(newer.clips[5].rms == doctest::Approx(0.25f));
  CHECK(newer.clips[4].peak == 0);
}

TEST_CASE("the tap records the output with its frames") {
  TestEngine engine;
  engine.load(0, noise(20000, 2, 48000, 4));
  engine.add(0, 0);
  engine.commit();
  engine.control().play(0, 0, 0);
  Tap* tap = engine.control().start_tap(300, 1000);
  REQUIRE(tap);
  CHECK(tap->start_frame() == -1);
  const Stereo output = engine.render(2048);
  CHECK(tap->start_frame() == 300);
  CHECK(engine.counters().tapFrames == 1000);
  int different = 0;
  for (size_t frame = 0; frame < 1000; frame++) {
    different += tap->samples()[frame] != output.left[300 + frame];
    different += tap->samples()[1000 + frame] != output.right[300 + frame];
  }
  CHECK(different == 0);
  engine.control().stop_tap();
  engine.render(128);
  CHECK(engine.counters().retired == 0);
}

TEST_CASE("clips and files that do not make sense are refused") {
  TestEngine engine;
  Control& control = engine.control();
  CHECK(control.load_file(0, 0, 48000, 10) == EngineStatus::BAD_ARGUMENT);
  CHECK(control.load_file(0, 33, 48000, 10) == EngineStatus::BAD_ARGUMENT);
  CHECK(control.load_file(0, 2, 0, 10) == EngineStatus::BAD_ARGUMENT);
  CHECK(control.load_file(0, 2, kHighestSampleRate + 1.0, 10) == EngineStatus::BAD_ARGUMENT);
  CHECK(control.load_file(0, 2, NAN, 10) == EngineStatus::BAD_ARGUMENT);
  CHECK(control.load_file(0, 2, 48000, -1) == EngineStatus::BAD_ARGUMENT);
  CHECK(control.load_file(0, 32, 48000, 1e15) == EngineStatus::LIMIT);
  engine.load(0, noise(1, 1, 48000, 1));
  ClipSpec spec = engine.spec(0, 0);
  spec.gain = NAN;
  CHECK(control.add_clip(spec) == EngineStatus::BAD_ARGUMENT);
  spec = engine.spec(0, 0);
  spec.file = 9;
  CHECK(control.add_clip(spec) == EngineStatus::NO_SUCH_THING);
  spec = engine.spec(MAX_CLIPS, 0);
  CHECK(control.add_clip(spec) == EngineStatus::BAD_ARGUMENT);
  CHECK(control.update_clip(engine.spec(1, 0)) == EngineStatus::NO_SUCH_THING);
  CHECK(control.remove_clip(1) == EngineStatus::NO_SUCH_THING);
  CHECK(control.set_clip_mix(1, 1, 0, false) == EngineStatus::NO_SUCH_THING);
}

TEST_CASE("8192 clips, long ones among them, are found from any position") {
  TestEngine engine(48000, true, 512);
  engine.load(0, Sound{1, 48000, std::vector<float>(1000000, 1.0f)});
  for (uint32_t clip = 0; clip < MAX_CLIPS; clip++) {
    const bool isLong = clip % 1024 == 0;
    engine.add(clip, 0, {.start = clip * 0.001, .frames = isLong ? 900000.0 : 100.0});
  }
  engine.commit();
  Stereo output;
  for (const double position : {0.0, 48000.0, 200000.0, 390000.0, 100.0}) {
    engine.control().play(0, position, 0);
    output = engine.render(256);
    engine.render(256);
    int64_t expected = 0;
    for (uint32_t clip = 0; clip < MAX_CLIPS; clip++) {
      const int64_t start = std::llround(clip * 0.001 * 48000);
      const int64_t end = start + (clip % 1024 == 0 ? 900000 : 100);
      expected += start <= int64_t(position) + 255 && int64_t(position) + 255 < end;
    }
    CHECK(output.left[255] == float(expected));
  }
}
