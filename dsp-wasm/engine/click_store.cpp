// The click tracks that are published and those that are no longer.
#include "click_store.h"

#include <utility>

#include "shared_value.h"

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
  for (ClickTrack* track : before_) destroy(track);
}

EngineStatus ClickStore::set(uint32_t timeline, const ClickSpec* clicks, uint32_t count, double atFrame) {
  if (timeline >= MAX_TIMELINES || !(atFrame <= MAX_FRAME) || !is_sound(clicks, count)) {
    return EngineStatus::BAD_ARGUMENT;
  }
  ClickTrack* track = track_of(clicks, count);
  if (!track) return EngineStatus::NO_MEMORY;
  TimelineView& view = shared_.timelines[timeline];
  ClickTrack* replaced = view.clicks.load();
  ClickTrack*& before = before_[timeline];
  // One that never came to hold leaves its predecessor in place.
  if (replaced && replaced->fromFrame <= peek(shared_.counters.masterFrame)) std::swap(replaced, before);
  track->sequence = ++sequence_;
  track->fromFrame = atFrame > 0 ? int64_t(atFrame) : 0;
  track->before = before;
  view.clicks.store(track);
  if (replaced) retired_.add(replaced, shared_.epochs);
  return EngineStatus::OK;
}

void ClickStore::collect() {
  retired_.collect(shared_.epochs, [](ClickTrack* track) { destroy(track); });
}

}  // namespace atome
