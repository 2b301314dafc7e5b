// How well a beat and its metre explain where onsets fall.
#pragma once
#include "beat_circle.h"

namespace atome {

/// Natural logarithm of how much likelier the onsets are where this beat puts them than anywhere in time, weighed as if
/// they were 16 at most; of the best of its metres: bars of one to four beats that are divided in one to four, even or
/// swung. About 0 where they keep nothing of it.
///
/// Two things count: how closely they keep to the divisions (von Mises' distribution around each), and on how few of
/// them they fall again and again (a multinomial with a Dirichlet prior that is higher on stronger places). A rhythm
/// that leaves its beats empty and comes back in every bar is explained as well as one that marks them; a level twice
/// as fast, of which every second beat is empty, is explained less well.
double metrical_evidence(const BeatCircle& circle, double period, double window);

}  // namespace atome
