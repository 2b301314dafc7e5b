// How many stretchers all schedules need at a time.
#include "stretch_needs.h"

#include <algorithm>

#include "page_reader.h"
#include "stretch_run.h"

namespace atome {
namespace {

/// The most voices of one shape that hold a stretcher at the same time.
uint32_t most_at_once(const BusPlan& plan, const StretchShape& shape, int64_t* ends) {
  const auto before = shape.margin + int64_t(double(STRETCH_FORESIGHT) * plan.ratio());
  uint32_t count = 0;
  for (const Voice& voice : plan.voices) {
    if (voice.stretch && voice.stretch->shape == &shape) ends[count++] = voice.end + 2 * shape.margin;
  }
  std::sort(ends, ends + count);
  uint32_t most = 0, started = 0, ended = 0;
  for (const Voice& voice : plan.voices) {
    if (!voice.stretch || voice.stretch->shape != &shape) continue;
    started++;
    while (ends[ended] < voice.start - before) ended++;
    most = std::max(most, started - ended);
  }
  return most;
}

/// Context frames before and after a dragged playhead: it goes one second further at most before this is asked again.
constexpr int64_t SCRUB_REACH = 65536;
/// Clips of one kind that are heard under a dragged playhead.
constexpr uint32_t SCRUBBED = 8;

/// What dragging a playhead near a position needs. False when there is no memory.
bool need_for_scrub(const Schedule& schedule, int64_t position, StretchStore& store) {
  for (const BusPlan& plan : schedule.plans) {
    uint32_t counts[2] = {};
    uint32_t rate = 0;
    const int64_t from = plan.frame_at(std::max<int64_t>(0, position - SCRUB_REACH));
    plan.visit_overlapping(from, plan.frame_at(position + SCRUB_REACH), [&](uint32_t index) {
      const FileTable& file = *plan.voices[index].file;
      rate = file.sampleRate;
      counts[folded_channels(file.channels) - 1]++;
    });
    for (uint32_t channels = 1; channels <= 2; channels++) {
      if (counts[channels - 1] == 0) continue;
      StretchShape* shape = store.shape(channels, rate);
      if (!shape) return false;
      store.like(*shape, std::min(counts[channels - 1], SCRUBBED));
    }
  }
  return true;
}

/// How many stretchers of one kind a schedule holds at a time; -1 when there is no memory.
int64_t most_of(const Schedule* schedule, const StretchShape& shape) {
  if (!schedule || !schedule->stretches) return 0;
  int64_t most = 0;
  for (const BusPlan& plan : schedule->plans) {
    if (plan.stretches.size() == 0 || plan.table != shape.table) continue;
    Array<int64_t> ends;
    if (!ends.allocate(plan.stretches.size())) return -1;
    most += most_at_once(plan, shape, ends.data());
  }
  return most;
}

/// What a timeline needs. Live, a playhead that jumps needs those of both places for a moment, also while it goes over
/// from one schedule to the next; offline one after the other. False when there is no memory.
bool need_stretchers(const TimelineView& view, const SharedState& shared, StretchStore& store) {
  const Schedule* latest = view.latest.load();
  const Schedule* playing = view.playing.load();
  for (StretchShape* shape = shared.stretches.shapes.load(); shape; shape = shape->next) {
    const int64_t needed = most_of(latest, *shape);
    const int64_t held = playing == latest ? needed : most_of(playing, *shape);
    if (needed < 0 || held < 0) return false;
    store.need(*shape, uint32_t(needed));
    if (!shared.offline) store.like(*shape, uint32_t(std::max(needed, held)));
  }
  return true;
}

}  // namespace

bool provide_stretchers(const SharedState& shared, StretchStore& store) {
  store.begin_needs();
  for (const TimelineView& view : shared.timelines) {
    if (!need_stretchers(view, shared, store)) return false;
  }
  const uint32_t dragged = shared.scrub.timeline.load();
  const Schedule* under = dragged == ScrubView::NOBODY ? nullptr : shared.timelines[dragged].latest.load();
  if (under && !need_for_scrub(*under, shared.scrub.target.load(), store)) return false;
  return store.end_needs();
}

}  // namespace atome
