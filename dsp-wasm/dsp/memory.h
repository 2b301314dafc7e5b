// Owning memory that reports exhaustion instead of throwing. Control thread only.
#pragma once
#include <cstddef>
#include <cstdlib>
#include <new>
#include <utility>

namespace atome {

/// A fixed-size array, zero-initialised; `allocate` is false when there is no memory.
template <class Item>
class Array {
  static_assert(alignof(Item) <= 8, "calloc promises no more");

 public:
  Array() = default;
  Array(Array&& other) noexcept : items_(std::exchange(other.items_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  Array(const Array&) = delete;
  Array& operator=(const Array&) = delete;
  Array& operator=(Array&&) = delete;
  ~Array() {
    for (size_t index = 0; index < size_; index++) items_[index].~Item();
    std::free(items_);
  }

  [[nodiscard]] bool allocate(size_t size) {
    items_ = static_cast<Item*>(std::calloc(size ? size : 1, sizeof(Item)));
    if (!items_) return false;
    for (size_t index = 0; index < size; index++) new (items_ + index) Item();
    size_ = size;
    return true;
  }

  Item& operator[](size_t index) { return items_[index]; }
  const Item& operator[](size_t index) const { return items_[index]; }
  Item* data() { return items_; }
  const Item* data() const { return items_; }
  size_t size() const { return size_; }
  Item* begin() { return items_; }
  Item* end() { return items_ + size_; }
  const Item* begin() const { return items_; }
  const Item* end() const { return items_ + size_; }

 private:
  Item* items_ = nullptr;
  size_t size_ = 0;
};

/// A new object, or null when there is no memory. Ends with `destroy`.
template <class Item, class... Arguments>
Item* create(Arguments&&... arguments) {
  constexpr size_t alignment = alignof(Item) < 16 ? 16 : alignof(Item);
  void* memory = std::aligned_alloc(alignment, (sizeof(Item) + alignment - 1) / alignment * alignment);
  return memory ? new (memory) Item(std::forward<Arguments>(arguments)...) : nullptr;
}

template <class Item>
void destroy(Item* item) {
  if (!item) return;
  item->~Item();
  std::free(item);
}

}  // namespace atome
