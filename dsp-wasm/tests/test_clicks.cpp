// The metronome: every click on its frame, through seeks, loops and edits, without a step, and nothing when it is off.
#include <algorithm>

#include "test_engine.h"

using namespace atome;
using namespace atome::test;

namespace {

constexpr double SOUND_FRAMES = 1440;

void set_clicks(TestEngine& engine, const std::vector<ClickSpec>& clicks, uint32_t timeline = 0, double atFrame = 0) {
  REQUIRE(engine.control().set_clicks(timeline, clicks.data(), uint32_t(clicks.size()), atFrame) == EngineStatus::OK);
}

/// A live engine with nothing but a metronome.
struct Metronome {
  explicit Metronome(float gain = 1, uint32_t rate = 48000) : engine(rate, false) { set_gain(gain); }
  void set_gain(float gain) { engine.engine().renderer.clicks.set_gain(gain); }
  TestEngine engine;
};

/// One click's sound, as it is played alone.
std::vector<float> sound_of(uint32_t accent) {
  Metronome metronome;
  set_clicks(metronome.engine, {{0, accent}});
  metronome.engine.control().play(0, 0, 0);
  Stereo output = metronome.engine.render(2048);
  return output.left;
}

/// What should be heard: the sounds of clicks, given by master frame, added up.
std::vector<float> sum_of(const std::vector<ClickSpec>& clicks, size_t frames) {
  const std::vector<float> sounds[] = {sound_of(0), sound_of(1)};
  std::vector<float> sum(frames);
  for (const ClickSpec& click : clicks) {
    for (size_t frame = 0; frame < SOUND_FRAMES && size_t(click.position) + frame < frames; frame++) {
      sum[size_t(click.position) + frame] += sounds[click.accent][frame];
    }
  }
  return sum;
}

}  // namespace

TEST_CASE("a click is heard from its very frame on, for 30 ms; the bar line's is louder and higher") {
  const std::vector<float> beat = sound_of(0), accent = sound_of(1);
  CHECK(beat[0] > 0.05f);
  CHECK(accent[0] > beat[0]);
  const auto peak = [](const std::vector<float>& sound) { return *std::max_element(sound.begin(), sound.end()); };
  CHECK(peak(accent) > 0.8f);
  CHECK(peak(accent) <= 1.0f);
  CHECK(peak(beat) == doctest::Approx(0.7 * peak(accent)).epsilon(0.02));
  const auto crossings = [](const std::vector<float>& sound) {
    int count = 0;
    for (size_t frame = 1; frame < 720; frame++) count += (sound[frame] < 0) != (sound[frame - 1] < 0);
    return count;
  };
  CHECK(crossings(accent) == doctest::Approx(2 * 1760 * 0.015).epsilon(0.03));
  CHECK(crossings(beat) == doctest::Approx(2 * 1320 * 0.015).epsilon(0.03));
  for (const auto& sound : {beat, accent}) {
    CHECK(std::fabs(sound[1430]) < 1e-4f);
    CHECK(std::all_of(sound.begin() + 1440, sound.end(), [](float sample) { return sample == 0; }));
  }
}

TEST_CASE("clicks land on their exact frames wherever play begins") {
  const std::vector<ClickSpec> clicks{{0, 1}, {2400, 0}, {4801, 0}, {7300, 0}, {9727, 1}, {12160, 0}};
  for (const int64_t at : {0, 1, 77, 128, 1000}) {
    for (const double from : {0.0, 1.0, 2400.0, 3000.0, 9727.0}) {
      CAPTURE(at);
      CAPTURE(from);
      Metronome metronome;
      set_clicks(metronome.engine, clicks);
      REQUIRE(metronome.engine.control().play(0, from, double(at)) == EngineStatus::OK);
      const Stereo output = metronome.engine.render(14080);
      std::vector<ClickSpec> heard;
      for (const ClickSpec& click : clicks) {
        if (click.position >= from) heard.push_back({click.position - from + double(at), click.accent});
      }
      CHECK(output.left == sum_of(heard, output.left.size()));
      CHECK(output.right == output.left);
    }
  }
}

