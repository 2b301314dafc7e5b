// The files that clips play.
#include "file_store.h"

#include <cmath>

#include "../dsp/audio_header.h"

namespace atome {
namespace {

/// Page pointers of one file: 256 MiB of them, or 1,100 hours of stereo at 48 kHz.
constexpr double MAX_PAGES = 1 << 26;

}  // namespace

FileStore::~FileStore() {
  for (auto& slot : shared_.files) destroy(slot.load());
  retired_.clear([](FileTable* file) { destroy(file); });
}

EngineStatus FileStore::load(uint32_t slot, uint32_t channels, double sampleRate, double frames) {
  if (slot >= MAX_FILES || channels < 1 || channels > MAX_CHANNELS) return EngineStatus::BAD_ARGUMENT;
  if (!(sampleRate >= 1 && sampleRate <= kHighestSampleRate)) return EngineStatus::BAD_ARGUMENT;
  if (!(frames >= 0) || frames != std::floor(frames)) return EngineStatus::BAD_ARGUMENT;
  if (std::ceil(frames / PAGE_FRAMES) * channels > MAX_PAGES) return EngineStatus::LIMIT;
  if (shared_.files[slot].load()) return EngineStatus::BAD_ARGUMENT;
  FileTable* file = create<FileTable>();
  if (!file || !file->prepare(channels, int64_t(frames))) {
    destroy(file);
    return EngineStatus::NO_MEMORY;
  }
  file->slot = slot;
  file->generation = ++generation_;
  file->sampleRate = uint32_t(std::lround(sampleRate));
  file->references = 1;
  shared_.files[slot].store(file);
  return EngineStatus::OK;
}

EngineStatus FileStore::unload(uint32_t slot) {
  FileTable* file = find(slot);
  if (!file) return EngineStatus::NO_SUCH_THING;
  shared_.files[slot].store(nullptr);
  unreference(file);
  return EngineStatus::OK;
}

void FileStore::unreference(FileTable* file) {
  if (--file->references == 0) retired_.add(file, shared_.epochs);
}

void FileStore::collect() {
  retired_.collect(shared_.epochs, [this](FileTable* file) { free(file); });
}

/// No reader can reach the table: its pages go back to the pool.
void FileStore::free(FileTable* file) {
  for (uint32_t page = 0; page < file->pageCount; page++) {
    for (uint32_t channel = 0; channel < file->channels; channel++) {
      if (float* samples = file->page(page, channel)) shared_.pool.give(PageBlock::of(samples));
    }
  }
  destroy(file);
}

}  // namespace atome
