// A file in the engine: a table of pointers to resident pages of planar float32.
#pragma once
#include <atomic>
#include <cstdint>

#include "../dsp/memory.h"
#include "../generated/protocol.h"

namespace atome {

struct FileTable {
  uint32_t slot = 0;
  /// Tells apart successive files in one slot.
  uint32_t generation = 0;
  uint32_t channels = 0;
  /// Hz.
  uint32_t sampleRate = 0;
  int64_t frames = 0;
  uint32_t pageCount = 0;
  /// Schedules that play it, plus one while it is in its slot. Control thread.
  uint32_t references = 0;

  /// Control thread; false when there is no memory.
  [[nodiscard]] bool prepare(uint32_t channelCount, int64_t frameCount) {
    channels = channelCount;
    frames = frameCount;
    pageCount = uint32_t((frameCount + PAGE_FRAMES - 1) / PAGE_FRAMES);
    return pages_.allocate(size_t(pageCount) * channels);
  }

  /// The page's samples, null while it is not resident.
  float* page(uint32_t index, uint32_t channel) const noexcept { return pages_[entry(index, channel)].load(); }
  /// Channels are published one by one, the first one last and evicted first.
  bool is_resident(uint32_t index) const noexcept { return page(index, 0) != nullptr; }
  void set_page(uint32_t index, uint32_t channel, float* samples) noexcept {
    pages_[entry(index, channel)].store(samples);
  }

 private:
  size_t entry(uint32_t index, uint32_t channel) const { return size_t(index) * channels + channel; }

  Array<std::atomic<float*>> pages_;
};

}  // namespace atome
