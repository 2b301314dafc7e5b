// Onsets and tempo of an hour of drums over a bass, beside its peaks: what finding them adds to a file, once.
import { readFile } from 'node:fs/promises';
import { MediaKernel } from '../app/media/media-kernel.ts';
import { sampleFormats } from '../app/protocol/engine-layout.ts';
import type { BenchContext } from '../scripts/bench-context.ts';
import { buildWasm } from '../scripts/build-wasm.mjs';

const rate = 44_100;
const channels = 2;
/** A minute of drums, again and again. */
const seconds = 60;
const repeats = 60;
const pieceBytes = 1 << 20;

/** Interleaved 16-bit frames: a decaying burst of noise every quarter of a second over a steady tone. */
function drums(): Uint8Array {
  const samples = new Int16Array(seconds * rate * channels);
  let state = 1;
  for (let frame = 0; frame < seconds * rate; frame++) {
    state = (state * 48_271) % 0x7fffffff;
    const time = frame / rate;
    const hit = 0.6 * (state / 0x40000000 - 1) * Math.exp(-(time % 0.25) / 0.03);
    const value = 32_767 * (hit + 0.2 * Math.sin(2 * Math.PI * 110 * time));
    samples.fill(value, frame * channels, (frame + 1) * channels);
  }
  return new Uint8Array(samples.buffer);
}

export async function run({ emit, measure }: BenchContext): Promise<void> {
  const kernel = new MediaKernel(await WebAssembly.compile(await readFile(await buildWasm())));
  const bytes = drums();
  const addAll = (add: (piece: Uint8Array) => void): void => {
    for (let repeat = 0; repeat < repeats; repeat++) {
      for (let at = 0; at < bytes.length; at += pieceBytes) add(bytes.subarray(at, at + pieceBytes));
    }
  };
  const timed = (work: () => void): number => {
    const from = performance.now();
    work();
    return (performance.now() - from) / 1000;
  };
  let found = 0;
  const { onsets, peaks } = await measure({
    onsets: () =>
      timed(() => {
        const builder = kernel.createOnsets(rate, channels);
        addAll((piece) => builder.add(piece, sampleFormats.I16));
        found = builder.finish().onsets.length;
        builder.dispose();
      }),
    peaks: () =>
      timed(() => {
        const builder = kernel.createPeaks(channels);
        addAll((piece) => builder.add(piece, sampleFormats.I16));
        for (const _ of builder.pieces());
        builder.dispose();
      }),
  });
  const played = seconds * repeats * 4;
  if (Math.abs(found - played) > played / 100) throw new Error(`${found} of ${played} onsets were found`);
  emit({
    case: 'an hour of stereo at 44.1 kHz: its onsets and tempo',
    value: onsets,
    unit: 's',
    peer: 'its peaks',
    peerValue: peaks,
    better: 'lower',
  });
}
