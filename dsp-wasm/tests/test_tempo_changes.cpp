// Stretched clips through changes of tempo: the beat stays, the clips under the playhead are elsewhere, and nobody
// hears a gap.
#include <algorithm>
#include <cmath>

#include "test_engine.h"

using namespace atome;
using namespace atome::test;

namespace {

constexpr double RATE = 48000;
/// From the command to the frame on which the tempo changes.
constexpr int64_t AHEAD = 2048;

/// A timeline in beats whose tempo changes while it plays.
class Song {
 public:
  struct Clip {
    double beat;
    ClipOptions options;
  };

  explicit Song(std::vector<Clip> clips, uint32_t rate = uint32_t(RATE), bool offline = false)
      : engine_(uint32_t(RATE), offline, 2048), clips_(std::move(clips)) {
    for (uint32_t clip = 0; clip < clips_.size(); clip++) {
      engine_.load(clip, sine(100.0 * (clip + 2), 12, rate));
      engine_.add(clip, clip, placed(clip));
    }
    engine_.commit();
    engine_.render(QUANTUM_FRAMES);
  }

  TestEngine& engine() { return engine_; }
  int64_t position() { return int64_t(std::llround(beat_ * 60 / bpm_ * RATE)); }
  double beat() const { return beat_; }
  double seconds(double beat) const { return beat * 60 / bpm_; }

  void play(double beat) {
    beat_ = beat;
    engine_.control().seek(0, double(position()), 0);
    engine_.render(100 * QUANTUM_FRAMES);
    engine_.control().play(0, double(position()), 0);
  }
  void play_for(int64_t frames) {
    const Stereo part = engine_.render(frames);
    output.left.insert(output.left.end(), part.left.begin(), part.left.end());
    const int64_t played = int64_t(part.left.size());
    beat_ += double(played) / RATE * bpm_ / 60;
  }
  /// The clips of another tempo, as of a frame.
  void announce(double bpm, double atFrame) {
    bpm_ = bpm;
    for (uint32_t clip = 0; clip < clips_.size(); clip++)
      REQUIRE(engine_.control().update_clip(engine_.spec(clip, clip, placed(clip))) == EngineStatus::OK);
    engine_.commit(0, atFrame);
  }
  /// As a session does it: clips and playhead go over on the same frame.
  void change(double bpm) {
    const double atFrame = now() + AHEAD;
    const double then = beat_ + AHEAD / RATE * bpm_ / 60;
    announce(bpm, atFrame);
    REQUIRE(engine_.control().land(0, std::round(seconds(then) * RATE), atFrame) == EngineStatus::OK);
    play_for(AHEAD);
    beat_ = then;
  }
  double now() { return double(engine_.counters().masterFrame); }
  uint32_t late() const { return engine_.counters().lateFrames; }

  std::vector<Clip>& clips() { return clips_; }
  Stereo output;

 private:
  ClipOptions placed(uint32_t clip) const {
    ClipOptions options = clips_[clip].options;
    options.start = seconds(clips_[clip].beat);
    return options;
  }

  TestEngine engine_;
  std::vector<Clip> clips_;
  double bpm_ = 120;
  double beat_ = 0;
};

/// Clips of one sine each that all sound from beat 2 on, for 18 seconds.
std::vector<Song::Clip> sines(uint32_t count) {
  std::vector<Song::Clip> clips;
  for (uint32_t clip = 0; clip < count; clip++)
    clips.push_back({0.1 * (1 + clip), {.gain = 1.0f / float(count), .ratio = 1.5 + 0.03 * clip}});
  return clips;
}

/// The least level in any 10 ms.
double lowest(const std::vector<float>& samples, size_t window = 480) {
  double least = 1e9, squares = 0;
  for (size_t frame = 0; frame < samples.size(); frame++) {
    squares += double(samples[frame]) * samples[frame];
    if (frame >= window) squares -= double(samples[frame - window]) * samples[frame - window];
    if (frame >= window) least = std::min(least, squares / double(window));
  }
  return std::sqrt(least);
}

constexpr double TEMPI[] = {100, 133, 90, 91, 180, 60, 120, 119, 75, 140};

}  // namespace

TEST_CASE("ten changes of tempo leave a stretched sine within 2 dB of its level, without a click") {
  for (const uint32_t rate : {48000u, 44100u}) {
    CAPTURE(rate);
    Song song(sines(1), rate);
    song.play(4);
    song.play_for(4800);
    song.output = {};
    for (const double bpm : TEMPI) {
      song.change(bpm);
      song.play_for(7000);
    }
    CHECK(lowest(song.output.left) > 0.3536 * std::pow(10, -2.0 / 20));
    // The sine's own slope, and both fades of 128 frames.
    CHECK(largest_step(song.output.left) < 0.5f * (2 * float(M_PI) * 200 / 48000 + 2.0f / 128));
    CHECK(song.late() == 0);
    CHECK(song.engine().counters().starvedFrames == 0);
  }
}

TEST_CASE("16 stretched clips are all there on the frame of every change, at a bounded cost") {
  for (const uint32_t rate : {48000u, 44100u}) {
    CAPTURE(rate);
    Song song(sines(16), rate);
    song.play(4);
    song.play_for(4800);
    song.output = {};
    for (const double bpm : TEMPI) {
      CAPTURE(bpm);
      const uint32_t before = song.engine().counters().stretchSteps;
      song.change(bpm);
      // Of each clip 8 steps to play on and 12 to be ready elsewhere.
      CHECK(song.engine().counters().stretchSteps - before < 16 * (8 + 12));
      song.play_for(7000);
      REQUIRE(song.late() == 0);
    }
    // Two periods of the lowest sine; a crossfade in which all of them cancel takes 2.7 ms.
    CHECK(lowest(song.output.left, 960) > 0.3536 / 4 * std::pow(10, -2.5 / 20));
    CHECK(song.engine().counters().starvedFrames == 0);
  }
}

