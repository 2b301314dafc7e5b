// Fuzzes the requests of the stretcher: whatever is asked for, input is read inside its span and output is finite.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "../dsp/stretch/stretcher.h"

using namespace atome;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

double number_at(const uint8_t* data) {
  double value;
  std::memcpy(&value, data, sizeof value);
  return value;
}

/// A sound of every position, with attacks in it.
float sample_at(int64_t frame, uint8_t seed) {
  const auto bits = uint32_t(uint64_t(frame) * 2654435761u + seed);
  const float envelope = frame % 3000 < 800 ? 0.9f : 0.01f;
  return envelope * (float((bits >> 8) & 0xffff) / 32768.0f - 1.0f);
}

}  // namespace

/// 4 bytes per grain choose one of 256 positions near the last, speed, pitch and flags; flags may ask for raw doubles.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  const uint32_t channels = 1 + data[0] % 2;
  const uint32_t rate = data[1] % 2 ? 8000 : 11025;
  Stretcher stretcher;
  require(stretcher.prepare(channels, rate));
  std::vector<float> output(stretcher.capacity());
  GrainRequest request;
  const uint8_t seed = data[0];
  size_t at = 2;
  for (int grain = 0; grain < 40 && at + 4 <= size; grain++, at += 4) {
    const uint8_t flags = data[at];
    request.speed = (int(data[at + 1]) - 128) / 12.0;
    request.pitch = std::exp2((int(data[at + 2]) - 128) / 64.0);
    if (flags & 1) request.position += (int(data[at + 3]) - 128) * 40.0;
    if ((flags & 6) == 6 && at + 12 <= size) (flags & 8 ? request.position : request.speed) = number_at(data + at + 4);
    request.reset = (flags & 0xf0) == 0xf0;
    request.formants = flags & 16;
    const InputSpan span = stretcher.specify(request);
    require(span.end > span.begin && span.end - span.begin <= int64_t(stretcher.input_capacity()));
    // A buffer of exactly this size: the sanitizer sees what is read beyond.
    std::vector<float> input(size_t(span.end - span.begin));
    for (size_t frame = 0; frame < input.size(); frame++) input[frame] = sample_at(span.begin + int64_t(frame), seed);
    std::vector<const float*> sources(channels, input.data());
    std::vector<std::vector<float>> outputs(channels, output);
    std::vector<float*> targets;
    for (std::vector<float>& one : outputs) targets.push_back(one.data());
    stretcher.analyse(sources.data());
    const OutputSpan made = stretcher.synthesise(targets.data());
    require(made.frames <= stretcher.capacity());
    for (uint32_t frame = 0; frame < made.frames; frame++) require(std::fabs(outputs[0][frame]) < 100);
    request = stretcher.next(request);
  }
  return 0;
}
