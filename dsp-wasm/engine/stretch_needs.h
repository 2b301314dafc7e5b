// How many stretchers all schedules need at a time. Control thread.
#pragma once
#include "shared_state.h"
#include "stretch_store.h"

namespace atome {

/// Makes what the latest schedules and a dragged playhead need. False when it does not fit or there is no memory.
bool provide_stretchers(const SharedState& shared, StretchStore& store);

}  // namespace atome
