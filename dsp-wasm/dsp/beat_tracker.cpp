// Ranks the periods that the onsets keep, measures the best one exactly, and finds its beats.
#include "beat_tracker.h"

#include <algorithm>
#include <cmath>

#include "beat_circle.h"
#include "beat_metre.h"

namespace atome {
namespace {

/// From the first onset on: what the tempo is measured by, and what the readings are ranked by.
constexpr double kLongestSeconds = 300;
constexpr double kRankedSeconds = 120;
constexpr double kShortestSeconds = 1;
constexpr size_t kFewestOnsets = 4;
constexpr double kSlowest = 40;
constexpr double kFastest = 240;
constexpr double kPreferred = 115;
/// Octaves to each side within which no tempo is much preferred to another: 81 to 163 bpm.
constexpr double kPreferenceWidth = 0.5;
/// How far evidence may overrule the preference at its ends.
constexpr double kPreferenceTail = 3;
/// Stretches in which a tempo that sways is steady enough.
constexpr double kWindow = 24;
/// Of a turn of the circle, over a window: the step from one tempo that is tried to the next.
constexpr double kStep = 0.1;
constexpr size_t kMostReadings = 16;
/// Of the best readings those at these factors of their tempo are judged as well.
constexpr size_t kBestReadings = 4;
constexpr double kRelated[] = {2, 1.0 / 2, 3.0 / 2, 2.0 / 3, 4.0 / 3, 3.0 / 4};
/// Share of the best reading's evidence from which on another one is worth naming.
constexpr double kSupported = 0.4;
/// Two readings closer than this are one.
constexpr double kSameTempo = 0.02;
/// A coherence that falls below this share of itself over twice the time belongs to a tempo that sways.
constexpr double kSteady = 0.8;
/// Of the beat, and in seconds: how far from it an onset belongs to it.
constexpr double kReachOfBeat = 0.12;
constexpr double kReach = 0.05;
/// A beat this little before the recording begins with it.
constexpr double kRounding = 0.005;
/// Of the beat, before the first onset: there a beat may lie. What comes earlier in its beat leads to the next one.
constexpr double kPickup = 0.25;

struct Reading {
  double period;
  /// How coherent it is; once it is ranked, the logarithm of its likelihood.
  double score;
  double evidence = 0;
};

bool by_score(const Reading& a, const Reading& b) {
  return a.score > b.score;
}

/// Logarithm of how likely people are to tap at this period: about the same from 80 to 160 bpm, steeply less beyond.
double preference(double period) {
  const double octaves = std::log2(60 / period / kPreferred) / kPreferenceWidth;
  return -kPreferenceTail * std::log1p(0.5 / kPreferenceTail * octaves * octaves * octaves * octaves);
}

bool is_same(double tempo, double other) {
  return other > 0 && std::fabs(tempo / other - 1) < kSameTempo;
}

double reach(double period) {
  return std::min(kReach, kReachOfBeat * period);
}

/// The phase at which the beats are loudest, of those the division allows; at equal ones that of the first onset.
double beat_phase(const BeatCircle& circle, double period, uint32_t division) {
  const double base = circle.phase(period, division);
  double best = base, loudest = 0;
  for (uint32_t index = 0; index < division; index++) {
    const double phase = base + index * period / division;
    const double beats = phase / period;
    const bool first = std::fabs(beats - std::round(beats)) * period <= reach(period);
    const double accent = circle.accent(period, phase, reach(period)) * (first ? 1.05 : 1);
    if (accent <= loudest) continue;
    loudest = accent;
    best = phase;
  }
  return best + circle.offset(period, best, reach(period));
}

/// Peaks of the coherence over all tempi, with their scores, best first.
std::vector<Reading> readings(const BeatCircle& circle, double window) {
  std::vector<Reading> found;
  double before = 0, here = 0, herePeriod = 0;
  for (double period = 60 / kFastest; period <= 60 / kSlowest;) {
    const auto coherence = circle.coherence(period, window);
    const double height = coherence.of[coherence.best()];
    if (herePeriod > 0 && here >= before && here > height) found.push_back({herePeriod, here});
    before = here;
    here = height;
    herePeriod = period;
    period *= 1 + kStep * period / (kMostDivisions * window);
  }
  std::stable_sort(found.begin(), found.end(), by_score);
  if (found.size() > kMostReadings) found.resize(kMostReadings);
  return found;
}

/// Moves a period to where the coherence over stretches of `window` seconds is highest.
double refine(const BeatCircle& circle, double period, double window, uint32_t division) {
  const auto height = [&](double candidate) { return circle.coherence(candidate, window).of[division - 1]; };
  double step = period * 0.5 * period / (division * window);
  double best = height(period);
  for (int halving = 0; halving < 10; halving++, step /= 2) {
    for (const double candidate : {period - step, period + step}) {
      const double found = height(candidate);
      if (found <= best) continue;
      best = found;
      period = candidate;
    }
  }
  return period;
}

/// The mean resultant that chance would give, for the best of all tempi that were tried.
double chance(double count) {
  return std::min(1.0, std::sqrt(std::log(1000.0) / std::max(1.0, count)));
}

/// The onsets that are judged, with times from the first one on.
std::vector<Onset> heard_of(const std::vector<Onset>& onsets, double longest) {
  std::vector<Onset> heard;
  for (const Onset& onset : onsets) {
    const double seconds = onset.seconds - onsets.front().seconds;
    if (seconds < longest && onset.strength > 0) heard.push_back({seconds, onset.strength});
  }
  return heard;
}

double window_of(const BeatCircle& circle) {
  return std::min(kWindow, circle.duration() * 1.001);
}

Reading read(const BeatCircle& circle, double period, double window) {
  const uint32_t division = circle.coherence(period, window).best() + 1;
  const double exact = refine(circle, period, window, division);
  const double evidence = metrical_evidence(circle, exact, window);
  return {exact, evidence + preference(exact), evidence};
}

bool contains(const std::vector<Reading>& known, double period) {
  return std::any_of(known.begin(), known.end(), [=](const Reading& one) { return is_same(one.period, period); });
}

/// The peaks of the coherence and what is related to the best of them, by how well they read as a tempo.
std::vector<Reading> ranked_readings(const BeatCircle& circle) {
  const double window = window_of(circle);
  auto ranked = readings(circle, window);
  for (Reading& reading : ranked) reading = read(circle, reading.period, window);
  std::stable_sort(ranked.begin(), ranked.end(), by_score);
  const size_t best = std::min(kBestReadings, ranked.size());
  for (size_t index = 0; index < best; index++) {
    for (const double factor : kRelated) {
      const double period = ranked[index].period / factor;
      if (period < 60 / kFastest || period > 60 / kSlowest || contains(ranked, period)) continue;
      ranked.push_back(read(circle, period, window));
    }
  }
  std::stable_sort(ranked.begin(), ranked.end(), by_score);
  return ranked;
}

/// Likelihood of the first reading among those that are not the same beat, halved or doubled.
double decision(const std::vector<Reading>& ranked) {
  double others = 0;
  for (const Reading& reading : ranked) {
    const double octaves = std::log2(reading.period / ranked[0].period);
    if (std::fabs(octaves - std::round(octaves)) < kSameTempo) continue;
    others += std::exp(reading.score - ranked[0].score);
  }
  return 1 / (1 + others);
}

/// A period made exact over longer and longer stretches, as far as the tempo holds.
double exact_period(const BeatCircle& circle, double period) {
  double stretch = window_of(circle);
  const auto coherence = circle.coherence(period, stretch);
  const uint32_t best = coherence.best();
  double kept = coherence.of[best];
  while (stretch < circle.duration()) {
    stretch *= 2;
    const double longer = refine(circle, period, stretch, best + 1);
    const double found = circle.coherence(longer, stretch).of[best];
    if (found < kSteady * kept) break;
    period = longer;
    kept = found;
  }
  return period;
}

/// @param first the time of the first onset.
Tempo tempo_at(const BeatCircle& circle, double period, double first) {
  const auto coherence = circle.coherence(period, circle.duration() * 2);
  const uint32_t division = coherence.best() + 1;
  const double phase = beat_phase(circle, period, division);
  const double beat = std::ceil((-kPickup * period - phase) / period);
  Tempo tempo;
  tempo.bpm = 60 / period;
  tempo.firstBeat = first + phase + beat * period;
  if (tempo.firstBeat < 0) tempo.firstBeat = tempo.firstBeat > -kRounding ? 0 : tempo.firstBeat + period;
  const double expected = chance(circle.effective_count());
  const double kept = coherence.of[division - 1];
  tempo.confidence = expected >= 1 ? 0 : std::clamp((kept - expected) / (1 - expected), 0.0, 1.0);
  return tempo;
}

}  // namespace

Tempo track_beats(const std::vector<Onset>& onsets) {
  auto beginning = heard_of(onsets, kRankedSeconds);
  if (beginning.size() < kFewestOnsets || beginning.back().seconds < kShortestSeconds) return {};
  const auto ranked = ranked_readings(BeatCircle(std::move(beginning)));
  if (ranked.empty()) return {};
  const BeatCircle whole(heard_of(onsets, kLongestSeconds));
  Tempo tempo = tempo_at(whole, exact_period(whole, ranked[0].period), onsets.front().seconds);
  tempo.confidence *= decision(ranked);
  size_t count = 0;
  for (const Reading& reading : ranked) {
    const double bpm = 60 / reading.period;
    const auto isNamed = [bpm](double named) { return is_same(bpm, named); };
    if (count == kAlternatives) break;
    if (reading.evidence <= kSupported * ranked[0].evidence || isNamed(tempo.bpm)) continue;
    if (std::none_of(tempo.alternatives, tempo.alternatives + count, isNamed)) tempo.alternatives[count++] = bpm;
  }
  return tempo;
}

}  // namespace atome
