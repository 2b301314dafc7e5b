// Fixed blocks of one page of one channel each.
#include "page_pool.h"

#include <cstdlib>
#include <new>

#include "../dsp/memory.h"

namespace atome {
namespace {

constexpr size_t BLOCK_BYTES = sizeof(PageBlock) + PAGE_FRAMES * sizeof(float);
static_assert(BLOCK_BYTES % alignof(PageBlock) == 0);
/// Marks blocks that the disk thread has not counted yet.
constexpr uint32_t NEW_BLOCK = ~0u;

}  // namespace

PagePool::~PagePool() {
  while (arenas_) {
    Arena* arena = arenas_;
    arenas_ = arena->next;
    std::free(arena->memory);
    destroy(arena);
  }
}

uint32_t PagePool::grow(uint32_t blocks) {
  // In pieces, so that a memory close to its limit still gives what it has.
  constexpr uint32_t PIECE = 64;
  uint32_t made = 0;
  while (made < blocks) {
    const uint32_t count = blocks - made < PIECE ? blocks - made : PIECE;
    void* memory = std::aligned_alloc(alignof(PageBlock), count * BLOCK_BYTES);
    Arena* arena = memory ? create<Arena>(Arena{arenas_, memory}) : nullptr;
    if (!arena) {
      std::free(memory);
      break;
    }
    arenas_ = arena;
    for (uint32_t index = 0; index < count; index++) {
      auto* block = new (static_cast<char*>(memory) + index * BLOCK_BYTES) PageBlock();
      block->file = NEW_BLOCK;
      give(block);
    }
    made += count;
  }
  return made;
}

uint32_t PagePool::collect() noexcept {
  uint32_t returned = 0;
  for (PageBlock* block = given_.take(); block;) {
    PageBlock* next = block->nextGiven;
    if (block->file == NEW_BLOCK) {
      block->file = 0;
      total_++;
    } else {
      returned++;
    }
    forget(block);
    release(block);
    block = next;
  }
  return returned;
}

PageBlock* PagePool::acquire(const Epoch& audio) noexcept {
  while (waiting_ && audio.passed(waiting_->evictedAt)) {
    PageBlock* block = waiting_;
    waiting_ = block->next;
    block->next = free_;
    free_ = block;
  }
  PageBlock* block = free_;
  if (!block) return nullptr;
  free_ = block->next;
  block->next = nullptr;
  available_--;
  return block;
}

void PagePool::release(PageBlock* block) noexcept {
  block->next = free_;
  free_ = block;
  available_++;
}

void PagePool::use(PageBlock* block) noexcept {
  forget(block);
  block->ordered = true;
  block->previous = newest_;
  block->next = nullptr;
  (newest_ ? newest_->next : oldest_) = block;
  newest_ = block;
}

void PagePool::forget(PageBlock* block) noexcept {
  if (!block->ordered) return;
  (block->previous ? block->previous->next : oldest_) = block->next;
  (block->next ? block->next->previous : newest_) = block->previous;
  block->previous = block->next = nullptr;
  block->ordered = false;
}

void PagePool::evict(PageBlock* block, uint32_t audioEpoch) noexcept {
  block->evictedAt = audioEpoch;
  block->next = nullptr;
  (waiting_ ? lastWaiting_->next : waiting_) = block;
  lastWaiting_ = block;
  available_++;
}

}  // namespace atome
