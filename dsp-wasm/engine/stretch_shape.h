// What stretchers of one kind have in common: made by the control thread, kept until the end.
#pragma once
#include <atomic>
#include <cstdint>

#include "../dsp/resampler_table.h"

namespace atome {

struct StretchRun;

/// One for each rate and number of channels that stretched clips have.
struct StretchShape {
  /// 1, or 2 to which files with more channels are folded.
  uint32_t channels = 0;
  /// Hz, of the file and so of the bus.
  uint32_t sampleRate = 0;
  /// Null at the context's own rate.
  const ResamplerTable* table = nullptr;
  /// Frames from one grain to the next, of the stretched sound.
  uint32_t hop = 0;
  /// Bus frames around a playhead that one quantum may read.
  int64_t margin = 0;
  /// File frames that a grain needs before and after the frame at its centre.
  int64_t behind = 0;
  int64_t ahead = 0;
  StretchShape* next = nullptr;
  /// How many runs there shall be. Written by the control thread.
  std::atomic<uint32_t> wanted{0};
  /// How many schedules need, how many more would be good to have, and how many there are. Control thread.
  uint32_t needed = 0;
  uint32_t liked = 0;
  uint32_t made = 0;
  /// Audio thread.
  uint32_t owned = 0;
  StretchRun* idle = nullptr;

  /// Bus frames per context frame.
  double bus_ratio() const { return table ? table->ratio() : 1; }
  /// Bus frame at a timeline position in context frames.
  int64_t frame_at(int64_t position) const { return table ? table->position(position).frame : position; }
};

}  // namespace atome
