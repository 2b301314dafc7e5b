// How well a beat and its metre explain where onsets fall.
#include "beat_metre.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace atome {
namespace {

constexpr uint32_t kMostBeats = 4;
constexpr uint32_t kMostPlaces = kMostBeats * kMostDivisions;

/// Onsets after which more of the same do not make a reading likelier: rhythms are not independent draws.
constexpr double kMostCounted = 16;
/// Onsets that the prior is worth.
constexpr double kPriorCount = 12;
/// Seconds by which even exact onsets may miss: how finely they are found.
constexpr double kResolution = 0.005;
constexpr double kLargestCoherence = 0.9999;
/// Turns of a division by which offbeats of a swing are late: eighths up to 71 %, sixteenths up to 63 %.
constexpr double kLeastSwing = 0.08;
constexpr double kMostSwing = 0.42;
constexpr double kMostSwingOfSixteenths = 0.26;
/// What a metre has to explain beyond what a plainer one does: for twice as many places, and for what is rarer.
constexpr double kCostOfPlaces = 0.5;
constexpr double kCostOfThreeBeats = 2.5;
constexpr double kCostOfTriplets = 1;
constexpr double kCostOfSwing = 1;

/// Share of the onsets that is expected on each division of a beat, and on each beat of a bar.
constexpr double kDivisionWeights[kMostDivisions][kMostDivisions] = {
    {1}, {0.62, 0.38}, {0.5, 0.2, 0.3}, {0.45, 0.154, 0.242, 0.154}};
constexpr double kBeatWeights[kMostBeats][kMostBeats] = {{1}, {0.6, 0.4}, {0.5, 0.25, 0.25}, {0.34, 0.2, 0.26, 0.2}};

/// Concentration of von Mises' distribution with a mean resultant (Fisher, "Statistical Analysis of Circular Data",
/// 1993, 4.5.5).
double concentration(double coherence) {
  const double r = coherence;
  if (r < 0.53) return 2 * r + r * r * r + 5 * r * r * r * r * r / 6;
  if (r < 0.85) return -0.4 + 1.39 * r + 0.43 / (1 - r);
  return 1 / (r * r * r - 4 * r * r + 3 * r);
}

/// Logarithm of the modified Bessel function of order 0: its series, and its asymptotic expansion.
double log_bessel(double x) {
  if (x > 12) return x - 0.5 * std::log(2 * std::numbers::pi * x) + std::log1p(1 / (8 * x) + 9 / (128 * x * x));
  double sum = 1, term = 1;
  for (int order = 1; order < 40; order++) sum += term *= x * x / (4.0 * order * order);
  return std::log(sum);
}

/// What an onset's distance from its division says, above being anywhere.
double precision(double coherence) {
  const double kappa = concentration(coherence);
  return kappa * coherence - log_bessel(kappa);
}

/// A coherence without what chance adds to it, and without more exactness than there can be.
double sober(double coherence, double count, double division) {
  const double squared = std::max(0.0, (count * coherence * coherence - 1) / (count - 1));
  const double blur = 2 * std::numbers::pi * kResolution / division;
  return std::min(kLargestCoherence, std::sqrt(squared) * std::exp(-0.5 * blur * blur));
}

struct Metre {
  uint32_t beats;
  uint32_t division;

  uint32_t places() const { return beats * division; }
  double weight(uint32_t place) const {
    return kBeatWeights[beats - 1][place / division] * kDivisionWeights[division - 1][place % division];
  }
  double cost() const {
    return kCostOfPlaces * std::log2(double(places())) + (beats == 3 ? kCostOfThreeBeats : 0) +
           (division == 3 ? kCostOfTriplets : 0);
  }
};

/// What the onsets' shares on the places of a bar say, above being spread evenly, for the best place to begin the bar.
double selection(const BeatCircle::Places& shares, Metre metre, double count) {
  const uint32_t places = metre.places();
  double folded[kMostPlaces] = {}, prior[kMostPlaces];
  for (uint32_t place = 0; place < kBarPlaces * metre.division; place++) folded[place % places] += shares.of[place];
  double constant = std::lgamma(kPriorCount) - std::lgamma(kPriorCount + count) + count * std::log(double(places));
  for (uint32_t place = 0; place < places; place++) {
    prior[place] = kPriorCount * metre.weight(place);
    constant -= std::lgamma(prior[place]);
  }
  double best = -std::numeric_limits<double>::infinity();
  for (uint32_t begin = 0; begin < places; begin++) {
    double sum = 0;
    for (uint32_t place = 0; place < places; place++)
      sum += std::lgamma(count * folded[(begin + place) % places] + prior[place]);
    best = std::max(best, sum);
  }
  return best + constant;
}

}  // namespace

double metrical_evidence(const BeatCircle& circle, double period, double window) {
  const auto coherence = circle.coherence(period, window);
  const double onsets = circle.effective_count();
  const double count = std::min(kMostCounted, onsets);
  const double inWindow = std::max(2.0, onsets * std::min(1.0, window / circle.duration()));
  double best = -std::numeric_limits<double>::infinity();
  for (uint32_t division = 1; division <= kMostDivisions; division++) {
    const auto places = circle.places(period, division);
    const auto exactness = [&](double kept) { return precision(sober(kept, inWindow, period / division)); };
    double exact = exactness(coherence.of[division - 1]);
    const double latest = division == 4 ? kMostSwingOfSixteenths : kMostSwing;
    if (division % 2 == 0 && places.swing > kLeastSwing && places.swing < latest)
      exact = std::max(exact, exactness(places.swung) - kCostOfSwing / count);
    for (uint32_t beats = 1; beats <= kMostBeats; beats++) {
      const Metre metre{beats, division};
      best = std::max(best, count * exact + selection(places, metre, count) - metre.cost());
    }
  }
  return best;
}

}  // namespace atome
