// Epoch reclamation: tells the control thread when a reader can no longer hold what was unpublished.
//
// A reader's epoch is odd while it reads. Something unpublished may be freed once, for every reader, the epoch noted
// after unpublishing was even (the reader was outside and will find the replacement) or has changed since. All accesses
// are sequentially consistent: the reader's entry must be ordered before its loads of published pointers.
#pragma once
#include <atomic>
#include <cstdint>

namespace atome {

class Epoch {
 public:
  /// Reader thread, around everything it reads.
  void enter() noexcept { value_.fetch_add(1); }
  void leave() noexcept { value_.fetch_add(1); }

  uint32_t now() const noexcept { return value_.load(); }
  /// Whether the reader has moved on since `noted`.
  bool passed(uint32_t noted) const noexcept { return noted % 2 == 0 || now() != noted; }

 private:
  std::atomic<uint32_t> value_{0};
};

/// The two readers of the engine's structures.
struct ReaderEpochs {
  Epoch audio;
  Epoch disk;
};

struct NotedEpochs {
  uint32_t audio = 0;
  uint32_t disk = 0;

  static NotedEpochs of(const ReaderEpochs& readers) { return {readers.audio.now(), readers.disk.now()}; }
  bool passed(const ReaderEpochs& readers) const { return readers.audio.passed(audio) && readers.disk.passed(disk); }
};

}  // namespace atome
