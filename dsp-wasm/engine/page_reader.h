// Reads a stretch of a file from its pages into buffers. Audio thread.
#pragma once
#include <cstdint>

#include "file_table.h"

namespace atome {

/// Channels that are left of a file when it is folded to what is heard on each side.
inline uint32_t folded_channels(uint32_t channels) {
  return channels < 2 ? channels : 2;
}

/// Writes file frames [begin, end) to `folded_channels(file.channels)` buffers: silence outside the file and where a
/// page is missing. False when one was.
bool read_pages(const FileTable& file, int64_t begin, int64_t end, float* const* buffers) noexcept;

/// Whether all pages of file frames [begin, end) are there.
bool are_resident(const FileTable& file, int64_t begin, int64_t end) noexcept;

}  // namespace atome
