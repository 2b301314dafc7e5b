// Fuzzes the onset detector and the beat tracker: any bytes at any rate give ordered onsets and a finite tempo.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "../dsp/beat_tracker.h"
#include "../dsp/onsets.h"

using namespace atome;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void check_tempo(const std::vector<Onset>& onsets) {
  const Tempo tempo = track_beats(onsets);
  require(tempo.bpm == 0 || (tempo.bpm > 30 && tempo.bpm < 300));
  require(tempo.firstBeat >= 0 && std::isfinite(tempo.firstBeat));
  require(tempo.confidence >= 0 && tempo.confidence <= 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 6) return 0;
  uint32_t rate;
  std::memcpy(&rate, data, 4);
  const uint32_t channels = 1 + data[4] % 4;
  const auto format = static_cast<SampleFormat>(data[5] % 12);
  const auto detector = OnsetDetector::create(1 + rate % 200000, channels);
  const auto frames = static_cast<uint32_t>((size - 6) / (size_t{channels} * bytes_per_sample(format)));
  // The same bytes again and again: long enough for onsets to be judged.
  for (int repeat = 0; repeat < 8; repeat++) detector->add(data + 6, format, frames);
  detector->finish();
  double before = 0;
  for (const Onset& onset : detector->onsets()) {
    require(onset.seconds >= before && onset.strength >= 0 && onset.strength <= 1);
    before = onset.seconds;
  }
  check_tempo(detector->onsets());
  std::vector<Onset> made;
  double at = 0;
  for (size_t index = 6; index + 1 < size && made.size() < 200; index += 2) {
    made.push_back({at, static_cast<float>(data[index]) / 255});
    at += data[index + 1] / 64.0;
  }
  check_tempo(made);
  return 0;
}
