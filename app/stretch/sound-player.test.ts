// How the work of many players falls upon the quanta.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { noise } from '../engine/testing/sounds.ts';
import { SoundPlayer } from './sound-player.ts';
import { instantiateStretch, type StretchExports } from './stretch-module.ts';
import { StretcherPool } from './stretcher-pool.ts';

const rate = 48_000;
const quantum = 128;
const playing = 16;
const sound = { channels: [noise(rate, 1)], frames: rate, sampleRate: rate };

/** The module, counting halves of grains. */
function counted(): { exports: StretchExports; steps: () => number } {
  const module = new WebAssembly.Module(readFileSync(new URL('../../build/stretch.wasm', import.meta.url)));
  const exports = instantiateStretch(module);
  let steps = 0;
  return {
    exports: {
      ...exports,
      atome_stretch_analyse(stretch) {
        steps++;
        exports.atome_stretch_analyse(stretch);
      },
      atome_stretch_synthesise(stretch) {
        steps++;
        return exports.atome_stretch_synthesise(stretch);
      },
    },
    steps: () => steps,
  };
}

it.each([
  [0.8, 0],
  [0.6, 7],
  [0.5, -12],
])('sixteen sounds that begin together at speed %d and pitch %d keep the quanta even', (speed, pitch) => {
  const { exports, steps } = counted();
  const pool = new StretcherPool(exports);
  const players = Array.from({ length: playing }, (_, index) => {
    const player = new SoundPlayer(pool.grain(1, rate), sound, rate, (index * 0.618) % 1);
    player.set(speed, pitch, 0);
    player.begin(0, Number.POSITIVE_INFINITY);
    return player;
  });
  const output = [new Float32Array(quantum)];
  const perQuantum: number[] = [];
  const work = (each: (player: SoundPlayer) => void): void => {
    const before = steps();
    for (const player of players) each(player);
    perQuantum.push(steps() - before);
  };
  const ahead = 15;
  for (let left = ahead; left > 0; left--) work((player) => player.prepare(left));
  for (let done = 0; done < 300; done++)
    work((player) => {
      expect(player.render(output, 0, quantum)).toBe(quantum);
      player.keepUp(quantum);
    });
  const spread = (counts: readonly number[]): number => Math.max(...counts) - Math.min(...counts);
  // All of the first output is made before it is wanted: seven halves of grains per sound.
  expect(perQuantum.slice(0, ahead).reduce((sum, count) => sum + count)).toBe(7 * playing);
  expect(spread(perQuantum.slice(0, ahead))).toBeLessThanOrEqual(2);
  expect(spread(perQuantum.slice(ahead))).toBeLessThanOrEqual(3);
});
