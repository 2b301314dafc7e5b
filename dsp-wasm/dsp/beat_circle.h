// Onsets wound around a circle: how well they keep a period, or an even division of it.
#pragma once
#include <complex>
#include <cstdint>
#include <vector>

#include "onset.h"

namespace atome {

/// Divisions of the beat that music plays in: itself, halves, triplets and quarters.
inline constexpr uint32_t kMostDivisions = 4;
/// Beats into which bars of two, three and four fit.
inline constexpr uint32_t kBarPlaces = 12;

class BeatCircle {
 public:
  /// Of each division the length of the onsets' mean resultant, 0 to 1.
  struct Coherence {
    double of[kMostDivisions];
    /// From 0: the division whose resultant is longest.
    uint32_t best() const;
  };

  /// On which divisions of twelve beats the onsets fall.
  struct Places {
    /// Share of each, by the squares of the strengths: what is accented counts.
    double of[kBarPlaces * kMostDivisions];
    /// The mean resultant when every second division may be late, and by how many turns of a division the weaker ones
    /// are.
    double swung;
    double swing;
  };

  /// @param onsets at least one, in their order, with times from the first one on.
  explicit BeatCircle(std::vector<Onset> onsets);

  double duration() const { return onsets_.back().seconds; }
  const std::vector<Onset>& onsets() const { return onsets_; }
  /// As many onsets of equal strength would mean as much.
  double effective_count() const { return total_ * total_ / squares_; }

  /// The resultants of stretches of `window` seconds are averaged, so that a tempo may sway.
  Coherence coherence(double period, double window) const;

  Places places(double period, uint32_t division) const;

  /// Time of one of the points of the division, from the first onset on.
  double phase(double period, uint32_t division) const;

  /// Strength of the onsets within `reach` seconds of the beats, as a share of all.
  double accent(double period, double phase, double reach) const;

  /// Mean distance of the onsets within `reach` seconds from their beats.
  double offset(double period, double phase, double reach) const;

 private:
  std::vector<Onset> onsets_;
  double total_ = 0;
  double squares_ = 0;
};

}  // namespace atome
