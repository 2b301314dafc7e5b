// Bounded reading of the chunks that WAV and AIFF files consist of.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "audio_header.h"
#include "pcm.h"

namespace atome {

/// The first bytes of a file whose rest is known only by its size.
struct FileHead {
  const uint8_t* bytes;
  uint64_t length;
  uint64_t fileSize;

  bool holds(uint64_t at, uint64_t count) const { return at <= length && count <= length - at; }

  bool has_id(uint64_t at, const char* id) const { return holds(at, 4) && std::memcmp(bytes + at, id, 4) == 0; }

  /// Whether four printable characters stand at `at`: every chunk id is made of them.
  bool looks_like_id(uint64_t at) const {
    return holds(at, 4) && std::all_of(bytes + at, bytes + at + 4, [](uint8_t c) { return c >= 0x20 && c < 0x7f; });
  }

  uint64_t little(uint64_t at, uint32_t count) const {
    uint64_t value = 0;
    for (uint32_t index = count; index-- > 0;) value = value << 8 | bytes[at + index];
    return value;
  }

  uint64_t big(uint64_t at, uint32_t count) const {
    uint64_t value = 0;
    for (uint32_t index = 0; index < count; index++) value = value << 8 | bytes[at + index];
    return value;
  }
};

/// One chunk: where its body begins and how long it says it is.
struct Chunk {
  uint64_t body;
  uint64_t size;
};

/// The chunk after this one. Chunks are padded to even lengths; writers that forget the pad byte are followed too.
inline uint64_t after_chunk(const FileHead& head, const Chunk& chunk) {
  const uint64_t end = chunk.body + chunk.size;
  return end % 2 == 0 || head.looks_like_id(end) ? end : end + 1;
}

inline AudioHeader header_with(HeaderStatus status) {
  AudioHeader header = {};
  header.status = static_cast<int32_t>(status);
  return header;
}

/// Asks for the file's first `wanted` bytes, or calls it damaged when it does not have them.
inline AudioHeader need_more(const FileHead& head, uint64_t wanted) {
  if (wanted > head.fileSize) return header_with(HeaderStatus::DAMAGED);
  AudioHeader header = header_with(HeaderStatus::NEED_MORE);
  header.dataOffset = static_cast<double>(std::min(head.fileSize, std::max(wanted, head.length * 2)));
  return header;
}

/// What the format chunk says, checked in this order: channels, rate, sample format.
inline HeaderStatus check_format(uint32_t channels, uint32_t sampleRate, bool formatKnown) {
  if (channels < 1 || channels > MAX_CHANNELS) return HeaderStatus::CHANNELS;
  if (sampleRate < 1 || sampleRate > kHighestSampleRate || !formatKnown) return HeaderStatus::UNSUPPORTED;
  return HeaderStatus::OK;
}

}  // namespace atome