TEST_CASE("a loop clicks at its start with every pass, and its last click sounds to its end") {
  constexpr int64_t start = 1000, end = 6000, length = end - start;
  Metronome metronome;
  set_clicks(metronome.engine, {{1000, 1}, {3500, 0}, {5500, 0}, {6000, 1}, {8500, 0}});
  REQUIRE(metronome.engine.control().set_loop(0, start, end, 0) == EngineStatus::OK);
  REQUIRE(metronome.engine.control().play(0, start, 0) == EngineStatus::OK);
  const Stereo output = metronome.engine.render(10 * length);
  std::vector<ClickSpec> heard;
  for (int64_t pass = 0; pass < 11; pass++) {
    for (const ClickSpec& click : std::vector<ClickSpec>{{0, 1}, {2500, 0}, {4500, 0}}) {
      heard.push_back({click.position + double(pass * length), click.accent});
    }
  }
  CHECK(largest_difference(output.left, sum_of(heard, output.left.size())) < 1e-6f);
}

TEST_CASE("a seek leaves the click that sounds whole and finds the next one") {
  Metronome metronome;
  set_clicks(metronome.engine, {{0, 1}, {24000, 0}, {48000, 0}, {72000, 0}, {96000, 1}});
  Control& control = metronome.engine.control();
  REQUIRE(control.play(0, 0, 0) == EngineStatus::OK);
  REQUIRE(control.seek(0, 71000, 500) == EngineStatus::OK);
  REQUIRE(control.seek(0, 24001, 3000) == EngineStatus::OK);
  REQUIRE(control.seek(0, 24000, 4000) == EngineStatus::OK);
  const Stereo output = metronome.engine.render(8192);
  CHECK(output.left == sum_of({{0, 1}, {1500, 0}, {4000, 0}}, output.left.size()));
}

TEST_CASE("stop and panic fade what sounds over 128 frames") {
  for (const bool panic : {false, true}) {
    CAPTURE(panic);
    Metronome metronome;
    set_clicks(metronome.engine, {{0, 1}, {700, 0}});
    Control& control = metronome.engine.control();
    control.play(0, 0, 0);
    Stereo output = metronome.engine.render(256);
    if (panic) {
      control.panic();
    } else {
      control.stop(0, 0);
    }
    const Stereo rest = metronome.engine.render(1024);
    const std::vector<float> sound = sound_of(1);
    for (size_t frame = 0; frame < 128; frame++) {
      REQUIRE(rest.left[frame] == sound[256 + frame] * (float(128 - frame) / 128));
    }
    CHECK(std::all_of(rest.left.begin() + 128, rest.left.end(), [](float sample) { return sample == 0; }));
  }
}

TEST_CASE("off it is silent; switched while a click sounds it glides over 256 frames") {
  Metronome metronome(0);
  set_clicks(metronome.engine, {{0, 1}, {2048, 1}, {4096, 0}});
  metronome.engine.control().play(0, 0, 0);
  Stereo output = metronome.engine.render(2048);
  CHECK(std::all_of(output.left.begin(), output.left.end(), [](float sample) { return sample == 0; }));
  CHECK(metronome.engine.engine().renderer.clicks.is_silent());
  metronome.set_gain(0.5f);
  output = metronome.engine.render(256);
  metronome.set_gain(0);
  const Stereo rest = metronome.engine.render(8192);
  const std::vector<float> sound = sound_of(1);
  for (size_t frame = 0; frame < 256; frame++) REQUIRE(output.left[frame] == sound[frame] * 0.5f);
  for (size_t frame = 0; frame < 256; frame++) {
    REQUIRE(rest.left[frame] ==
            doctest::Approx(sound[256 + frame] * 0.5 * (255.0 - double(frame)) / 256).epsilon(1e-3));
  }
  CHECK(std::all_of(rest.left.begin() + 256, rest.left.end(), [](float sample) { return sample == 0; }));
}

TEST_CASE("seeks, wraps, toggles and new tracks leave no step beyond a click's own") {
  // The steepest a click of 1760 Hz gets per frame, at its beginning.
  const float bound = 2 * float(M_PI) * 1760 / 48000;
  Metronome metronome;
  std::vector<ClickSpec> clicks;
  for (int index = 0; index < 200; index++) clicks.push_back({double(index * 2000), uint32_t(index % 4 == 0)});
  set_clicks(metronome.engine, clicks);
  metronome.engine.control().play(0, 0, 0);
  std::mt19937 random(1);
  std::vector<float> output;
  for (int round = 0; round < 300; round++) {
    const uint32_t choice = random() % 4;
    const double place = double(random() % 200000);
    if (choice == 0) metronome.engine.control().seek(0, place, double(metronome.engine.counters().masterFrame + 60));
    if (choice == 1) metronome.set_gain(float(random() % 2));
    if (choice == 2) metronome.engine.control().set_loop(0, place, place + 5000, 0);
    if (choice == 3) set_clicks(metronome.engine, clicks);
    const Stereo part = metronome.engine.render(512);
    output.insert(output.end(), part.left.begin(), part.left.end());
  }
  CHECK(*std::max_element(output.begin(), output.end()) > 0.5f);
  // Two clicks may begin within 30 ms of each other.
  CHECK(largest_step(output) < 2 * bound);
}

