// Addresses in, onsets out.
#include "atome_onsets.h"

#include "../dsp/beat_tracker.h"
#include "../dsp/onsets.h"
#include "atome_audio.h"

using namespace atome;

namespace {

template <typename Type>
Type* pointer(uint32_t address) {
  return reinterpret_cast<Type*>(static_cast<uintptr_t>(address));
}

}  // namespace

ATOME_EXPORT(atome_onsets_create)
uint32_t atome_onsets_create(uint32_t sampleRate, uint32_t channels) {
  return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(OnsetDetector::create(sampleRate, channels).release()));
}

ATOME_EXPORT(atome_onsets_add)
void atome_onsets_add(uint32_t onsets, uint32_t bytes, uint32_t format, uint32_t frames) {
  pointer<OnsetDetector>(onsets)->add(pointer<const uint8_t>(bytes), static_cast<SampleFormat>(format), frames);
}

ATOME_EXPORT(atome_onsets_finish)
uint32_t atome_onsets_finish(uint32_t onsets) {
  auto* detector = pointer<OnsetDetector>(onsets);
  detector->finish();
  return static_cast<uint32_t>(detector->onsets().size());
}

ATOME_EXPORT(atome_onsets_read)
void atome_onsets_read(uint32_t onsets, uint32_t first, uint32_t count, uint32_t seconds, uint32_t strengths) {
  const auto& found = pointer<OnsetDetector>(onsets)->onsets();
  for (uint32_t index = 0; index < count; index++) {
    pointer<double>(seconds)[index] = found[first + index].seconds;
    pointer<float>(strengths)[index] = found[first + index].strength;
  }
}

ATOME_EXPORT(atome_onsets_tempo)
void atome_onsets_tempo(uint32_t onsets, uint32_t out) {
  const Tempo tempo = track_beats(pointer<OnsetDetector>(onsets)->onsets());
  auto* values = pointer<double>(out);
  values[0] = tempo.bpm;
  values[1] = tempo.firstBeat;
  values[2] = tempo.confidence;
  for (uint32_t index = 0; index < kAlternatives; index++) values[3 + index] = tempo.alternatives[index];
}

ATOME_EXPORT(atome_onsets_destroy)
void atome_onsets_destroy(uint32_t onsets) {
  delete pointer<OnsetDetector>(onsets);
}
