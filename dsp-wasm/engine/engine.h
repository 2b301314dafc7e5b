// One engine: what its threads share, and each thread's own side.
#pragma once
#include <cstdint>

#include "control.h"
#include "pager.h"
#include "renderer.h"
#include "shared_state.h"

namespace atome {

class Engine {
 public:
  explicit Engine(uint32_t sampleRate) : shared(sampleRate), control(shared) {}

  /// Control thread; false when there is no memory. @param firstFrame of the master clock.
  [[nodiscard]] bool prepare(uint32_t pageBlocks, bool offline, int64_t firstFrame = 0) {
    if (!shared.prepare(offline) || !control.prepare()) return false;
    if (!renderer.prepare(shared, firstFrame)) return false;
    pager.prepare(shared);
    return control.grow_pages(pageBlocks) == EngineStatus::OK;
  }

  SharedState shared;
  Renderer renderer;
  Pager pager;
  Control control;
};

}  // namespace atome
