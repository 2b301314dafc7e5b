// How many stretchers a schedule needs at a time. Control thread.
#pragma once
#include "schedule.h"
#include "stretch_store.h"

namespace atome {

/// Tells the store what a timeline's schedule needs. @param spare for a place where its playhead goes on. False when
/// there is no memory.
[[nodiscard]] bool need_stretchers(const Schedule& schedule, bool spare, StretchStore& store);

/// Tells it what dragging a playhead near a position needs. False when there is no memory.
[[nodiscard]] bool need_for_scrub(const Schedule& schedule, int64_t position, StretchStore& store);

}  // namespace atome
