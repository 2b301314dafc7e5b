// Relaxed access to plain fields of the structs that several threads and TypeScript read at any time.
#pragma once

namespace atome {

template <class Value>
inline Value peek(const Value& field) {
  Value value;
  __atomic_load(&field, &value, __ATOMIC_RELAXED);
  return value;
}

template <class Value>
inline void poke(Value& field, Value value) {
  __atomic_store(&field, &value, __ATOMIC_RELAXED);
}

/// For counters that have one writer.
template <class Value>
inline void bump(Value& field, Value by = 1) {
  poke(field, Value(peek(field) + by));
}

}  // namespace atome
