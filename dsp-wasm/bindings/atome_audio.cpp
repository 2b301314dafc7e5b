// The C ABI of the engine: addresses and doubles on the outside, the engine's own types on the inside.
#include "atome_audio.h"

#include <cmath>
#include <cstdlib>

#include "../engine/engine.h"

namespace {

using namespace atome;

/// Lies in the shared memory: every instance of the module sees the same one.
Engine* engine = nullptr;
int32_t lastError = 0;

template <class Item>
Item* at(uint32_t address) {
  return reinterpret_cast<Item*>(uintptr_t(address));
}

template <class Item>
uint32_t address_of(Item* item) {
  return uint32_t(reinterpret_cast<uintptr_t>(item));
}

int32_t status(EngineStatus value) {
  if (value != EngineStatus::OK) lastError = int32_t(value);
  return int32_t(value);
}

/// Runs `action` on the engine's control side.
template <class Action>
int32_t control(Action action) {
  return status(engine ? action(engine->control) : EngineStatus::NOT_READY);
}

}  // namespace

ATOME_EXPORT(atome_audio_init) int32_t atome_audio_init(double sampleRate, uint32_t pageBlocks, uint32_t flags) {
  if (engine) return status(EngineStatus::BAD_ARGUMENT);
  if (!(sampleRate >= 8000 && sampleRate <= 192000)) return status(EngineStatus::BAD_ARGUMENT);
  engine = create<Engine>(uint32_t(std::lround(sampleRate)));
  const bool offline = (flags & uint32_t(EngineFlags::OFFLINE)) != 0;
  if (engine && engine->prepare(pageBlocks, offline)) return 0;
  atome_audio_shutdown();
  return status(EngineStatus::NO_MEMORY);
}

ATOME_EXPORT(atome_audio_shutdown) void atome_audio_shutdown() {
  destroy(engine);
  engine = nullptr;
}

ATOME_EXPORT(atome_audio_create_stack) uint32_t atome_audio_create_stack(uint32_t bytes) {
  const uint32_t rounded = (bytes + 15) & ~15u;
  void* stack = std::aligned_alloc(16, rounded);
  return stack ? address_of(static_cast<char*>(stack) + rounded) : 0;
}

ATOME_EXPORT(atome_audio_counters) uint32_t atome_audio_counters() {
  return engine ? address_of(&engine->shared.counters) : 0;
}
ATOME_EXPORT(atome_audio_timeline_states) uint32_t atome_audio_timeline_states() {
  return engine ? address_of(&engine->shared.states[0]) : 0;
}
ATOME_EXPORT(atome_audio_features) uint32_t atome_audio_features() {
  return engine ? address_of(engine->shared.features.frames()) : 0;
}
ATOME_EXPORT(atome_audio_feature_bytes) uint32_t atome_audio_feature_bytes() {
  return sizeof(FeatureFrame);
}

ATOME_EXPORT(atome_audio_allocate) uint32_t atome_audio_allocate(uint32_t bytes) {
  return address_of(std::aligned_alloc(16, (bytes + 15) & ~15u));
}
ATOME_EXPORT(atome_audio_free) void atome_audio_free(uint32_t address) {
  std::free(at<void>(address));
}
ATOME_EXPORT(atome_audio_get_last_error) int32_t atome_audio_get_last_error() {
  return lastError;
}

ATOME_EXPORT(atome_audio_collect) void atome_audio_collect() {
  if (engine) engine->control.collect();
}
ATOME_EXPORT(atome_audio_grow_pages) int32_t atome_audio_grow_pages(uint32_t blocks) {
  return control([&](Control& side) { return side.grow_pages(blocks); });
}

ATOME_EXPORT(atome_audio_load_file)
int32_t atome_audio_load_file(uint32_t file, uint32_t channels, double sampleRate, double frames) {
  return control([&](Control& side) { return side.load_file(file, channels, sampleRate, frames); });
}
ATOME_EXPORT(atome_audio_unload_file) int32_t atome_audio_unload_file(uint32_t file) {
  return control([&](Control& side) { return side.unload_file(file); });
}

ATOME_EXPORT(atome_audio_add_clip) int32_t atome_audio_add_clip(uint32_t spec) {
  return control([&](Control& side) { return side.add_clip(*at<ClipSpec>(spec)); });
}
ATOME_EXPORT(atome_audio_update_clip) int32_t atome_audio_update_clip(uint32_t spec) {
  return control([&](Control& side) { return side.update_clip(*at<ClipSpec>(spec)); });
}
ATOME_EXPORT(atome_audio_remove_clip) int32_t atome_audio_remove_clip(uint32_t clip) {
  return control([&](Control& side) { return side.remove_clip(clip); });
}
ATOME_EXPORT(atome_audio_set_clip_mix)
int32_t atome_audio_set_clip_mix(uint32_t clip, float gain, float pan, uint32_t muted) {
  return control([&](Control& side) { return side.set_clip_mix(clip, gain, pan, muted != 0); });
}
ATOME_EXPORT(atome_audio_set_triggers)
int32_t atome_audio_set_triggers(uint32_t timeline, uint32_t triggers, uint32_t count, uint32_t places,
                                 uint32_t placeCount) {
  return control([&](Control& side) {
    return side.set_triggers(timeline, at<TriggerSpec>(triggers), count, at<double>(places), placeCount);
  });
}
ATOME_EXPORT(atome_audio_take_fired) uint32_t atome_audio_take_fired(uint32_t fired, uint32_t max) {
  return engine ? engine->control.take_fired(at<FiredTrigger>(fired), max) : 0;
}
ATOME_EXPORT(atome_audio_commit) int32_t atome_audio_commit(uint32_t timeline, double atFrame) {
  return control([&](Control& side) { return side.commit(timeline, atFrame); });
}

