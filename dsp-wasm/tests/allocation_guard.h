// Aborts when the current thread allocates or frees while it is guarded: what the audio callback must never do.
#pragma once

class AllocationGuard {
 public:
  AllocationGuard();
  ~AllocationGuard();
};
