// A stretcher at work for one clip from one place on, and what is known of it.
#pragma once
#include <cstdint>

#include "stretch_voice.h"

namespace atome {

/// Context frames by which places are foreseen: 85 ms at 48 kHz.
inline constexpr int64_t STRETCH_FORESIGHT = 4096;

/// Audio thread, once it is made.
struct StretchRun {
  StretchVoice voice;
  StretchShape* shape = nullptr;
  /// Link of the list that it is in.
  StretchRun* next = nullptr;
  /// Link of the list of all of them. Control thread.
  StretchRun* nextMade = nullptr;
  /// The clip that it plays, or the last of several, and the bus frame at which that ends.
  uint32_t clip = 0;
  uint32_t generation = 0;
  int64_t end = 0;
  /// The frames before this bus frame were asked for.
  int64_t asked = 0;
  /// It is or was audible: from then on it may not run dry.
  bool heard = false;
  /// Bus frame from which it fades in because it was late; NOT_LATE: it was not.
  int64_t fadeFrom = NOT_LATE;
  /// What is expected to want it still does.
  bool wanted = false;
  /// Context frames until it is needed.
  int64_t due = 0;

  /// It could sound from its origin on.
  bool is_ready() const { return voice.end() >= voice.origin() + shape->margin; }

  static constexpr int64_t NOT_LATE = INT64_MIN;
  /// Nobody knows when.
  static constexpr int64_t SOMETIME = INT64_MAX;
};

}  // namespace atome
