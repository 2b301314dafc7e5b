// The steady beat that a recording's onsets keep, if they keep one.
#pragma once
#include <cstdint>
#include <vector>

#include "onset.h"

namespace atome {

/// Other readings that are named at most.
inline constexpr uint32_t kAlternatives = 4;

struct Tempo {
  /// 0 where there are too few onsets to tell.
  double bpm = 0;
  /// Seconds: the first beat that is not before the first onset, but for a little.
  double firstBeat = 0;
  /// 0 to 1: how far the onsets keep to an even division of this beat, above what chance would give, times how likely
  /// it is among other beats that they keep, but for half and double the tempo.
  double confidence = 0;
  /// The next best readings of the same onsets: half and double the tempo, and two thirds, three quarters, four thirds
  /// and three halves of it as far as the onsets speak for them; 0 where there is none.
  double alternatives[kAlternatives] = {};
};

/// Tempo and beat of the first five minutes from the first onset on, ranked by the first two; `onsets` in their order.
///
/// The onsets' times are wound around circles of one beat's length: where their resultant is long, they keep that beat
/// or an even division of it (Rayleigh's test; Mardia and Jupp, "Directional Statistics", 2000). Of the metrical levels
/// the one is taken whose metre explains best where the onsets fall (`metrical_evidence`), and that people tap to: a
/// preference around 115 bpm, as wide as what is found (Moelants, "Preferred tempo reconsidered", 2002), but level in
/// its middle.
Tempo track_beats(const std::vector<Onset>& onsets);

}  // namespace atome
