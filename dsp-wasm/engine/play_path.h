// The stretches of a timeline that a playhead passes next, across loop wraps. Disk thread.
#pragma once
#include <algorithm>
#include <cstdint>

namespace atome {

/// A playhead and its loop, in context frames; loopEnd not after loopStart: no loop.
struct PlayPath {
  int64_t position;
  int64_t loopStart;
  int64_t loopEnd;

  /// Calls `visit(from, to)` for what is passed between `near` and `far` frames from now.
  template <class Visit>
  void visit(int64_t near, int64_t far, Visit visit) const {
    const bool looping = loopEnd > loopStart && position < loopEnd;
    const int64_t first = loopEnd - position;
    if (!looping || far <= first) return visit(position + near, position + far);
    if (near < first) visit(position + near, loopEnd);
    const int64_t length = loopEnd - loopStart;
    const int64_t from = std::max<int64_t>(near, first) - first;
    const int64_t to = far - first;
    if (to - from >= length) return visit(loopStart, loopEnd);
    const int64_t start = loopStart + from % length;
    const int64_t end = start + (to - from);
    visit(start, std::min(end, loopEnd));
    if (end > loopEnd) visit(loopStart, loopStart + (end - loopEnd));
  }
};

}  // namespace atome
