// Wakes a thread that waits on a word of shared memory (Atomics.wait in JavaScript).
#pragma once
#include <cstdint>

namespace atome {

/// Control thread.
inline void bump_and_wake(int32_t& word) {
  __atomic_fetch_add(&word, 1, __ATOMIC_SEQ_CST);
#ifdef __wasm__
  __builtin_wasm_memory_atomic_notify(&word, ~0u);
#endif
}

}  // namespace atome
