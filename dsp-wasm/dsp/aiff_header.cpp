// Walks the chunks of an AIFF file: COMM says how, SSND holds the samples, in either order.
#include "aiff_header.h"

#include <cmath>
#include <iterator>

namespace atome {
namespace {

constexpr uint64_t kCommonBytes = 18;
constexpr uint64_t kSoundHeaderBytes = 8;

struct AiffFormat {
  bool found = false;
  bool known = false;
  SampleFormat sample = SampleFormat::I16_BE;
  uint32_t channels = 0;
  uint64_t frames = 0;
  uint32_t sampleRate = 0;
};

/// An 80-bit IEEE 754 extended number as a whole rate; 0 when it is none.
uint32_t read_rate(const FileHead& head, uint64_t at) {
  const int exponent = static_cast<int>(head.big(at, 2));
  const double rate = std::ldexp(static_cast<double>(head.big(at + 2, 8)), exponent - 16383 - 63);
  return rate >= 1.0 && rate <= kHighestSampleRate ? static_cast<uint32_t>(std::lround(rate)) : 0;
}

bool integer_format(uint32_t bits, bool littleEndian, SampleFormat& format) {
  constexpr SampleFormat kBig[] = {SampleFormat::I8, SampleFormat::I16_BE, SampleFormat::I24_BE, SampleFormat::I32_BE};
  constexpr SampleFormat kLittle[] = {SampleFormat::I8, SampleFormat::I16, SampleFormat::I24, SampleFormat::I32};
  const uint32_t sampleBytes = (bits + 7) / 8;
  if (sampleBytes < 1 || sampleBytes > std::size(kBig)) return false;
  format = littleEndian ? kLittle[sampleBytes - 1] : kBig[sampleBytes - 1];
  return true;
}

/// Whether the four characters of the compression type at `at` stand for plain samples, and for which.
bool compression_format(const FileHead& head, uint64_t at, uint32_t bits, SampleFormat& format) {
  if (head.has_id(at, "NONE") || head.has_id(at, "twos")) return integer_format(bits, false, format);
  if (head.has_id(at, "sowt")) return integer_format(bits, true, format);
  struct Fixed {
    const char* id;
    SampleFormat format;
  };
  constexpr Fixed kFixed[] = {{"fl32", SampleFormat::F32_BE}, {"FL32", SampleFormat::F32_BE},
                              {"fl64", SampleFormat::F64_BE}, {"FL64", SampleFormat::F64_BE},
                              {"in24", SampleFormat::I24_BE}, {"in32", SampleFormat::I32_BE},
                              {"raw ", SampleFormat::U8}};
  for (const Fixed& fixed : kFixed) {
    if (!head.has_id(at, fixed.id)) continue;
    format = fixed.format;
    return true;
  }
  return false;
}

/// `chunk` is inside the head: 18 bytes, or 22 with a compression type.
AiffFormat read_common(const FileHead& head, const Chunk& chunk, bool compressed) {
  AiffFormat format;
  format.found = true;
  format.channels = static_cast<uint32_t>(head.big(chunk.body, 2));
  format.frames = head.big(chunk.body + 2, 4);
  const auto bits = static_cast<uint32_t>(head.big(chunk.body + 6, 2));
  format.sampleRate = read_rate(head, chunk.body + 8);
  format.known = compressed ? compression_format(head, chunk.body + kCommonBytes, bits, format.sample)
                            : integer_format(bits, false, format.sample);
  return format;
}

AudioHeader describe(const FileHead& head, const AiffFormat& format, const Chunk& sound, bool compressed) {
  const HeaderStatus status = check_format(format.channels, format.sampleRate, format.known);
  if (status != HeaderStatus::OK) return header_with(status);
  const uint64_t start = sound.body + kSoundHeaderBytes + head.big(sound.body, 4);
  const uint64_t end = std::min(head.fileSize, sound.body + sound.size);
  const uint64_t frameBytes = uint64_t{format.channels} * bytes_per_sample(format.sample);
  const uint64_t declaredEnd = sound.size == 0 ? head.fileSize : end;
  const uint64_t there = start < declaredEnd ? (declaredEnd - start) / frameBytes : 0;
  const uint64_t frames = format.frames == 0 ? there : std::min(format.frames, there);
  AudioHeader header = header_with(frames > 0 ? HeaderStatus::OK : HeaderStatus::EMPTY);
  header.format = static_cast<uint32_t>(format.sample);
  header.channels = format.channels;
  header.sampleRate = format.sampleRate;
  header.repaired = frames == format.frames && sound.body + sound.size <= head.fileSize ? 0 : 1;
  header.container = compressed ? 4 : 3;
  header.dataOffset = static_cast<double>(start);
  header.frames = static_cast<double>(frames);
  return header;
}

}  // namespace

AudioHeader parse_aiff_header(const FileHead& head) {
  const bool compressed = head.has_id(8, "AIFC");
  const uint64_t commonBytes = compressed ? kCommonBytes + 4 : kCommonBytes;
  AiffFormat format;
  Chunk sound = {};
  for (uint64_t at = 12; at + 8 <= head.fileSize;) {
    if (!head.holds(at, 8)) return need_more(head, at + 8);
    const Chunk chunk{at + 8, head.big(at + 4, 4)};
    if (head.has_id(at, "COMM") && !format.found) {
      if (chunk.size < commonBytes) return header_with(HeaderStatus::DAMAGED);
      if (!head.holds(chunk.body, commonBytes)) return need_more(head, chunk.body + commonBytes);
      format = read_common(head, chunk, compressed);
    } else if (head.has_id(at, "SSND") && sound.body == 0) {
      if (!head.holds(chunk.body, kSoundHeaderBytes)) return need_more(head, chunk.body + kSoundHeaderBytes);
      sound = chunk;
    }
    if (format.found && sound.body > 0) return describe(head, format, sound, compressed);
    if (chunk.size > head.fileSize - chunk.body) break;
    at = after_chunk(head, chunk);
  }
  return header_with(format.found ? HeaderStatus::EMPTY : HeaderStatus::DAMAGED);
}

}  // namespace atome
