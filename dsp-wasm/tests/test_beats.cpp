// Tempo and beat of steady, swung, noisy and free playing.
#include <doctest/doctest.h>

#include <map>
#include <random>

#include "../dsp/beat_tracker.h"
#include "beat_material.h"
#include "onset_material.h"

using namespace atome;
using namespace atome::material;

namespace {

Tempo tempo_of(const Recording& recording) {
  return track_beats(detect(recording.samples, recording.rate));
}

bool is_tempo(double found, double bpm) {
  return std::fabs(found / bpm - 1) < 0.001;
}

/// Seconds from the nearest beat of a tempo that begins at `from`.
double off_beat(double seconds, double bpm, double from) {
  const double beats = (seconds - from) * bpm / 60;
  return std::fabs(beats - std::round(beats)) * 60 / bpm;
}

/// Onsets at even distances with a hand's unevenness.
std::vector<Onset> tapped(double period, int count, double deviation) {
  std::mt19937 random(3);
  std::normal_distribution<double> spread(0, deviation);
  std::vector<Onset> onsets;
  for (int index = 0; index < count; index++) onsets.push_back({1 + index * period + spread(random), 0.6f});
  return onsets;
}

}  // namespace

TEST_CASE("a click at 60 to 180 bpm: its tempo within 0.1 %, its first beat within 2 ms") {
  for (const double bpm : {60.0, 66.6, 80.0, 97.3, 120.0, 140.0, 161.7, 180.0}) {
    Recording recording(44100, 12);
    for (double at = 0.3; at < 11.5; at += 60 / bpm) recording.click(at);
    const Tempo tempo = tempo_of(recording);
    CAPTURE(bpm);
    CHECK(is_tempo(tempo.bpm, bpm));
    CHECK(std::fabs(tempo.firstBeat - 0.3) < 0.002);
    CHECK(tempo.confidence > 0.9);
  }
}

TEST_CASE("drums at 90 to 160 bpm, straight, swung and in noise: the tempo within 0.1 % and the beat within 10 ms") {
  for (const double bpm : {90.0, 123.4, 160.0}) {
    for (const double swing : {0.5, 0.66}) {
      for (const double noise : {0.0, 0.01}) {
        Recording recording = drums(44100, 10, bpm, 0.3, swing);
        recording.hiss(noise);
        const Tempo tempo = tempo_of(recording);
        CAPTURE(bpm);
        CAPTURE(swing);
        CAPTURE(noise);
        CHECK(is_tempo(tempo.bpm, bpm));
        CHECK(off_beat(tempo.firstBeat, bpm, 0.3) < 0.01);
        CHECK(tempo.confidence > 0.7);
      }
    }
  }
}

TEST_CASE("drums in eighths at 60 and 180 bpm: the tempo itself, or it is named as another reading") {
  for (const double bpm : {60.0, 70.0, 174.0, 180.0}) {
    const Tempo tempo = tempo_of(drums(44100, 16, bpm));
    CAPTURE(bpm);
    CHECK((is_tempo(tempo.bpm, bpm) || is_tempo(tempo.alternatives[0], bpm) || is_tempo(tempo.alternatives[1], bpm)));
  }
}

TEST_CASE("a loop of two bars that begins on the beat begins with its first beat") {
  const Tempo tempo = tempo_of(drums(48000, 4, 120, 0));
  CHECK(is_tempo(tempo.bpm, 120));
  CHECK(tempo.firstBeat < 0.002);
  CHECK(tempo.confidence > 0.9);
}

TEST_CASE("the tempo of five minutes of playing is exact to 0.001 %") {
  CHECK(std::fabs(track_beats(tapped(60 / 123.456, 600, 0.004)).bpm / 123.456 - 1) < 1e-5);
}

TEST_CASE("the confidence falls with the unevenness of the playing") {
  double before = 1.01;
  for (const double deviation : {0.0, 0.02, 0.06, 0.15}) {
    const double confidence = track_beats(tapped(0.5, 120, deviation)).confidence;
    CHECK(confidence < before);
    before = confidence;
  }
  CHECK(before < 0.1);
}

TEST_CASE("a tempo that sways by 2 % is told within these 2 %, with a confidence below 0.7") {
  std::vector<Onset> onsets;
  double at = 0.2;
  for (int index = 0; index < 400; index++) onsets.push_back({at += 0.25 * (1 + 0.02 * std::sin(index * 0.05)), 0.6f});
  const Tempo tempo = track_beats(onsets);
  CHECK(std::fabs(tempo.bpm / 120 - 1) < 0.02);
  CHECK(tempo.confidence < 0.7);
}

