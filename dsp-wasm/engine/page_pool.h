// Fixed blocks of one page of one channel each: who holds which, which are free, which was used longest ago.
#pragma once
#include <atomic>
#include <cstdint>

#include "../generated/protocol.h"
#include "epoch.h"
#include "file_table.h"
#include "handover_stack.h"

namespace atome {

/// Head of a block; its samples follow. All but `nextGiven` belongs to the disk thread while the pool holds it.
struct alignas(64) PageBlock {
  PageBlock* previous = nullptr;
  PageBlock* next = nullptr;
  PageBlock* nextGiven = nullptr;
  uint32_t file = 0;
  uint32_t generation = 0;
  uint32_t page = 0;
  /// The plan that wanted it last.
  uint32_t wantedBy = 0;
  /// Audio epoch when it was evicted.
  uint32_t evictedAt = 0;
  /// It holds a resident page's first channel and stands in the order of use.
  bool ordered = false;

  float* samples() { return reinterpret_cast<float*>(this + 1); }
  static PageBlock* of(float* samples) { return reinterpret_cast<PageBlock*>(samples) - 1; }
};

class PagePool {
 public:
  ~PagePool();

  /// Control thread: adds blocks; returns how many there was memory for.
  uint32_t grow(uint32_t blocks);
  /// Control thread: hands a block over that neither the audio nor the disk thread can reach any more.
  void give(PageBlock* block) noexcept { given_.push(block); }

  // Disk thread from here on.

  /// Takes over what the control thread gave; returns how many of the blocks held a page until now.
  uint32_t collect() noexcept;
  /// A block that may be written, or null.
  PageBlock* acquire(const Epoch& audio) noexcept;
  void release(PageBlock* block) noexcept;
  /// Puts a page's first block at the recent end of the order of use.
  void use(PageBlock* block) noexcept;
  /// The first block of the page that was wanted longest ago; null when there is none.
  PageBlock* least_used() const noexcept { return oldest_; }
  /// Takes a page out of the order of use.
  void forget(PageBlock* block) noexcept;
  /// Holds a block back until the audio thread has moved on.
  void evict(PageBlock* block, uint32_t audioEpoch) noexcept;

  uint32_t total() const noexcept { return total_; }
  /// Free now or as soon as the audio thread has moved on.
  uint32_t available() const noexcept { return available_; }

 private:
  struct Arena {
    Arena* next;
    void* memory;
  };

  Arena* arenas_ = nullptr;
  HandoverStack<PageBlock, &PageBlock::nextGiven> given_;
  PageBlock* free_ = nullptr;
  PageBlock* waiting_ = nullptr;
  PageBlock* lastWaiting_ = nullptr;
  PageBlock* oldest_ = nullptr;
  PageBlock* newest_ = nullptr;
  uint32_t total_ = 0;
  uint32_t available_ = 0;
};

}  // namespace atome
