// When stretchers work: evenly, ahead of their time, bounded where nothing could be foreseen, and what is heard
// meanwhile.
#include <algorithm>
#include <cmath>

#include "test_engine.h"

using namespace atome;
using namespace atome::test;

namespace {

struct Work {
  uint32_t least = UINT32_MAX;
  uint32_t most = 0;
  uint32_t late = 0;
  Stereo output;
};

/// Renders quanta one by one and notes the steps of each.
Work work_of(TestEngine& engine, int quanta) {
  Work work;
  const uint32_t late = engine.counters().lateFrames;
  for (int quantum = 0; quantum < quanta; quantum++) {
    const uint32_t before = engine.counters().stretchSteps;
    engine.feed();
    engine.quantum(work.output);
    const uint32_t steps = engine.counters().stretchSteps - before;
    work.least = std::min(work.least, steps);
    work.most = std::max(work.most, steps);
  }
  work.late = engine.counters().lateFrames - late;
  return work;
}

/// 16 clips of several ratios, pitches and rates that begin half a second in.
void add_sixteen(TestEngine& engine) {
  for (uint32_t file = 0; file < 2; file++) {
    const uint32_t rate = file == 0 ? 48000 : 44100;
    engine.load(file, noise(rate * 3, 2, rate, file + 1));
  }
  for (uint32_t clip = 0; clip < 16; clip++) {
    const double ratio = 0.8 + 0.1 * clip, semitones = clip % 5 - 2.0;
    engine.add(clip, clip % 2, {.start = 0.5, .gain = 0.05f, .ratio = ratio, .semitones = semitones});
  }
  engine.commit();
}

}  // namespace

TEST_CASE("16 stretched clips that begin together cost about as much in every quantum, and none is late") {
  TestEngine engine(48000, false, 2048);
  add_sixteen(engine);
  engine.control().play(0, 0, 0);
  const Work before = work_of(engine, 188);
  CHECK(before.most <= 6);
  // 16 clips need 7.3 steps per quantum at normal pitch.
  const Work begin = work_of(engine, 12);
  CHECK(begin.most <= 10);
  const Work sounding = work_of(engine, 400);
  CHECK(sounding.least >= 7);
  CHECK(sounding.most - sounding.least <= 1);
  CHECK(before.late + begin.late + sounding.late == 0);
}

TEST_CASE("a timeline that stands is ready where it stands") {
  TestEngine engine(48000, false, 2048);
  add_sixteen(engine);
  engine.control().seek(0, 60000, 0);
  const Work standing = work_of(engine, 300);
  CHECK(standing.most <= 6);
  CHECK(work_of(engine, 10).most == 0);
  engine.control().play(0, 60000, 0);
  const Work playing = work_of(engine, 100);
  CHECK(playing.late == 0);
  CHECK(playing.most <= 9);
}

TEST_CASE("a loop and a jump of a trigger are ready when the playhead gets there") {
  TestEngine engine(48000, false, 2048);
  add_sixteen(engine);
  engine.set_triggers(0,
                      {{.position = 50000,
                        .seed = 0,
                        .slot = 0,
                        .generation = 1,
                        .action = uint32_t(TriggerAction::SEEK),
                        .timeline = 0,
                        .times = 1,
                        .firstPlace = 0,
                        .places = 1}},
                      {80000});
  engine.commit();
  engine.control().set_loop(0, 70000, 90000, 0);
  engine.control().play(0, 22000, 0);
  const Work work = work_of(engine, 1200);
  CHECK(engine.shared().states[0].movedTo == 70000);
  CHECK(work.late == 0);
  CHECK(work.most <= 16);
}

TEST_CASE("a seek that nobody foresaw costs a bounded amount, and all clips are there within 100 ms") {
  TestEngine engine(48000, false, 2048);
  add_sixteen(engine);
  engine.control().play(0, 30000, 0);
  work_of(engine, 200);
  engine.control().seek(0, 80000, 0);
  const Work after = work_of(engine, 38);
  CHECK(after.late > 0);
  CHECK(after.most <= 16);
  CHECK(work_of(engine, 200).late == 0);
}

TEST_CASE("a place that is announced is ready before the playhead is put there") {
  TestEngine engine(48000, false, 2048);
  add_sixteen(engine);
  engine.control().play(0, 30000, 0);
  work_of(engine, 200);
  engine.control().prime(0, 80000);
  CHECK(!engine.control().is_prepared(0));
  int quanta = 0;
  while (!engine.control().is_prepared(0) && quanta < 40) {
    CHECK(work_of(engine, 1).most <= 18);
    quanta++;
  }
  CHECK(quanta < 30);
  CHECK(engine.control().is_primed(0));
  engine.control().seek(0, 80000, 0);
  const Work after = work_of(engine, 100);
  CHECK(after.late == 0);
  CHECK(after.most <= 10);
}

