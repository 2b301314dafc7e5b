// Makes as many stretchers as schedules need.
#include "stretch_store.h"

#include <algorithm>
#include <cmath>

#include "../generated/protocol.h"

namespace atome {

StretchStore::~StretchStore() {
  for (StretchRun* run = runs_; run;) {
    StretchRun* next = run->nextMade;
    destroy(run);
    run = next;
  }
  for (StretchShape* shape = handover_.shapes.load(); shape;) {
    StretchShape* next = shape->next;
    destroy(shape);
    shape = next;
  }
}

StretchShape* StretchStore::shape(uint32_t channels, uint32_t sampleRate) {
  for (StretchShape* shape = handover_.shapes.load(); shape; shape = shape->next) {
    if (shape->channels == channels && shape->sampleRate == sampleRate) return shape;
  }
  bool found = false;
  const ResamplerTable* table = resamplers_.find(sampleRate, found);
  StretchShape* shape = found ? create<StretchShape>() : nullptr;
  Stretcher stretcher;
  if (!shape || !stretcher.prepare(channels, sampleRate)) {
    destroy(shape);
    return nullptr;
  }
  shape->channels = channels;
  shape->sampleRate = sampleRate;
  shape->table = table;
  shape->hop = stretcher.hop(1);
  const int64_t half = table ? table->half() : 0;
  // A quantum and what is rendered ahead of its end; the resampler's window on both sides.
  shape->margin = int64_t(std::ceil((2 * QUANTUM_FRAMES + DECLICK_FRAMES) * shape->bus_ratio())) + 2 * half + 4;
  shape->behind = shape->ahead = stretcher.input_capacity();
  shape->next = handover_.shapes.load();
  handover_.shapes.store(shape);
  return shape;
}

void StretchStore::begin_needs() {
  for (StretchShape* shape = handover_.shapes.load(); shape; shape = shape->next) shape->needed = shape->liked = 0;
}

bool StretchStore::end_needs() {
  uint32_t room = MOST;
  bool fits = true;
  for (StretchShape* shape = handover_.shapes.load(); shape; shape = shape->next) {
    fits = fits && shape->needed <= room;
    shape->needed = std::min(shape->needed, room);
    room -= shape->needed;
  }
  for (StretchShape* shape = handover_.shapes.load(); shape; shape = shape->next) {
    const uint32_t liked = std::min(shape->liked, room);
    room -= liked;
    shape->wanted.store(shape->needed + liked, std::memory_order_relaxed);
    while (shape->made < shape->needed + liked) {
      if (!make(*shape)) return false;
    }
  }
  return fits;
}

bool StretchStore::make(StretchShape& shape) {
  StretchRun* run = create<StretchRun>();
  if (!run || !run->voice.prepare(shape)) {
    destroy(run);
    return false;
  }
  run->shape = &shape;
  run->nextMade = runs_;
  runs_ = run;
  shape.made++;
  handover_.brought.push(run);
  return true;
}

void StretchStore::collect() {
  for (StretchRun* run = handover_.returned.take(); run;) {
    StretchRun* next = run->next;
    run->shape->made--;
    StretchRun** link = &runs_;
    while (*link != run) link = &(*link)->nextMade;
    *link = run->nextMade;
    destroy(run);
    run = next;
  }
}

}  // namespace atome
