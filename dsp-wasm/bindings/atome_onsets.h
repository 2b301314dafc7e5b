// The C ABI of onset detection: media workers, each with a memory of its own.
#pragma once
#include <cstdint>

extern "C" {

/// Starts listening for onsets; 0 for a rate or a number of channels that cannot be. Free it with atome_onsets_destroy.
uint32_t atome_onsets_create(uint32_t sampleRate, uint32_t channels);
/// Adds interleaved frames of any SampleFormat; what is not finite is silence.
void atome_onsets_add(uint32_t onsets, uint32_t bytes, uint32_t format, uint32_t frames);
/// Judges what is left; returns how many onsets there are. Nothing may be added afterwards.
uint32_t atome_onsets_finish(uint32_t onsets);
/// Copies `count` onsets from number `first` on, all of them found, after finish: their seconds as float64 to
/// `seconds`, their strengths as float32 to `strengths`.
void atome_onsets_read(uint32_t onsets, uint32_t first, uint32_t count, uint32_t seconds, uint32_t strengths);
/// Writes seven float64 to `out`: beats per minute (0 where there is no tempo), seconds of the first beat, confidence,
/// and four other readings of the tempo (0 for none).
void atome_onsets_tempo(uint32_t onsets, uint32_t out);
void atome_onsets_destroy(uint32_t onsets);

}  // extern "C"
