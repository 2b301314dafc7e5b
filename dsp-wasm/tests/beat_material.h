// Rhythms of known tempo as onsets: even, swung, syncopated, dotted, in triplets and sparse, by hands of any
// steadiness.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "../dsp/onset.h"

namespace atome::material {

/// A place in a pattern, in beats, and how loud it is played.
struct Stroke {
  double beat;
  float strength;
};

struct Rhythm {
  std::string family;
  std::string name;
  /// Beats after which it repeats.
  double beats;
  std::vector<Stroke> strokes;
};

/// Strokes at equal distances, each first of `group` accented.
inline std::vector<Stroke> even(double beats, int perBeat, int group, float accent = 0.9f, float other = 0.5f) {
  std::vector<Stroke> strokes;
  for (int index = 0; index < std::lround(beats * perBeat); index++)
    strokes.push_back({double(index) / perBeat, index % group == 0 ? accent : other});
  return strokes;
}

/// Pairs of eighths of which the second one comes at `swing` of the beat.
inline std::vector<Stroke> swung(double swing) {
  std::vector<Stroke> strokes;
  for (int beat = 0; beat < 4; beat++) {
    strokes.push_back({double(beat), beat % 2 == 0 ? 0.9f : 0.75f});
    strokes.push_back({beat + swing, 0.45f});
  }
  return strokes;
}

inline std::vector<Rhythm> rhythms() {
  return {
      {"straight", "quarters", 4, even(4, 1, 4)},
      {"straight", "eighths", 4, even(4, 2, 2)},
      {"straight", "sixteenths", 4, even(4, 4, 4)},
      {"straight", "flat eighths", 4, even(4, 2, 2, 0.6f, 0.6f)},
      {"straight",
       "rock",
       4,
       {{0, 1}, {0.5, 0.4f}, {1, 0.95f}, {1.5, 0.4f}, {2, 1}, {2.5, 0.8f}, {3, 0.95f}, {3.5, 0.4f}}},
      {"straight", "waltz", 3, {{0, 0.95f}, {1, 0.6f}, {2, 0.6f}}},
      {"swung", "eighths at 60 %", 4, swung(0.6)},
      {"swung", "eighths at 67 %", 4, swung(2.0 / 3)},
      {"swung", "ride", 4, {{0, 0.7f}, {1, 0.9f}, {1 + 2.0 / 3, 0.5f}, {2, 0.7f}, {3, 0.9f}, {3 + 2.0 / 3, 0.5f}}},
      {"syncopated", "stabs", 4, {{0, 0.97f}, {1.5, 0.85f}, {2.75, 0.93f}}},
      {"syncopated", "tresillo", 4, {{0, 0.9f}, {1.5, 0.8f}, {3, 0.8f}}},
      {"syncopated", "son clave", 4, {{0, 0.8f}, {0.75, 0.8f}, {1.5, 0.8f}, {2.5, 0.8f}, {3, 0.8f}}},
      {"syncopated", "rumba clave", 4, {{0, 0.8f}, {0.75, 0.8f}, {1.75, 0.8f}, {2.5, 0.8f}, {3, 0.8f}}},
      {"syncopated", "Charleston", 4, {{0, 0.9f}, {1.5, 0.8f}}},
      {"syncopated", "bass", 4, {{0, 1}, {1.5, 0.75f}, {2.25, 0.6f}, {2.5, 0.95f}, {3.5, 0.7f}}},
      {"syncopated",
       "funk",
       4,
       {{0, 1}, {0.75, 0.5f}, {1, 0.9f}, {1.75, 0.6f}, {2.25, 0.6f}, {2.5, 0.9f}, {3, 0.9f}, {3.75, 0.5f}}},
      {"syncopated",
       "plucks",
       8,
       {{0, 1},
        {0.75, 0.7f},
        {1.5, 0.8f},
        {2, 0.6f},
        {2.75, 0.9f},
        {3.5, 0.7f},
        {4, 1},
        {4.75, 0.7f},
        {5.5, 0.85f},
        {6.5, 0.6f},
        {7, 0.8f}}},
      {"dotted",
       "dotted eighths",
       4,
       {{0, 0.9f}, {0.75, 0.5f}, {1, 0.8f}, {1.75, 0.5f}, {2, 0.9f}, {2.75, 0.5f}, {3, 0.8f}, {3.75, 0.5f}}},
      {"dotted", "dotted quarters", 4, {{0, 0.9f}, {1.5, 0.6f}, {2, 0.85f}, {3.5, 0.6f}}},
      {"dotted", "in three", 3, {{0, 0.9f}, {1.5, 0.6f}, {2, 0.7f}}},
      {"triplets", "even", 4, even(4, 3, 3)},
      {"triplets",
       "shuffle",
       4,
       {{0, 1}, {0.6667, 0.4f}, {1, 0.9f}, {1.6667, 0.6f}, {2, 1}, {2.6667, 0.4f}, {3, 0.9f}}},
      {"triplets",
       "broken",
       4,
       {{0, 0.9f},
        {1.0 / 3, 0.5f},
        {2.0 / 3, 0.5f},
        {1, 0.8f},
        {2, 0.9f},
        {2 + 1.0 / 3, 0.5f},
        {2 + 2.0 / 3, 0.5f},
        {3, 0.8f},
        {3 + 2.0 / 3, 0.5f}}},
      {"sparse", "halves", 4, {{0, 0.9f}, {2, 0.8f}}},
      {"sparse", "one and three and four", 4, {{0, 0.9f}, {2, 0.8f}, {3, 0.7f}}},
      {"sparse", "backbeat", 4, {{1, 0.9f}, {3, 0.9f}, {3.5, 0.5f}}},
      {"sparse",
       "phrases",
       16,
       {{0, 0.9f}, {1, 0.7f}, {1.5, 0.6f}, {2, 0.8f}, {8, 0.9f}, {9, 0.7f}, {9.5, 0.6f}, {10, 0.8f}, {12, 0.8f}}},
  };
}

struct Performance {
  double bpm;
  double seconds;
  /// Seconds: standard deviation of a stroke from its place.
  double jitter;
  /// Share of strokes that are left out.
  double dropped;
  uint32_t seed;
};

inline std::vector<Onset> perform(const Rhythm& rhythm, const Performance& performance) {
  std::mt19937 random(performance.seed);
  std::normal_distribution<double> place(0, 1), loudness(0, 0.06);
  std::uniform_real_distribution<double> chance(0, 1);
  const double beat = 60 / performance.bpm;
  std::vector<Onset> onsets;
  for (int round = 0; round * rhythm.beats * beat < performance.seconds; round++) {
    for (const Stroke& stroke : rhythm.strokes) {
      const double seconds = 0.3 + (round * rhythm.beats + stroke.beat) * beat + performance.jitter * place(random);
      const double strength = std::clamp(stroke.strength + loudness(random), 0.05, 1.0);
      if (seconds > performance.seconds || chance(random) < performance.dropped) continue;
      onsets.push_back({seconds, float(strength)});
    }
  }
  std::sort(onsets.begin(), onsets.end(), [](const Onset& a, const Onset& b) { return a.seconds < b.seconds; });
  return onsets;
}

/// Performances of a rhythm from 60 to 180 bpm, on a grid and by hand, of 12 and of 40 seconds.
inline std::vector<Performance> performances(uint32_t seed) {
  constexpr double step = 20;
  constexpr std::pair<double, double> hands[] = {{0.001, 0.0}, {0.008, 0.05}, {0.015, 0.1}};
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> spread(0, step);
  std::vector<Performance> all;
  for (double from = 60; from < 180; from += step) {
    const auto& [jitter, dropped] = hands[(all.size() + seed) % 3];
    const double seconds = (all.size() / 3 + seed) % 2 == 0 ? 12 : 40;
    all.push_back({from + spread(random), seconds, jitter, dropped, uint32_t(random() % 1000)});
  }
  return all;
}

}  // namespace atome::material
