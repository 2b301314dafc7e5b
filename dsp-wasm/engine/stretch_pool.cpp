// The stretchers that nothing uses at the moment.
#include "stretch_pool.h"

#include "../generated/protocol.h"
#include "stretch_runs.h"

namespace atome {

void StretchPool::exchange() noexcept {
  for (StretchRun* run = handover_->brought.take(); run;) {
    StretchRun* next = run->next;
    run->shape->owned++;
    run->next = run->shape->idle;
    run->shape->idle = run;
    run = next;
  }
  for (StretchShape* shape = handover_->shapes.load(); shape; shape = shape->next) {
    while (shape->idle && shape->owned > shape->wanted.load(std::memory_order_relaxed)) {
      StretchRun* run = shape->idle;
      shape->idle = run->next;
      shape->owned--;
      handover_->returned.push(run);
    }
  }
}

StretchRun* StretchPool::take(StretchShape& shape, int64_t due) noexcept {
  if (StretchRun* run = shape.idle) {
    shape.idle = run->next;
    return run;
  }
  StretchRuns* holder = nullptr;
  int64_t furthest = due;
  for (uint32_t index = 0; index < MAX_TIMELINES; index++) {
    const int64_t held = timelines_[index]->furthest(shape);
    if (held <= furthest) continue;
    furthest = held;
    holder = timelines_[index];
  }
  return holder ? holder->steal(shape) : nullptr;
}

void StretchPool::give(StretchRun* run) noexcept {
  run->next = run->shape->idle;
  run->shape->idle = run;
}

}  // namespace atome
