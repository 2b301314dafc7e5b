// Finds the samples inside a WAV, RF64, BW64, WAVE_FORMAT_EXTENSIBLE, AIFF or AIFF-C file from its first bytes.
#pragma once
#include <cstddef>
#include <cstdint>

#include "../generated/protocol.h"

namespace atome {

/// Highest sample rate, in Hz, that is taken for one.
inline constexpr uint32_t kHighestSampleRate = 768000;

/// Parses the first `length` bytes of a file of `fileSize` bytes; reads nothing beyond them.
/// Sizes that the file contradicts (zero, 0xFFFFFFFF, wrapped at 4 GiB, too long) are replaced by what is there, and
/// `repaired` says so. With status OK, dataOffset + frames * frame bytes <= fileSize and frames >= 1. With NEED_MORE,
/// dataOffset is the number of bytes from the start of the file to come back with, at most fileSize.
AudioHeader parse_audio_header(const uint8_t* bytes, size_t length, uint64_t fileSize);

}  // namespace atome
