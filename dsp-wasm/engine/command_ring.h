// A bounded queue between exactly one producer and one consumer; neither ever waits.
#pragma once
#include <atomic>
#include <cstdint>

namespace atome {

template <class Item, uint32_t Capacity>
class SpscRing {
  static_assert((Capacity & (Capacity - 1)) == 0);

 public:
  /// Producer. False when it is full.
  bool push(const Item& item) noexcept {
    const uint32_t tail = tail_.load(std::memory_order_relaxed);
    if (tail - head_.load(std::memory_order_acquire) == Capacity) return false;
    items_[tail % Capacity] = item;
    tail_.store(tail + 1, std::memory_order_release);
    return true;
  }

  /// Consumer. False when it is empty.
  bool pop(Item& item) noexcept {
    const uint32_t head = head_.load(std::memory_order_relaxed);
    if (head == tail_.load(std::memory_order_acquire)) return false;
    item = items_[head % Capacity];
    head_.store(head + 1, std::memory_order_release);
    return true;
  }

 private:
  alignas(64) std::atomic<uint32_t> head_{0};
  alignas(64) std::atomic<uint32_t> tail_{0};
  Item items_[Capacity]{};
};

}  // namespace atome
