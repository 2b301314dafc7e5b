// An unbounded intrusive stack: one thread pushes, another takes everything at once.
#pragma once
#include <atomic>

namespace atome {

/// @tparam Next the member of Item that links to the next one.
template <class Item, Item* Item::*Next>
class HandoverStack {
 public:
  void push(Item* item) noexcept {
    Item* top = top_.load(std::memory_order_relaxed);
    do {
      item->*Next = top;
    } while (!top_.compare_exchange_weak(top, item, std::memory_order_release, std::memory_order_relaxed));
  }

  /// The last pushed one, linked to the others; null when there is none.
  Item* take() noexcept { return top_.exchange(nullptr, std::memory_order_acquire); }

 private:
  std::atomic<Item*> top_{nullptr};
};

}  // namespace atome