TEST_CASE("one clip is there at once after a seek that nobody foresaw") {
  TestEngine engine(48000, false);
  engine.load(0, sine(300, 4, 48000));
  engine.add(0, 0, {.ratio = 1.4});
  engine.commit();
  engine.control().play(0, 0, 0);
  work_of(engine, 100);
  engine.control().seek(0, 100000, 0);
  const Work work = work_of(engine, 100);
  CHECK(work.late == 0);
  CHECK(work.most == 6);
}

TEST_CASE("play, seeks, wraps and late entries of stretched sines leave no click") {
  // 16 sines of 200 Hz and 0.03 in all phases: a slope of 0.0262 per sample of 1, and what a declick adds.
  constexpr float bound = 16 * 0.03f * (0.0262f + 2.0f / 128);
  for (const uint32_t rate : {48000u, 44100u}) {
    CAPTURE(rate);
    TestEngine engine(48000, false, 2048);
    engine.load(0, sine(200, 4, rate));
    for (uint32_t clip = 0; clip < 16; clip++)
      engine.add(clip, 0, {.start = 0.003 * clip, .sourceStart = 777, .gain = 0.06f, .ratio = 0.9 + 0.05 * clip});
    engine.commit();
    Stereo output;
    const auto play_for = [&](int64_t frames) {
      const Stereo part = engine.render(frames);
      output.left.insert(output.left.end(), part.left.begin(), part.left.end());
    };
    engine.control().play(0, 12345, 0);
    play_for(8000);
    engine.control().seek(0, 77777, double(engine.counters().masterFrame + 100));
    play_for(700);
    engine.control().seek(0, 3333, 0);
    play_for(8000);
    engine.control().set_loop(0, 12000, 15000, 0);
    play_for(20000);
    engine.control().stop(0, 0);
    play_for(1000);
    CHECK(output.left.back() == 0);
    CHECK(largest_step(output.left) < bound);
  }
}

TEST_CASE("a ratio and a pitch that change while a sine plays leave no click and no gap") {
  for (const uint32_t rate : {48000u, 44100u}) {
    for (const double frequency : {110.0, 300.0, 1000.0}) {
      TestEngine engine(48000, false);
      engine.load(0, sine(frequency, 6, rate));
      engine.add(0, 0, {.ratio = 1.2});
      engine.commit();
      engine.render(9600);
      engine.control().play(0, 0, 0);
      double highest = 0;
      engine.render(9600);
      for (const auto& [ratio, semitones] : std::vector<std::pair<double, double>>{
               {1.25, 0}, {1.3, 0}, {2, 0}, {2, 1}, {1, 2}, {0.5, -12}, {0.7, 3}, {1, 0.1}}) {
        CAPTURE(rate);
        CAPTURE(frequency);
        CAPTURE(ratio);
        REQUIRE(engine.control().update_clip(engine.spec(0, 0, {.ratio = ratio, .semitones = semitones})) ==
                EngineStatus::OK);
        engine.commit();
        const Stereo output = engine.render(12000);
        const double slope = M_PI * frequency / 48000 * std::exp2(std::max(highest, semitones) / 12);
        highest = semitones;
        CHECK(largest_step(output.left) < 1.03 * slope);
        for (size_t from = 0; from + 960 < output.left.size(); from += 480) {
          double squares = 0;
          for (size_t frame = from; frame < from + 960; frame++) squares += output.left[frame] * output.left[frame];
          REQUIRE(std::sqrt(squares / 960) > 0.32);
        }
        CHECK(engine.counters().lateFrames == 0);
      }
    }
  }
}

TEST_CASE("a clip that is stretched while it plays, and one that is not any more, are crossfaded") {
  TestEngine engine(48000, false);
  engine.load(0, sine(300, 4, 48000));
  engine.add(0, 0);
  engine.commit();
  engine.control().play(0, 30000, 0);
  engine.render(4800);
  for (const double ratio : {1.5, 0.0, 0.8, 0.0}) {
    CAPTURE(ratio);
    engine.control().update_clip(engine.spec(0, 0, {.ratio = ratio}));
    engine.commit();
    const Stereo output = engine.render(9600);
    CHECK(largest_step(output.left) < 0.0197f + 2 * 0.5f / 128);
  }
}

TEST_CASE("pages that never come are silence, counted, and no page that stretching needs is left out") {
  TestEngine engine(48000, false);
  engine.load(0, sine(300, 20, 48000));
  engine.add(0, 0, {.ratio = 0.1});
  engine.add(1, 0, {.ratio = 7, .semitones = -24});
  engine.commit();
  engine.control().play(0, 0, 0);
  engine.render(90000);
  CHECK(engine.counters().starvedFrames == 0);
  TestEngine starving(48000, false);
  starving.load(0, sine(300, 20, 48000));
  starving.add(0, 0, {.ratio = 1.5});
  starving.commit();
  starving.control().play(0, 0, 0);
  Stereo output;
  for (int quantum = 0; quantum < 200; quantum++) starving.quantum(output);
  CHECK(*std::max_element(output.left.begin(), output.left.end()) == 0);
  CHECK(starving.counters().starvedFrames > 20000);
}

