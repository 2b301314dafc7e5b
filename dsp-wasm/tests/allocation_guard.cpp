// Wraps the allocator and the allocating operators by the linker's --wrap.
#include "allocation_guard.h"

#include <cstddef>
#include <cstdio>
#include <cstdlib>

namespace {

thread_local int guards = 0;

void check(const char* call) {
  if (guards == 0) return;
  guards = 0;
  std::fprintf(stderr, "%s inside the audio callback\n", call);
  std::abort();
}

}  // namespace

AllocationGuard::AllocationGuard() {
  guards++;
}
AllocationGuard::~AllocationGuard() {
  guards--;
}

extern "C" {

void* __real_malloc(size_t bytes);
void* __real_calloc(size_t count, size_t bytes);
void* __real_realloc(void* memory, size_t bytes);
void* __real_aligned_alloc(size_t alignment, size_t bytes);
void __real_free(void* memory);

void* __wrap_malloc(size_t bytes) {
  check("malloc");
  return __real_malloc(bytes);
}
void* __wrap_calloc(size_t count, size_t bytes) {
  check("calloc");
  return __real_calloc(count, bytes);
}
void* __wrap_realloc(void* memory, size_t bytes) {
  check("realloc");
  return __real_realloc(memory, bytes);
}
void* __wrap_aligned_alloc(size_t alignment, size_t bytes) {
  check("aligned_alloc");
  return __real_aligned_alloc(alignment, bytes);
}
void __wrap_free(void* memory) {
  check("free");
  __real_free(memory);
}

// operator new(size_t), operator delete(void*) and operator delete(void*, size_t) by their linker names.
void* __real__Znwm(size_t bytes);
void __real__ZdlPv(void* memory);
void __real__ZdlPvm(void* memory, size_t bytes);

void* __wrap__Znwm(size_t bytes) {
  check("operator new");
  return __real__Znwm(bytes);
}
void __wrap__ZdlPv(void* memory) {
  check("operator delete");
  __real__ZdlPv(memory);
}
void __wrap__ZdlPvm(void* memory, size_t bytes) {
  check("operator delete");
  __real__ZdlPvm(memory, bytes);
}

}  // extern "C"
