// Rubber Band R3 ("finer") from npm.
import { readFile } from 'node:fs/promises';
import * as rubberband from 'rubberband-wasm';
import { rate, type StretchSubject } from './stretch-subject.ts';

const { RubberBandInterface, RubberBandOption } = rubberband;
const block = 1024;
const room = 16_384;

export async function rubberbandSubject(): Promise<StretchSubject> {
  const path = new URL('rubberband.wasm', import.meta.resolve('rubberband-wasm'));
  const api = await RubberBandInterface.initialize(await WebAssembly.compile(await readFile(path)));
  const planes = (channels: number): { list: number; addresses: number[] } => {
    const list = api.malloc(4 * channels);
    const addresses = Array.from({ length: channels }, () => api.malloc(4 * room));
    for (const [channel, address] of addresses.entries()) api.memWritePtr(list + 4 * channel, address);
    return { list, addresses };
  };
  const drain = (state: number, list: number, addresses: number[], sink: (pieces: Float32Array[]) => void): void => {
    for (let ready = api.rubberband_available(state); ready > 0; ready = api.rubberband_available(state)) {
      const count = api.rubberband_retrieve(state, list, Math.min(ready, room));
      sink(addresses.map((address) => api.memReadF32(address, count)));
    }
  };
  return {
    name: 'Rubber Band R3',
    stretch(input, { ratio, semitones }) {
      const { list, addresses } = planes(input.length);
      const frames = input[0]?.length ?? 0;
      const options = RubberBandOption.RubberBandOptionEngineFiner + RubberBandOption.RubberBandOptionThreadingNever;
      const state = api.rubberband_new(rate, input.length, options, ratio, 2 ** (semitones / 12));
      api.rubberband_set_expected_input_duration(state, frames);
      api.rubberband_set_max_process_size(state, block);
      const output = input.map(() => new Float32Array(Math.round(frames * ratio)));
      let made = 0;
      const pass = (take: (count: number, last: number) => void): void => {
        for (let at = 0; at < frames; at += block) {
          const count = Math.min(block, frames - at);
          for (const [channel, samples] of input.entries())
            api.memWrite(addresses[channel] as number, samples.subarray(at, at + count));
          take(count, at + count >= frames ? 1 : 0);
        }
      };
      pass((count, last) => api.rubberband_study(state, list, count, last));
      pass((count, last) => {
        api.rubberband_process(state, list, count, last);
        drain(state, list, addresses, (pieces) => {
          for (const [channel, samples] of pieces.entries()) {
            const target = output[channel] as Float32Array;
            target.set(samples.subarray(0, Math.max(0, target.length - made)), Math.min(made, target.length));
          }
          made += pieces[0]?.length ?? 0;
        });
      });
      api.rubberband_delete(state);
      for (const address of [list, ...addresses]) api.free(address);
      return output;
    },
  };
}
