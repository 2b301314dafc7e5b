// The steady beat that a recording's onsets keep, if they keep one.
#pragma once
#include <cstdint>
#include <vector>

#include "onset.h"

namespace atome {

struct Tempo {
  /// 0 where there are too few onsets to tell.
  double bpm = 0;
  /// Seconds: the first beat that is not before the first onset, but for a little.
  double firstBeat = 0;
  /// 0 to 1: how far the onsets keep to an even division of this beat, above what chance would give.
  double confidence = 0;
  /// The next best readings of the same onsets, most often half and double the tempo; 0 where there is none.
  double alternatives[2] = {0, 0};
};

/// Tempo and beat of the first five minutes from the first onset on, ranked by the first two; `onsets` in their order.
///
/// The onsets' times are wound around circles of one beat's length: where their resultant is long, they keep that beat
/// or an even division of it (Rayleigh's test; Mardia and Jupp, "Directional Statistics", 2000). Of the metrical levels
/// the one is taken that its onsets fill and accentuate, and that people tap to (a log-normal preference around
/// 120 bpm; Ellis, "Beat tracking by dynamic programming", 2007).
Tempo track_beats(const std::vector<Onset>& onsets);

}  // namespace atome
