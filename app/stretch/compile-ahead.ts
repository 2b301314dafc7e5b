// Makes the browser compile the stretcher before the audio thread calls it: each function is compiled when it is called first.
import { SoundPlayer } from './sound-player.ts';
import { instantiateStretch } from './stretch-module.ts';
import { StretcherPool } from './stretcher-pool.ts';

const sampleRate = 48_000;
const quantum = 128;
const channels = 2;
const frames = 24_000;
/** About ten grains. */
const quanta = 48;

/** What takes a way of its own through the stretcher: speed, semitones, whether resonances stay. */
const ways = [
  [0.7, 3, true],
  [1.4, -3, false],
  [1, 0, false],
  [-0.5, 0, false],
] as const;

const compiled = new WeakSet<WebAssembly.Module>();

/** Code is shared by all threads that have the module, so the page calls everything once, a little at a time. */
export async function compileAhead(module: WebAssembly.Module): Promise<void> {
  if (compiled.has(module)) return;
  compiled.add(module);
  const pool = new StretcherPool(instantiateStretch(module));
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
  const sound = { channels: Array.from({ length: channels }, ticking), frames, sampleRate };
  const output = sound.channels.map(() => new Float32Array(quantum));
  for (const [speed, semitones, formants] of ways) {
    const stretcher = pool.grain(channels, sampleRate);
    stretcher.keepFormants(formants);
    const player = new SoundPlayer(stretcher, sound, sampleRate);
    player.set(speed, semitones, 0);
    player.begin(frames / 2, Number.POSITIVE_INFINITY);
    for (let count = 0; count < quanta; count++) {
      player.render(output, 0, quantum);
      if (count % 8 === 0) await pause();
    }
    pool.release(stretcher, sampleRate);
  }
  const live = pool.live(channels, sampleRate, quantum, 0.5);
  for (let count = 0; count < quanta; count++) live.process(output, output, 1.2);
  pool.end(live);
}

/** Pulses, with all that they bring: partials, attacks, a voice's resonances. */
function ticking(): Float32Array {
  return Float32Array.from({ length: frames }, (_, frame) => Math.sin(frame / 9) * Math.exp(-(frame % 400) / 50));
}