TEST_CASE("free playing has a confidence below 0.15") {
  for (uint32_t seed = 1; seed <= 8; seed++) {
    std::mt19937 random(seed);
    std::exponential_distribution<double> pause(4);
    std::vector<Onset> onsets;
    double at = 0;
    for (uint32_t index = 0; index < 40 * seed; index++) onsets.push_back({at += 0.05 + pause(random), 0.5f});
    CHECK(track_beats(onsets).confidence < 0.15);
  }
}

TEST_CASE("pads that come and go have a confidence below 0.2") {
  Recording recording(44100, 24);
  for (const double at : {0.5, 3.1, 4.9, 9.2, 11.1, 15.8, 17.9, 21.0}) recording.pad(at, 130 + 20 * at, 2.5);
  CHECK(tempo_of(recording).confidence < 0.2);
}

TEST_CASE("three onsets and fewer, and onsets without strength, have no tempo") {
  CHECK(track_beats({}).bpm == 0);
  CHECK(track_beats(tapped(0.5, 3, 0)).bpm == 0);
  auto silent = tapped(0.5, 20, 0);
  for (Onset& onset : silent) onset.strength = 0;
  CHECK(track_beats(silent).bpm == 0);
  CHECK(track_beats(silent).confidence == 0);
}

TEST_CASE("rhythms of six kinds from 60 to 180 bpm: how often their tempo is found, and how far it can be trusted") {
  struct Hits {
    int all = 0;
    int exact = 0;
    int octave = 0;
    int named = 0;
    int trusted = 0;
    int wronglyTrusted = 0;
  };
  std::map<std::string, Hits> kinds;
  Hits total;
  const auto close = [](double found, double bpm) { return std::fabs(found / bpm - 1) < 0.01; };
  for (const Rhythm& rhythm : rhythms()) {
    for (const uint32_t seed : {1u, 2u, 3u}) {
      for (const Performance& performance : performances(seed)) {
        const Tempo tempo = track_beats(perform(rhythm, performance));
        const double bpm = performance.bpm;
        const bool exact = close(tempo.bpm, bpm);
        const bool octave = exact || close(tempo.bpm, 2 * bpm) || close(tempo.bpm, bpm / 2);
        const bool named = exact || std::any_of(std::begin(tempo.alternatives), std::end(tempo.alternatives),
                                                [&](double other) { return close(other, bpm); });
        for (Hits* hits : {&kinds[rhythm.family], &total}) {
          hits->all++;
          hits->exact += exact;
          hits->octave += octave;
          hits->named += named;
          hits->trusted += tempo.confidence > 0.9;
          hits->wronglyTrusted += tempo.confidence > 0.9 && !octave;
        }
      }
    }
  }
  const auto share = [](int hits, int all) { return double(hits) / all; };
  for (const auto& [kind, hits] : kinds) {
    CAPTURE(kind);
    CHECK(share(hits.octave, hits.all) > (kind == "dotted" ? 0.7 : 0.9));
    CHECK(share(hits.named, hits.all) > 0.97);
  }
  MESSAGE("exact ", total.exact, ", up to an octave ", total.octave, ", named ", total.named, ", trusted ",
          total.trusted, " of which wrongly ", total.wronglyTrusted, ", of ", total.all);
  CHECK(share(total.exact, total.all) > 0.75);
  CHECK(share(total.octave, total.all) > 0.93);
  CHECK(share(total.wronglyTrusted, total.trusted) < 0.05);
}

TEST_CASE("syncopated stabs on a grid of sixteenths that leave most beats empty have the tempo of that grid") {
  for (const double bpm : {84.0, 100.0, 128.0, 150.0}) {
    std::vector<Onset> onsets;
    for (int bar = 0; bar < 4; bar++)
      for (const double beat : {0.0, 1.5, 2.75})
        onsets.push_back({(bar * 4 + beat) * 60 / bpm, beat == 0 ? 0.95f : 0.88f});
    const Tempo tempo = track_beats(onsets);
    CAPTURE(bpm);
    CHECK(is_tempo(tempo.bpm, bpm));
    CHECK(tempo.firstBeat < 0.002);
    CHECK(tempo.confidence > 0.7);
    CHECK(std::any_of(std::begin(tempo.alternatives), std::end(tempo.alternatives),
                      [&](double other) { return std::fabs(other / bpm - 0.75) < 0.01; }));
  }
}
