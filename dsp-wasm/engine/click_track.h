// Where one timeline's metronome clicks: built by the control thread, published once, never changed.
#pragma once
#include <algorithm>
#include <cstdint>

#include "../dsp/memory.h"

namespace atome {

struct Click {
  /// Context frames from the timeline's zero.
  int64_t position;
  /// 1 on a bar line.
  uint32_t accent;
};

struct ClickTrack {
  /// Its own among all tracks: an address may come back.
  uint32_t sequence = 0;
  /// Master frame from which on it holds; until then `before` does.
  int64_t fromFrame = 0;
  const ClickTrack* before = nullptr;
  /// By position.
  Array<Click> clicks;

  /// The track that holds at a master frame; null: none.
  const ClickTrack* at(int64_t masterFrame) const noexcept { return masterFrame < fromFrame ? before : this; }

  /// Index of the first click at `position` or later.
  uint32_t first_from(int64_t position) const noexcept {
    const Click* found = std::lower_bound(clicks.begin(), clicks.end(), position,
                                          [](const Click& click, int64_t at) { return click.position < at; });
    return uint32_t(found - clicks.begin());
  }
};

}  // namespace atome
