// Walks the chunks of a WAV file to its samples and puts wrong sizes right.
#include "wav_header.h"

#include <iterator>

namespace atome {
namespace {

constexpr uint64_t kUnknownSize = 0xffffffff;
constexpr uint64_t kSizeWrap = uint64_t{1} << 32;
constexpr uint32_t kTagPcm = 1;
constexpr uint32_t kTagFloat = 3;
constexpr uint32_t kTagExtensible = 0xfffe;
/// The last 14 bytes of every KSDATAFORMAT_SUBTYPE; the first two are the plain format tag.
constexpr uint8_t kSubtypeTail[14] = {0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71};

struct WavFormat {
  bool found = false;
  bool known = false;
  SampleFormat sample = SampleFormat::I16;
  uint32_t channels = 0;
  uint32_t sampleRate = 0;
};

bool integer_format(uint32_t sampleBytes, SampleFormat& format) {
  constexpr SampleFormat kFormats[] = {SampleFormat::U8, SampleFormat::I16, SampleFormat::I24, SampleFormat::I32};
  if (sampleBytes < 1 || sampleBytes > std::size(kFormats)) return false;
  format = kFormats[sampleBytes - 1];
  return true;
}

bool float_format(uint32_t sampleBytes, SampleFormat& format) {
  format = sampleBytes == 8 ? SampleFormat::F64 : SampleFormat::F32;
  return sampleBytes == 4 || sampleBytes == 8;
}

/// `chunk` is inside the head and at least 16 bytes long.
WavFormat read_format(const FileHead& head, const Chunk& chunk) {
  WavFormat format;
  format.found = true;
  auto tag = static_cast<uint32_t>(head.little(chunk.body, 2));
  format.channels = static_cast<uint32_t>(head.little(chunk.body + 2, 2));
  format.sampleRate = static_cast<uint32_t>(head.little(chunk.body + 4, 4));
  const auto frameBytes = static_cast<uint32_t>(head.little(chunk.body + 12, 2));
  const auto bits = static_cast<uint32_t>(head.little(chunk.body + 14, 2));
  if (tag == kTagExtensible) {
    const bool plain = chunk.size >= 40 && std::memcmp(head.bytes + chunk.body + 26, kSubtypeTail, 14) == 0;
    tag = plain ? static_cast<uint32_t>(head.little(chunk.body + 24, 2)) : kTagExtensible;
  }
  // Samples of odd widths sit at the top of the container that the frame's size tells, if it makes sense.
  const uint32_t byBits = (bits + 7) / 8;
  const bool sound = format.channels > 0 && frameBytes % format.channels == 0 && frameBytes / format.channels >= byBits;
  const uint32_t sampleBytes = sound ? frameBytes / format.channels : byBits;
  if (bits == 0) return format;
  if (tag == kTagPcm) format.known = integer_format(sampleBytes, format.sample);
  if (tag == kTagFloat) format.known = float_format(sampleBytes, format.sample);
  return format;
}

/// Whether what follows the samples could be a chunk, or can't be seen.
bool ends_plausibly(const FileHead& head, const Chunk& data) {
  const uint64_t next = after_chunk(head, data);
  if (next + 8 > head.fileSize || !head.holds(next, 8)) return true;
  return head.looks_like_id(next) && next + 8 + head.little(next + 4, 4) <= head.fileSize + 1;
}

/// Bytes of samples that are really there.
uint64_t real_size(const FileHead& head, Chunk data, bool longSizes) {
  const uint64_t available = head.fileSize - data.body;
  if (data.size > available || (!longSizes && data.size == kUnknownSize)) return available;
  if (!longSizes && data.size > 0) data.size += (available - data.size) / kSizeWrap * kSizeWrap;
  if (data.size > 0) return ends_plausibly(head, data) ? data.size : available;
  // An empty chunk is believed when the RIFF size covers what follows, and taken for an unfinished header otherwise.
  const uint64_t riffEnd = head.little(4, 4) + 8;
  const bool finished = riffEnd > data.body && riffEnd <= head.fileSize + 1 && ends_plausibly(head, data);
  return finished ? 0 : available;
}

AudioHeader describe(const FileHead& head, const WavFormat& format, const Chunk& data, bool longSizes) {
  const HeaderStatus status = check_format(format.channels, format.sampleRate, format.known);
  if (status != HeaderStatus::OK) return header_with(status);
  const uint64_t size = real_size(head, data, longSizes);
  const uint64_t frames = size / (uint64_t{format.channels} * bytes_per_sample(format.sample));
  AudioHeader header = header_with(frames > 0 ? HeaderStatus::OK : HeaderStatus::EMPTY);
  header.format = static_cast<uint32_t>(format.sample);
  header.channels = format.channels;
  header.sampleRate = format.sampleRate;
  header.repaired = size == data.size ? 0 : 1;
  header.container = longSizes ? 2 : 1;
  header.dataOffset = static_cast<double>(data.body);
  header.frames = static_cast<double>(frames);
  return header;
}

}  // namespace

AudioHeader parse_wav_header(const FileHead& head) {
  const bool longSizes = !head.has_id(0, "RIFF");
  WavFormat format;
  Chunk data = {};
  uint64_t longDataSize = kUnknownSize;
  for (uint64_t at = 12; at + 8 <= head.fileSize;) {
    if (!head.holds(at, 8)) return need_more(head, at + 8);
    Chunk chunk{at + 8, head.little(at + 4, 4)};
    if (head.has_id(at, "ds64") && longSizes) {
      if (!head.holds(chunk.body, 16)) return need_more(head, chunk.body + 16);
      longDataSize = head.little(chunk.body + 8, 8);
    } else if (head.has_id(at, "fmt ") && !format.found) {
      if (chunk.size < 16) return header_with(HeaderStatus::DAMAGED);
      const uint64_t wanted = chunk.body + std::min<uint64_t>(chunk.size, 40);
      if (!head.holds(chunk.body, wanted - chunk.body)) return need_more(head, wanted);
      format = read_format(head, chunk);
    } else if (head.has_id(at, "data") && data.body == 0) {
      if (longSizes && chunk.size == kUnknownSize) chunk.size = longDataSize;
      data = chunk;
    }
    if (format.found && data.body > 0) return describe(head, format, data, longSizes);
    if (chunk.size > head.fileSize - chunk.body) break;
    at = after_chunk(head, chunk);
  }
  if (format.found && data.body == 0) return header_with(HeaderStatus::EMPTY);
  return header_with(HeaderStatus::DAMAGED);
}

}  // namespace atome