TEST_CASE("a new track counts from the next quantum on and the old one is freed") {
  Metronome metronome;
  for (int round = 0; round < 100; round++) {
    set_clicks(metronome.engine, {{double(128 * round + 5), 0}});
    if (round == 0) metronome.engine.control().play(0, 0, 0);
    const Stereo output = metronome.engine.render(128);
    CHECK(output.left[5] != 0);
  }
  set_clicks(metronome.engine, {});
  metronome.engine.render(4096);
  CHECK(metronome.engine.counters().retired == 0);
  const Stereo output = metronome.engine.render(4096);
  CHECK(std::all_of(output.left.begin(), output.left.end(), [](float sample) { return sample == 0; }));
}

TEST_CASE("a track published for a later frame holds from there on, the one before it until then") {
  Metronome metronome;
  TestEngine& engine = metronome.engine;
  set_clicks(engine, {{0, 1}, {2000, 0}, {4000, 0}, {6000, 0}});
  engine.control().play(0, 0, 0);
  Stereo output = engine.render(1024);
  // The first of them never comes to hold.
  set_clicks(engine, {{2500, 0}, {4500, 0}}, 0, 3840);
  set_clicks(engine, {{2100, 0}, {5000, 0}, {7000, 1}}, 0, 4864);
  const Stereo rest = engine.render(8192);
  output.left.insert(output.left.end(), rest.left.begin(), rest.left.end());
  CHECK(output.left == sum_of({{0, 1}, {2000, 0}, {4000, 0}, {5000, 0}, {7000, 1}}, output.left.size()));
  set_clicks(engine, {});
  set_clicks(engine, {});
  engine.render(256);
  CHECK(engine.counters().retired == 0);
}

TEST_CASE("the clicks pass the master's gain, not the timeline's, and stay out of offline renders") {
  Metronome metronome;
  set_clicks(metronome.engine, {{1000, 1}});
  metronome.engine.engine().renderer.timeline(0).gain.set_target(0);
  metronome.engine.engine().renderer.masterGain.set_target(0.25f);
  metronome.engine.control().play(0, 0, 0);
  CHECK(metronome.engine.render(2048).left[1000] == sound_of(1)[0] * 0.25f);
  TestEngine offline;
  set_clicks(offline, {{0, 1}});
  offline.control().play(0, 0, 0);
  CHECK(offline.render(128).left[0] == 0);
}

TEST_CASE("many timelines click at once within the bound of their voices") {
  Metronome metronome(0.01f);
  std::vector<ClickSpec> clicks;
  for (int index = 0; index < 1000; index++) clicks.push_back({double(index * 100), 1});
  for (uint32_t timeline = 0; timeline < MAX_TIMELINES; timeline++) {
    set_clicks(metronome.engine, clicks, timeline);
    metronome.engine.control().play(timeline, 0, double(timeline));
  }
  const Stereo output = metronome.engine.render(48000);
  CHECK(std::all_of(output.left.begin(), output.left.end(), [](float sample) { return std::fabs(sample) < 0.33f; }));
}

TEST_CASE("clicks out of order, before zero or nowhere are refused and change nothing") {
  Metronome metronome;
  Control& control = metronome.engine.control();
  set_clicks(metronome.engine, {{0, 1}});
  const auto refused = [&](std::vector<ClickSpec> clicks, uint32_t timeline = 0) {
    CHECK(control.set_clicks(timeline, clicks.data(), uint32_t(clicks.size()), 0) == EngineStatus::BAD_ARGUMENT);
  };
  refused({{100, 0}, {99, 0}});
  refused({{-1, 0}});
  refused({{NAN, 0}});
  refused({{1e300, 0}});
  refused({{0, 0}}, MAX_TIMELINES);
  control.play(0, 0, 0);
  CHECK(metronome.engine.render(128).left == sum_of({{0, 1}}, 128));
}
