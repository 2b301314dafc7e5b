// Fuzzes the header parser: whatever comes in, what it reports lies inside the file.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "../dsp/audio_header.h"
#include "../dsp/pcm.h"

using namespace atome;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

/// The first two bytes lengthen the file beyond the bytes at hand, by up to 2^45 bytes.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  const uint64_t beyond = uint64_t{data[0]} << (data[1] % 38);
  const std::vector<uint8_t> bytes(data + 2, data + size);
  const uint64_t fileSize = bytes.size() + beyond;
  const AudioHeader header = parse_audio_header(bytes.data(), bytes.size(), fileSize);
  const auto status = static_cast<HeaderStatus>(header.status);
  if (status == HeaderStatus::NEED_MORE) {
    require(header.dataOffset > static_cast<double>(bytes.size()));
    require(header.dataOffset <= static_cast<double>(fileSize));
  }
  if (status != HeaderStatus::OK) return 0;
  const uint64_t frameBytes = uint64_t{header.channels} * bytes_per_sample(static_cast<SampleFormat>(header.format));
  require(header.channels >= 1 && header.channels <= MAX_CHANNELS && frameBytes > 0);
  require(header.sampleRate >= 1 && header.sampleRate <= kHighestSampleRate);
  require(header.frames >= 1);
  require(static_cast<uint64_t>(header.dataOffset) + static_cast<uint64_t>(header.frames) * frameBytes <= fileSize);
  return 0;
}
