// The click tracks that are published and those that are no longer.
#include "click_store.h"

namespace atome {
namespace {

/// Frames are exact in doubles up to here.
constexpr double MAX_FRAME = 9007199254740992.0;

bool is_sound(const ClickSpec* clicks, uint32_t count) {
  double previous = 0;
  for (uint32_t index = 0; index < count; index++) {
    const double position = clicks[index].position;
    if (!(position >= previous && position <= MAX_FRAME)) return false;
    previous = position;
  }
  return true;
}

/// Null when there is no memory.
ClickTrack* track_of(const ClickSpec* clicks, uint32_t count) {
  ClickTrack* track = create<ClickTrack>();
  if (!track || !track->clicks.allocate(count)) {
    destroy(track);
    return nullptr;
  }
  for (uint32_t index = 0; index < count; index++) {
    track->clicks[index] = {int64_t(clicks[index].position), clicks[index].accent};
  }
  return track;
}

}  // namespace

/// No other thread runs any more.
ClickStore::~ClickStore() {
  retired_.clear([](ClickTrack* track) { destroy(track); });
  for (TimelineView& view : shared_.timelines) destroy(view.clicks.exchange(nullptr));
}

EngineStatus ClickStore::set(uint32_t timeline, const ClickSpec* clicks, uint32_t count) {
  if (timeline >= MAX_TIMELINES || !is_sound(clicks, count)) return EngineStatus::BAD_ARGUMENT;
  ClickTrack* track = nullptr;
  if (count > 0) {
    track = track_of(clicks, count);
    if (!track) return EngineStatus::NO_MEMORY;
    track->sequence = ++sequence_;
  }
  if (ClickTrack* replaced = shared_.timelines[timeline].clicks.exchange(track)) {
    retired_.add(replaced, shared_.epochs);
  }
  return EngineStatus::OK;
}

void ClickStore::collect() {
  retired_.collect(shared_.epochs, [](ClickTrack* track) { destroy(track); });
}

}  // namespace atome