ATOME_EXPORT(atome_audio_play) int32_t atome_audio_play(uint32_t timeline, double position, double atFrame) {
  return control([&](Control& side) { return side.play(timeline, position, atFrame); });
}
ATOME_EXPORT(atome_audio_stop) int32_t atome_audio_stop(uint32_t timeline, double atFrame) {
  return control([&](Control& side) { return side.stop(timeline, atFrame); });
}
ATOME_EXPORT(atome_audio_seek) int32_t atome_audio_seek(uint32_t timeline, double position, double atFrame) {
  return control([&](Control& side) { return side.seek(timeline, position, atFrame); });
}
ATOME_EXPORT(atome_audio_land) int32_t atome_audio_land(uint32_t timeline, double position, double atFrame) {
  return control([&](Control& side) { return side.land(timeline, position, atFrame); });
}
ATOME_EXPORT(atome_audio_scrub) int32_t atome_audio_scrub(uint32_t timeline, double position) {
  return control([&](Control& side) { return side.scrub(timeline, position); });
}
ATOME_EXPORT(atome_audio_end_scrub) int32_t atome_audio_end_scrub() {
  return control([](Control& side) { return side.end_scrub(); });
}
ATOME_EXPORT(atome_audio_set_loop)
int32_t atome_audio_set_loop(uint32_t timeline, double start, double end, double atFrame) {
  return control([&](Control& side) { return side.set_loop(timeline, start, end, atFrame); });
}
ATOME_EXPORT(atome_audio_set_timeline_gain) int32_t atome_audio_set_timeline_gain(uint32_t timeline, float gain) {
  if (timeline >= MAX_TIMELINES || !std::isfinite(gain)) return status(EngineStatus::BAD_ARGUMENT);
  if (!engine) return status(EngineStatus::NOT_READY);
  engine->renderer.timeline(timeline).gain.set_target(gain);
  return 0;
}
ATOME_EXPORT(atome_audio_set_master_gain) int32_t atome_audio_set_master_gain(float gain) {
  if (!std::isfinite(gain)) return status(EngineStatus::BAD_ARGUMENT);
  if (!engine) return status(EngineStatus::NOT_READY);
  engine->renderer.masterGain.set_target(gain);
  return 0;
}
ATOME_EXPORT(atome_audio_set_clicks)
int32_t atome_audio_set_clicks(uint32_t timeline, uint32_t clicks, uint32_t count, double atFrame) {
  return control([&](Control& side) { return side.set_clicks(timeline, at<ClickSpec>(clicks), count, atFrame); });
}
ATOME_EXPORT(atome_audio_set_metronome) int32_t atome_audio_set_metronome(float gain) {
  if (!(std::isfinite(gain) && gain >= 0)) return status(EngineStatus::BAD_ARGUMENT);
  if (!engine) return status(EngineStatus::NOT_READY);
  engine->renderer.clicks.set_gain(gain);
  return 0;
}
ATOME_EXPORT(atome_audio_panic) int32_t atome_audio_panic() {
  return control([](Control& side) { return side.panic(); });
}
ATOME_EXPORT(atome_audio_prime) int32_t atome_audio_prime(uint32_t timeline, double position) {
  return control([&](Control& side) { return side.prime(timeline, position); });
}
ATOME_EXPORT(atome_audio_is_primed) int32_t atome_audio_is_primed(uint32_t timeline) {
  if (!engine || !engine->control.is_primed(timeline)) return 0;
  return engine->control.is_prepared(timeline) ? 2 : 1;
}

ATOME_EXPORT(atome_audio_process) uint32_t atome_audio_process() {
  return address_of(engine->renderer.process());
}
ATOME_EXPORT(atome_audio_output) uint32_t atome_audio_output() {
  return address_of(engine->renderer.output());
}

ATOME_EXPORT(atome_audio_start_tap) uint32_t atome_audio_start_tap(double atFrame, uint32_t frames) {
  Tap* tap = engine ? engine->control.start_tap(atFrame, frames) : nullptr;
  return tap ? address_of(tap->samples()) : 0;
}
ATOME_EXPORT(atome_audio_stop_tap) void atome_audio_stop_tap() {
  if (engine) engine->control.stop_tap();
}
ATOME_EXPORT(atome_audio_tap_start_frame) double atome_audio_tap_start_frame() {
  const Tap* tap = engine ? engine->shared.tap.load() : nullptr;
  return tap ? double(tap->start_frame()) : -1;
}

ATOME_EXPORT(atome_pager_plan) uint32_t atome_pager_plan(uint32_t requests, uint32_t max) {
  return engine ? engine->pager.plan(at<PageRequest>(requests), max) : 0;
}
ATOME_EXPORT(atome_pager_fill)
int32_t atome_pager_fill(uint32_t file, uint32_t page, uint32_t bytes, uint32_t format, uint32_t frames) {
  if (!engine) return int32_t(EngineStatus::NOT_READY);
  return int32_t(engine->pager.fill(file, page, at<uint8_t>(bytes), SampleFormat(format), frames));
}
