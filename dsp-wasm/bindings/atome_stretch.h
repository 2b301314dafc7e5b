// The C ABI of stretch.wasm: stretchers in a memory of their own. One thread at a time per stretcher.
#pragma once
#include <cstdint>

#include "export.h"

extern "C" {

/// Allocates a stretcher and room for its input and output; 0 when there is no memory or a value is out of range.
/// @param channels 1 to 32. @param sampleRate of input and output in Hz, 8000 to 192000. @param steady
/// whether every grain is as long, for callers that reckon in grains; 0 where they may grow with the pitch, which
/// sounds better.
uint32_t atome_stretch_create(uint32_t channels, double sampleRate, uint32_t steady);
void atome_stretch_destroy(uint32_t stretch);
/// Input frames per channel of one grain, at most: the distance of two channels in the input.
uint32_t atome_stretch_input_capacity(uint32_t stretch);
/// Output frames per channel of one grain, at most: the distance of two channels in the output.
uint32_t atome_stretch_output_capacity(uint32_t stretch);
/// Addresses of float32 samples, one channel after the other.
uint32_t atome_stretch_input(uint32_t stretch);
uint32_t atome_stretch_output(uint32_t stretch);
/// Asks for a grain (GrainRequest) and returns how many input frames it needs. Audio thread, as what follows.
uint32_t atome_stretch_specify(uint32_t stretch, double position, double speed, double pitch, uint32_t reset);
/// Whether shifts of the pitch leave a voice's resonances where they are, from the next grain asked for on.
void atome_stretch_keep_formants(uint32_t stretch, uint32_t keep);
/// The first of those frames.
double atome_stretch_begin(uint32_t stretch);
/// Makes the grain of the frames that were put into the input; returns how many output frames there are.
uint32_t atome_stretch_grain(uint32_t stretch);
/// The two halves of that work, for callers that spread it: the first one uses the input up and leaves the output
/// alone.
void atome_stretch_analyse(uint32_t stretch);
uint32_t atome_stretch_synthesise(uint32_t stretch);
/// Input frames from this grain's position to that of the next at the same speed.
double atome_stretch_advance(uint32_t stretch);

/// A live stretcher: as many frames come out as go in. @param block frames of one call, at most.
uint32_t atome_live_stretch_create(uint32_t channels, double sampleRate, uint32_t block);
void atome_live_stretch_destroy(uint32_t live);
/// Addresses of float32 samples, channels `block` frames apart.
uint32_t atome_live_stretch_input(uint32_t live);
uint32_t atome_live_stretch_output(uint32_t live);
/// Takes `frames` frames of input and writes up to `capacity` frames of output; returns how many. Audio thread.
uint32_t atome_live_stretch_process(uint32_t live, uint32_t frames, uint32_t capacity, double speed, double pitch);
/// Whether shifts of the pitch leave a voice's resonances where they are. Audio thread.
void atome_live_stretch_keep_formants(uint32_t live, uint32_t keep);
/// Frames by which output is behind input at normal speed and pitch.
uint32_t atome_live_stretch_latency(uint32_t live);
/// Frames that have to go in before a frame comes out at normal speed, whenever the pitch is no lower than `pitch`.
uint32_t atome_live_stretch_delay(uint32_t live, double pitch);

}  // extern "C"
