// Which frame of a file a stretched clip plays when, and how high.
#pragma once
#include <cmath>
#include <cstdint>

#include "file_table.h"

namespace atome {

/// A stretched clip plays a part of its stretched file, whose frame n is the file at n / ratio.
struct StretchMapping {
  FileTable* file = nullptr;
  /// Frame of the stretched file at the bus's zero.
  int64_t offset = 0;
  /// Duration on the timeline by duration in the file.
  double ratio = 1;
  /// Factor of all frequencies.
  double pitch = 1;

  bool operator==(const StretchMapping&) const = default;
  /// File frame that sounds at a bus frame.
  double source(double frame) const { return (frame + double(offset)) / ratio; }
};

inline double pitch_of(double semitones) {
  return std::exp2(semitones / 12);
}

}  // namespace atome
