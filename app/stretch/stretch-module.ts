// Instantiates the stretcher's WASM module, in a memory of its own, and gives its C ABI types.

/** The C ABI of dsp-wasm/bindings/atome_stretch.h; addresses are numbers. */
export interface StretchExports {
  readonly memory: WebAssembly.Memory;
  _initialize(): void;

  atome_stretch_create(channels: number, sampleRate: number, steady: number): number;
  atome_stretch_destroy(stretch: number): void;
  atome_stretch_input_capacity(stretch: number): number;
  atome_stretch_output_capacity(stretch: number): number;
  atome_stretch_input(stretch: number): number;
  atome_stretch_output(stretch: number): number;
  atome_stretch_specify(stretch: number, position: number, speed: number, pitch: number, reset: number): number;
  atome_stretch_keep_formants(stretch: number, keep: number): void;
  atome_stretch_begin(stretch: number): number;
  atome_stretch_analyse(stretch: number): void;
  atome_stretch_synthesise(stretch: number): number;
  atome_stretch_advance(stretch: number): number;

  atome_live_stretch_create(channels: number, sampleRate: number, block: number): number;
  atome_live_stretch_destroy(live: number): void;
  atome_live_stretch_input(live: number): number;
  atome_live_stretch_output(live: number): number;
  atome_live_stretch_process(live: number, frames: number, capacity: number, speed: number, pitch: number): number;
  atome_live_stretch_keep_formants(live: number, keep: number): void;
  atome_live_stretch_delay(live: number, pitch: number): number;
}

/** A fresh instance of build/stretch.wasm. */
export function instantiateStretch(module: WebAssembly.Module): StretchExports {
  const instance = new WebAssembly.Instance(module, { env: { emscripten_notify_memory_growth: () => undefined } });
  const exports = instance.exports as unknown as StretchExports;
  exports._initialize();
  return exports;
}
