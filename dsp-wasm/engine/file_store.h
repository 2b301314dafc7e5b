// The files that clips play, and what becomes of them when they are unloaded. Control thread.
#pragma once
#include <cstdint>

#include "retired.h"
#include "shared_state.h"

namespace atome {

class FileStore {
 public:
  explicit FileStore(SharedState& shared) : shared_(shared) {}
  ~FileStore();

  EngineStatus load(uint32_t slot, uint32_t channels, double sampleRate, double frames);
  EngineStatus unload(uint32_t slot);
  /// Null when the slot is empty.
  FileTable* find(uint32_t slot) const { return slot < MAX_FILES ? shared_.files[slot].load() : nullptr; }

  void reference(FileTable* file) { file->references++; }
  /// Retires the file with its last reference.
  void unreference(FileTable* file);
  void collect();
  uint32_t retired() const { return retired_.size(); }

 private:
  void free(FileTable* file);

  SharedState& shared_;
  uint32_t generation_ = 0;
  RetiredList<FileTable> retired_;
};

}  // namespace atome
