// The C ABI of the engine: the whole of what TypeScript may call. One engine lives in one memory.
//
// Threads. Each instance of the module belongs to one thread and runs on its own stack:
//   control thread  session worker (or the only thread of an offline render); the only one that allocates
//   audio thread    AudioWorklet; only the entries marked so; never allocates, locks or waits
//   disk thread     disk worker; fills pages; never allocates
//   media thread    media worker; its own memory and engine-less use of the module
// Positions and lengths are whole frames carried in doubles (exact to 2^53). Status codes: EngineStatus in protocol.h.
#pragma once
#include <cstdint>

#include "../generated/protocol.h"
#include "export.h"

extern "C" {

// ---- life, control thread -------------------------------------------------------------------------------------------

/// Allocates the engine: clip and timeline tables, command ring, feature frames, `pageBlocks` pages of 64 KiB.
/// @param sampleRate of the context in Hz, 8000 to 192000. @param flags EngineFlags.
int32_t atome_audio_init(double sampleRate, uint32_t pageBlocks, uint32_t flags);
/// Frees everything. No other instance may be running.
void atome_audio_shutdown();
/// Top of a fresh stack for another instance (audio or disk thread); that instance calls stackRestore with it.
uint32_t atome_audio_create_stack(uint32_t bytes);
/// Address of the EngineCounters.
uint32_t atome_audio_counters();
/// Address of MAX_TIMELINES TimelineStates.
uint32_t atome_audio_timeline_states();
/// Address of the two feature frames, each `atome_audio_feature_bytes()` long; FeatureHeader.sequence tells the newer.
uint32_t atome_audio_features();
uint32_t atome_audio_feature_bytes();
/// Allocates scratch memory for the caller; 0 when there is none.
uint32_t atome_audio_allocate(uint32_t bytes);
void atome_audio_free(uint32_t address);
/// Last status that was not OK, for the log.
int32_t atome_audio_get_last_error();
/// Frees what the audio and disk threads no longer see, and sends messages that found the ring full. Call regularly.
void atome_audio_collect();
/// Adds page blocks to the pool.
int32_t atome_audio_grow_pages(uint32_t blocks);

// ---- files, control thread ------------------------------------------------------------------------------------------

/// Declares a file with an empty page table in slot `file` (0 to MAX_FILES - 1).
int32_t atome_audio_load_file(uint32_t file, uint32_t channels, double sampleRate, double frames);
/// Retires the page table once no published schedule uses it; its pages return to the pool.
int32_t atome_audio_unload_file(uint32_t file);

// ---- clips, control thread ------------------------------------------------------------------------------------------
// add, update and remove change the control side's model; commit publishes a timeline's model as one immutable
// schedule.

/// @param spec address of a ClipSpec.
int32_t atome_audio_add_clip(uint32_t spec);
int32_t atome_audio_update_clip(uint32_t spec);
int32_t atome_audio_remove_clip(uint32_t clip);
/// Glides a clip's gain, pan and mute without a new schedule.
int32_t atome_audio_set_clip_mix(uint32_t clip, float gain, float pan, uint32_t muted);
/// Puts a timeline's triggers in place of those it had; they are published with its next commit. @param triggers
/// address of `count` TriggerSpecs by position. @param places address of `placeCount` float64 frames, to which they
/// refer.
int32_t atome_audio_set_triggers(uint32_t timeline, uint32_t triggers, uint32_t count, uint32_t places,
                                 uint32_t placeCount);
/// Takes what has fired since, in order: writes at most `max` FiredTriggers to `fired`; returns how many. Call
/// regularly.
uint32_t atome_audio_take_fired(uint32_t fired, uint32_t max);
/// Publishes the timeline's clips and triggers at master frame `atFrame` (0 or past = next quantum).
int32_t atome_audio_commit(uint32_t timeline, double atFrame);

// ---- transport, control thread; positions in frames at the context's rate from the timeline's zero
// --------------------

int32_t atome_audio_play(uint32_t timeline, double position, double atFrame);
int32_t atome_audio_stop(uint32_t timeline, double atFrame);
int32_t atome_audio_seek(uint32_t timeline, double position, double atFrame);
/// Goes on at the same music in the schedule that is committed for the same frame: what plays the same part of its file
/// there sounds on.
int32_t atome_audio_land(uint32_t timeline, double position, double atFrame);
/// Drags the playhead of a timeline that does not play towards `position`: what it passes is heard. One at a time.
int32_t atome_audio_scrub(uint32_t timeline, double position);
/// The hand lets go; a seek then puts the playhead where it was led.
int32_t atome_audio_end_scrub();
/// Loops [start, end) while enabled; end <= start switches it off.
int32_t atome_audio_set_loop(uint32_t timeline, double start, double end, double atFrame);
int32_t atome_audio_set_timeline_gain(uint32_t timeline, float gain);
int32_t atome_audio_set_master_gain(float gain);
/// Publishes a timeline's metronome clicks, in place of those it had. @param clicks address of `count` ClickSpecs by
/// position. @param atFrame master frame from which on they hold (0 or past = next quantum).
int32_t atome_audio_set_clicks(uint32_t timeline, uint32_t clicks, uint32_t count, double atFrame);
/// Gain of the clicks of every timeline that plays; 0, to begin with, is off.
int32_t atome_audio_set_metronome(float gain);
/// Silence at once (one declick), every timeline stopped.
int32_t atome_audio_panic();
/// Tells the pager and the audio thread that `position` may be played next, and wakes the pager.
int32_t atome_audio_prime(uint32_t timeline, double position);
/// 0; 1 once every page of its first moments is resident; 2 once stretched clips could sound there, too, for which the
/// audio thread has to run.
int32_t atome_audio_is_primed(uint32_t timeline);

// ---- audio thread ---------------------------------------------------------------------------------------------------

/// Renders QUANTUM_FRAMES of stereo; returns the address of 128 left then 128 right float32 samples.
uint32_t atome_audio_process();
/// Audio thread: where it renders to, the same for the life of the engine.
uint32_t atome_audio_output();

// ---- tap: records the master output with its frames, for tests and capture
// --------------------------------------------

/// Control thread. Records the next `frames` frames from master frame `atFrame` on; returns the address of 2 planar
/// channels of `frames` float32, or 0. EngineCounters.tapFrames counts what is there. One tap at a time.
uint32_t atome_audio_start_tap(double atFrame, uint32_t frames);
void atome_audio_stop_tap();
/// Master frame of the tap's first frame, -1 while it has none.
double atome_audio_tap_start_frame();

// ---- pager, disk thread ---------------------------------------------------------------------------------------------

/// Decides which pages are wanted ahead of every playhead, loop start and primed position, evicting by least use.
/// Writes at most `max` PageRequests, most urgent first, to `requests`; returns how many.
uint32_t atome_pager_plan(uint32_t requests, uint32_t max);
/// Converts `frames` interleaved frames at `bytes` (SampleFormat) to a file's page and publishes it. NaN and infinities
/// become silence and are counted. Missing frames at the end of the page are silence.
int32_t atome_pager_fill(uint32_t file, uint32_t page, uint32_t bytes, uint32_t format, uint32_t frames);

// ---- media, any thread with a memory of its own
// -----------------------------------------------------------------------

/// Reads a WAV, RF64, WAVE_FORMAT_EXTENSIBLE, AIFF or AIFF-C header from the first `length` bytes of a file of
/// `fileSize` bytes into the AudioHeader at `header`; returns HeaderStatus.
int32_t atome_media_parse_header(uint32_t bytes, uint32_t length, double fileSize, uint32_t header);
/// Starts a peak pyramid; 0 when there is no memory. Free it with atome_peaks_destroy.
uint32_t atome_peaks_create(uint32_t channels);
/// Adds interleaved frames; returns how many samples were NaN or infinite (taken as silence).
uint32_t atome_peaks_add(uint32_t peaks, uint32_t bytes, uint32_t format, uint32_t frames);
/// Bins finished so far on the finest level, for drawing while it grows.
uint32_t atome_peaks_bins(uint32_t peaks);
/// Ends the pyramid; NO_MEMORY when it ran out on the way.
int32_t atome_peaks_finish(uint32_t peaks);
/// Length of the serialised form (app/core/peak-format.ts), and a copy of `length` of its bytes from byte `at` on;
/// both after finish.
double atome_peaks_bytes(uint32_t peaks);
void atome_peaks_read(uint32_t peaks, double at, uint32_t length, uint32_t out);
/// Checks the first `length` bytes of a peak file of `fileSize` bytes; 0 when every offset and size in it is sound.
int32_t atome_peaks_validate(uint32_t bytes, uint32_t length, double fileSize);
void atome_peaks_destroy(uint32_t peaks);
/// SHA-256 of a stream; 0 when there is no memory. finish writes 32 bytes to `digest`. Free it with _destroy.
uint32_t atome_sha256_create();
void atome_sha256_add(uint32_t hash, uint32_t bytes, uint32_t length);
void atome_sha256_finish(uint32_t hash, uint32_t digest);
void atome_sha256_destroy(uint32_t hash);
/// Converts interleaved frames of any SampleFormat to interleaved float32; returns how many samples were not finite.
uint32_t atome_media_to_float(uint32_t bytes, uint32_t format, uint32_t samples, uint32_t out);
/// Converts interleaved float32 to little-endian U8-free PCM (I16, I24 rounded and clipped, or F32) for export.
int32_t atome_media_from_float(uint32_t floats, uint32_t format, uint32_t samples, uint32_t out);

}  // extern "C"