TEST_CASE("what plays the same part of its file after a change sounds on as if nothing had happened") {
  for (const uint32_t rate : {48000u, 44100u}) {
    CAPTURE(rate);
    Stereo rendered[2];
    for (const bool changed : {false, true}) {
      // Whole frames before the clip, of both tempi and at both rates: what comes before it takes another time.
      Song song({{8, {.ratio = 1.4, .semitones = 2}}}, rate);
      song.play(10);
      song.play_for(9600);
      if (changed) {
        const double atFrame = song.now() + AHEAD;
        const double played = double(song.position()) - song.seconds(8) * RATE + AHEAD;
        ClipOptions later = song.clips()[0].options;
        later.start = 6;
        REQUIRE(song.engine().control().update_clip(song.engine().spec(0, 0, later)) == EngineStatus::OK);
        song.engine().commit(0, atFrame);
        REQUIRE(song.engine().control().land(0, 6 * RATE + played, atFrame) == EngineStatus::OK);
      }
      song.play_for(24000);
      rendered[changed] = song.output;
      CHECK(song.late() == 0);
    }
    const float bound = rate == 48000 ? 1e-6f : 0.02f;
    CHECK(largest_difference(rendered[0].left, rendered[1].left) < bound);
  }
}

TEST_CASE("what plays the same place at another speed sounds on, with no stretcher but its own") {
  Song song({{8, {.ratio = 1.4}}});
  song.play(10);
  song.play_for(9600);
  song.output = {};
  const double atFrame = song.now() + AHEAD;
  const double played = (double(song.position()) - song.seconds(8) * RATE + AHEAD) / 1.4;
  ClipOptions slower = song.clips()[0].options;
  slower.start = 6;
  slower.ratio = 2.1;
  REQUIRE(song.engine().control().update_clip(song.engine().spec(0, 0, slower)) == EngineStatus::OK);
  song.engine().commit(0, atFrame);
  REQUIRE(song.engine().control().land(0, std::round(6 * RATE + played * 2.1), atFrame) == EngineStatus::OK);
  for (int quantum = 0; quantum < 200; quantum++) {
    song.play_for(QUANTUM_FRAMES);
    CHECK(song.engine().engine().renderer.timeline(0).stretches().waiting() == nullptr);
  }
  CHECK(largest_step(song.output.left) < 0.5f * 1.03f * 2 * float(M_PI) * 200 / 48000);
  CHECK(lowest(song.output.left) > 0.3536 * std::pow(10, -0.5 / 20));
  CHECK(song.late() == 0);
}

TEST_CASE("after a change the sound is that of a render from there, sample by sample") {
  Song song(sines(3));
  song.play(4);
  song.play_for(9600);
  song.change(90);
  song.output = {};
  const double landed = double(song.position());
  song.play_for(19200);
  Song offline(sines(3), 48000, true);
  offline.announce(90, 0);
  offline.engine().feed();
  offline.engine().control().play(0, landed, 0);
  offline.play_for(19200);
  for (Stereo* heard : {&song.output, &offline.output})
    heard->left.erase(heard->left.begin(), heard->left.begin() + DECLICK_FRAMES);
  CHECK(largest_difference(song.output.left, offline.output.left) == 0);
}

TEST_CASE("a landing that comes too late leaves no gap: what sounds goes over to its place") {
  Song song(sines(16));
  song.play(4);
  song.play_for(9600);
  song.output = {};
  for (const double bpm : TEMPI) {
    const double now = song.now();
    song.announce(bpm, now);
    song.play_for(3 * QUANTUM_FRAMES);
    const double beat = song.beat();
    REQUIRE(song.engine().control().land(0, std::round(song.seconds(beat) * RATE), now) == EngineStatus::OK);
    song.play_for(9600);
  }
  CHECK(song.late() == 0);
}

TEST_CASE("a change to a place whose pages are still on the disk goes on with what sounds until they come") {
  Song song({{0, {.ratio = 1.0, .semitones = 0.5}}});
  song.play(8);
  song.play_for(9600);
  const double atFrame = song.now() + AHEAD;
  song.announce(60, atFrame);
  REQUIRE(song.engine().control().land(0, std::round(song.seconds(9) * RATE), atFrame) == EngineStatus::OK);
  Stereo output;
  // The disk takes 67 ms.
  for (int quantum = 0; quantum < 200; quantum++) {
    if (quantum >= 25) song.engine().feed();
    song.engine().quantum(output);
  }
  CHECK(song.engine().counters().starvedFrames == 0);
  CHECK(song.late() == 0);
  CHECK(lowest(output.left) > 0.3);
}

TEST_CASE("of several changes for one frame only the last one is heard, and all schedules come back") {
  Song song(sines(4));
  song.play(4);
  song.play_for(9600);
  song.output = {};
  const double atFrame = song.now() + AHEAD;
  const double beat = song.beat() + AHEAD / RATE * 2;
  for (const double bpm : {60.0, 170.0, 90.0}) {
    song.announce(bpm, atFrame);
    REQUIRE(song.engine().control().land(0, std::round(song.seconds(beat) * RATE), atFrame) == EngineStatus::OK);
    song.engine().feed();
    song.engine().quantum(song.output);
  }
  song.engine().render(AHEAD);
  CHECK(song.engine().shared().states[0].movedTo == std::round(song.seconds(beat) * RATE));
  CHECK(song.engine().shared().states[0].movedAt == atFrame);
  CHECK(song.late() == 0);
  song.engine().render(1280);
  CHECK(song.engine().counters().retired == 0);
}
