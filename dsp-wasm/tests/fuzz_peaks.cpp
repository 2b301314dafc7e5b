// Fuzzes the peak validator (nothing it accepts points outside the file) and the builder (all it makes is accepted).
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "../dsp/peaks.h"

using namespace atome;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void check_accepted(const std::vector<uint8_t>& bytes) {
  uint32_t channels, levels;
  std::memcpy(&channels, bytes.data() + 8, 4);
  std::memcpy(&levels, bytes.data() + 12, 4);
  for (uint32_t level = 0; level < levels; level++) {
    double offset, bins;
    std::memcpy(&offset, bytes.data() + 32 + level * 16, 8);
    std::memcpy(&bins, bytes.data() + 40 + level * 16, 8);
    require(offset >= 0 && bins >= 1);
    require(offset + bins * channels * 6 <= static_cast<double>(bytes.size()));
  }
}

void build(const uint8_t* data, size_t size) {
  const uint32_t channels = 1 + data[0] % 32;
  const auto format = static_cast<SampleFormat>(data[1] % 12);
  const uint32_t split = data[2];
  const size_t frameBytes = size_t{channels} * bytes_per_sample(format);
  const auto frames = static_cast<uint32_t>((size - 3) / frameBytes);
  const uint32_t first = frames == 0 ? 0 : split % (frames + 1);
  const auto pyramid = PeakPyramid::create(channels);
  pyramid->add(data + 3, format, first);
  pyramid->add(data + 3 + first * frameBytes, format, frames - first);
  require(pyramid->finish());
  std::vector<uint8_t> bytes(pyramid->bytes());
  pyramid->read(0, bytes.size(), bytes.data());
  require(validate_peaks(bytes.data(), bytes.size(), bytes.size()) == (frames > 0));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 4) return 0;
  const std::vector<uint8_t> bytes(data, data + size);
  if (validate_peaks(bytes.data(), bytes.size(), bytes.size())) check_accepted(bytes);
  build(data, size);
  return 0;
}
