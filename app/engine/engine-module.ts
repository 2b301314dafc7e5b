// Instantiates the engine's WASM module over a shared memory and gives its C ABI types.

/** The C ABI of dsp-wasm/bindings/atome_audio.h; addresses and statuses are numbers. */
export interface EngineExports {
  _initialize(): void;
  stackRestore(top: number): void;

  atome_audio_init(sampleRate: number, pageBlocks: number, flags: number): number;
  atome_audio_shutdown(): void;
  atome_audio_create_stack(bytes: number): number;
  atome_audio_counters(): number;
  atome_audio_timeline_states(): number;
  atome_audio_features(): number;
  atome_audio_feature_bytes(): number;
  atome_audio_allocate(bytes: number): number;
  atome_audio_free(address: number): void;
  atome_audio_get_last_error(): number;
  atome_audio_collect(): void;
  atome_audio_grow_pages(blocks: number): number;

  atome_audio_load_file(file: number, channels: number, sampleRate: number, frames: number): number;
  atome_audio_unload_file(file: number): number;
  atome_audio_add_clip(spec: number): number;
  atome_audio_update_clip(spec: number): number;
  atome_audio_remove_clip(clip: number): number;
  atome_audio_set_clip_mix(clip: number, gain: number, pan: number, muted: number): number;
  atome_audio_set_triggers(
    timeline: number,
    triggers: number,
    count: number,
    places: number,
    placeCount: number,
  ): number;
  atome_audio_take_fired(fired: number, max: number): number;
  atome_audio_commit(timeline: number, atFrame: number): number;

  atome_audio_play(timeline: number, position: number, atFrame: number): number;
  atome_audio_stop(timeline: number, atFrame: number): number;
  atome_audio_seek(timeline: number, position: number, atFrame: number): number;
  atome_audio_land(timeline: number, position: number, atFrame: number): number;
  atome_audio_scrub(timeline: number, position: number): number;
  atome_audio_end_scrub(): number;
  atome_audio_set_loop(timeline: number, start: number, end: number, atFrame: number): number;
  atome_audio_set_timeline_gain(timeline: number, gain: number): number;
  atome_audio_set_master_gain(gain: number): number;
  atome_audio_set_clicks(timeline: number, clicks: number, count: number, atFrame: number): number;
  atome_audio_set_metronome(gain: number): number;
  atome_audio_panic(): number;
  atome_audio_prime(timeline: number, position: number): number;
  atome_audio_is_primed(timeline: number): number;

  atome_audio_process(): number;

  atome_audio_start_tap(atFrame: number, frames: number): number;
  atome_audio_stop_tap(): void;
  atome_audio_tap_start_frame(): number;

  atome_pager_plan(requests: number, max: number): number;
  atome_pager_fill(file: number, page: number, bytes: number, format: number, frames: number): number;

  atome_media_from_float(floats: number, format: number, samples: number, out: number): number;
}

/** 64 KiB each; what the module's own data and stack need to begin with. */
const initialPages = 64;

/** 64 KiB pages of address space: 1 GiB. Phones, whose address space is tight, take a quarter. */
export const defaultMaximumPages = 16_384;

/** The shared memory of one engine; `maximumPages` may not exceed what the module declares (16384). */
export const createEngineMemory = (maximumPages = defaultMaximumPages): WebAssembly.Memory =>
  new WebAssembly.Memory({ initial: initialPages, maximum: maximumPages, shared: true });

const instantiate = (module: WebAssembly.Module, memory: WebAssembly.Memory): EngineExports => {
  const instance = new WebAssembly.Instance(module, {
    env: { memory, emscripten_notify_memory_growth: () => undefined },
    wasi_snapshot_preview1: {
      proc_exit: (code: number) => {
        throw new Error(`the engine ended with ${code}`);
      },
    },
  });
  return instance.exports as unknown as EngineExports;
};

/** The control instance: the first in its memory, the only one that runs constructors and allocates. */
export function instantiateControl(module: WebAssembly.Module, memory: WebAssembly.Memory): EngineExports {
  const exports = instantiate(module, memory);
  exports._initialize();
  return exports;
}

/** A further instance on a stack that the control instance allocated for it. */
export function instantiateOnStack(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  stack: number,
): EngineExports {
  const exports = instantiate(module, memory);
  exports.stackRestore(stack);
  return exports;
}
