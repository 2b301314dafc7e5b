// What happens by itself where a playhead arrives by playing: part of a timeline's schedule, never changed.
#pragma once
#include <algorithm>
#include <cstdint>

#include "../dsp/memory.h"
#include "../generated/protocol.h"

namespace atome {

struct Trigger {
  /// Context frames from the timeline's zero.
  int64_t position;
  uint64_t seed;
  uint32_t slot;
  /// Tells apart successive triggers in one slot.
  uint32_t generation;
  TriggerAction action;
  /// The timeline it acts on; its own one, too.
  uint32_t timeline;
  /// Fires at most so many times after each start of its timeline; 0: always.
  uint32_t times;
  /// Its places in the table.
  uint32_t firstPlace;
  uint32_t places;
};

/// Which of `count` choices the firing number `firing` takes: output of SplitMix64 (Steele, Lea and Flood, "Fast
/// Splittable Pseudorandom Number Generators", 2014), scaled by its upper half.
inline uint32_t choice_of(uint64_t seed, uint32_t firing, uint32_t count) {
  uint64_t mixed = seed + (uint64_t(firing) + 1) * 0x9e3779b97f4a7c15;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
  mixed ^= mixed >> 31;
  return uint32_t(((mixed >> 32) * count) >> 32);
}

/// The triggers of one timeline by position, and the places where they may lead.
struct TriggerTable {
  Array<Trigger> triggers;
  Array<int64_t> places;

  bool empty() const { return triggers.size() == 0; }

  /// Index of the first one after `position`.
  uint32_t first_after(int64_t position) const {
    const Trigger* found = std::upper_bound(triggers.begin(), triggers.end(), position,
                                            [](int64_t at, const Trigger& trigger) { return at < trigger.position; });
    return uint32_t(found - triggers.begin());
  }

  /// Where a firing leads.
  int64_t place(const Trigger& trigger, uint32_t firing) const {
    if (trigger.places == 0) return 0;
    return places[trigger.firstPlace + choice_of(trigger.seed, firing, trigger.places)];
  }
};

}  // namespace atome