TEST_CASE("a ratio that leads to pages that are still on the disk goes on as before until they come") {
  TestEngine engine(48000, false);
  engine.load(0, sine(300, 20, 48000));
  engine.add(0, 0, {.ratio = 1.0, .semitones = 0.5});
  engine.commit();
  engine.control().play(0, 480000, 0);
  engine.render(9600);
  engine.control().update_clip(engine.spec(0, 0, {.ratio = 2, .semitones = 0.5}));
  engine.commit();
  Stereo output;
  // The disk takes 53 ms.
  for (int quantum = 0; quantum < 200; quantum++) {
    if (quantum >= 20) engine.feed();
    engine.quantum(output);
  }
  CHECK(engine.counters().starvedFrames == 0);
  CHECK(largest_step(output.left) < 1.03f * 0.5f * 2 * float(M_PI) * 300 * 1.0293f / 48000);
  for (size_t from = 0; from + 960 < output.left.size(); from += 480) {
    double squares = 0;
    for (size_t frame = from; frame < from + 960; frame++) squares += output.left[frame] * output.left[frame];
    REQUIRE(std::sqrt(squares / 960) > 0.32);
  }
}

TEST_CASE("files of NaN and infinities are silence beside which others sound") {
  TestEngine engine(48000, false);
  Sound broken{1, 48000, std::vector<float>(48000, NAN)};
  for (size_t frame = 0; frame < 48000; frame += 3) broken.samples[frame] = frame % 2 ? INFINITY : -INFINITY;
  engine.load(0, broken);
  engine.load(1, sine(300, 1, 48000));
  engine.add(0, 0, {.ratio = 1.3});
  engine.add(1, 1, {.ratio = 1.3});
  engine.commit();
  engine.control().play(0, 0, 0);
  const Stereo output = engine.render(48000);
  CHECK(std::all_of(output.left.begin(), output.left.end(), [](float sample) { return std::fabs(sample) < 0.6f; }));
  CHECK(*std::max_element(output.left.begin() + 9600, output.left.end()) > 0.45f);
}

TEST_CASE("clips of 32 channels are folded to two sides before they are stretched") {
  TestEngine engine;
  Sound sound{32, 48000, std::vector<float>(32 * 24000)};
  for (size_t frame = 0; frame < 24000; frame++)
    for (size_t channel = 0; channel < 32; channel += 2)
      sound.samples[frame * 32 + channel] = float(0.02 * std::sin(2 * M_PI * 300 * double(frame) / 48000));
  engine.load(0, sound);
  engine.add(0, 0, {.ratio = 1.5});
  engine.commit();
  engine.control().play(0, 0, 0);
  const Stereo output = engine.render(30000);
  CHECK(*std::max_element(output.left.begin() + 4800, output.left.end()) == doctest::Approx(0.32).epsilon(0.02));
  CHECK(*std::max_element(output.right.begin(), output.right.end()) == 0);
}

TEST_CASE("stretchers that no clip needs any more are given back, and more clips than there can be are told") {
  TestEngine engine(48000, false, 512);
  engine.load(0, noise(48000, 2, 48000, 3));
  for (uint32_t clip = 0; clip < 20; clip++) engine.add(clip, 0, {.ratio = 2});
  engine.commit();
  const StretchShape* shape = engine.shared().stretches.shapes.load();
  CHECK(shape->made == 40);
  engine.control().play(0, 0, 0);
  engine.render(4800);
  for (uint32_t clip = 1; clip < 20; clip++) engine.control().remove_clip(clip);
  engine.commit();
  engine.render(4800);
  CHECK(shape->made == 2);
  engine.control().remove_clip(0);
  engine.commit();
  engine.render(4800);
  CHECK(shape->made == 0);
  for (uint32_t clip = 0; clip < 70; clip++) {
    engine.add(clip, 0, {.ratio = 2});
    CHECK(engine.control().commit(0, 0) == (clip < StretchStore::MOST ? EngineStatus::OK : EngineStatus::LIMIT));
    engine.control().collect();
    engine.render(128);
  }
  CHECK(shape->made == StretchStore::MOST);
  engine.render(4800);
}

TEST_CASE("a clip that is muted while it plays is not worked for, and comes back where it would be") {
  TestEngine engine(48000, false);
  engine.load(0, sine(300, 4, 48000));
  engine.add(0, 0, {.ratio = 1.5});
  engine.commit();
  engine.control().play(0, 0, 0);
  engine.render(9600);
  engine.control().set_clip_mix(0, 1, 0, true);
  engine.render(4800);
  CHECK(work_of(engine, 40).most == 0);
  engine.control().set_clip_mix(0, 1, 0, false);
  const Stereo output = engine.render(9600);
  CHECK(largest_step(output.left) < 0.0197f + 0.5f / 256);
  CHECK(*std::max_element(output.left.begin() + 2400, output.left.end()) > 0.45f);
}
