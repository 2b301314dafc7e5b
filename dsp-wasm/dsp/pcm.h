// Converts PCM bytes of any supported sample format to float32 and back.
#pragma once
#include <cstddef>
#include <cstdint>

#include "../generated/protocol.h"

namespace atome {

/// Bytes of one sample; 0 when `format` is none of SampleFormat.
uint32_t bytes_per_sample(SampleFormat format);

/// Converts `samples` samples to float32: N-bit integers by 1 / 2^(N - 1), U8 as (value - 128) / 128, floats as they
/// are. Reads and writes only what it converts, at any alignment. An unknown format is silence.
/// @returns how many samples were NaN or infinite (or too large for float32) and became 0.
uint32_t convert_to_float(const uint8_t* bytes, SampleFormat format, size_t samples, float* out);

/// The same for interleaved frames, one output per channel.
uint32_t convert_to_planar(const uint8_t* bytes, SampleFormat format, uint32_t channels, uint32_t frames,
                           float* const* out);

/// Converts float32 to little-endian I16 or I24 (rounded to nearest, clipped, NaN to 0) or F32 (unchanged).
/// @returns false for any other format.
bool convert_from_float(const float* samples, SampleFormat format, size_t count, uint8_t* out);

}  // namespace atome
