// Structures taken out of use, freed once no reader can still hold them. Control thread.
#pragma once
#include <cstdint>

#include "../dsp/memory.h"
#include "epoch.h"

namespace atome {

/// @tparam Item what is retired; @tparam Free a callable that frees it.
template <class Item>
class RetiredList {
 public:
  /// `item` is unpublished by now. Without memory for its entry it is never freed, which is safe.
  void add(Item* item, const ReaderEpochs& readers) {
    if (Entry* entry = create<Entry>(Entry{first_, item, NotedEpochs::of(readers)})) {
      first_ = entry;
      size_++;
    }
  }

  /// Frees what the readers have left behind.
  template <class Free>
  void collect(const ReaderEpochs& readers, Free free) {
    for (Entry** link = &first_; *link;) {
      Entry* entry = *link;
      if (!entry->noted.passed(readers)) {
        link = &entry->next;
        continue;
      }
      *link = entry->next;
      free(entry->item);
      destroy(entry);
      size_--;
    }
  }

  /// Frees everything; there are no readers any more.
  template <class Free>
  void clear(Free free) {
    while (first_) {
      Entry* entry = first_;
      first_ = entry->next;
      free(entry->item);
      destroy(entry);
    }
    size_ = 0;
  }

  uint32_t size() const { return size_; }

 private:
  struct Entry {
    Entry* next;
    Item* item;
    NotedEpochs noted;
  };

  Entry* first_ = nullptr;
  uint32_t size_ = 0;
};

}  // namespace atome
