// The fallback's metronome in a real audio graph: every click on its time, through loops and cuts.
import { expect, it } from 'vitest';
import { clickSound } from './click-sound.ts';
import { residual } from './testing/sounds.ts';
import { ClickOutput, ClickQueue } from './webaudio-clicks.ts';
import { type LoopSeconds, Playhead } from './webaudio-schedule.ts';

const rate = 48_000;
const seconds = 1;

const clicks = {
  seconds: Float64Array.from([0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875]),
  accents: Uint8Array.from([1, 0, 0, 0, 1, 0, 0, 0]),
};

async function render(
  from: number,
  loop: LoopSeconds | null,
  { gain = 1, cutAt = Number.POSITIVE_INFINITY } = {},
): Promise<Float32Array> {
  const context = new OfflineAudioContext(1, seconds * rate, rate);
  const output = new ClickOutput(context, context.destination, gain);
  const queue = new ClickQueue();
  new Playhead(0, from, loop).plan([], seconds, { onStretch: (stretch) => queue.lay(stretch, clicks, output, 0) });
  queue.cut(cutAt);
  return (await context.startRendering()).getChannelData(0);
}

function expected(places: readonly (readonly [frame: number, kind: 'accent' | 'beat'])[]): Float32Array {
  const sum = new Float32Array(seconds * rate);
  for (const [frame, kind] of places) sum.set(clickSound(kind, rate).subarray(0, sum.length - frame), frame);
  return sum;
}

it('plays each click on its time from where it begins', async () => {
  const heard = await render(0.25, null);
  const beats = [0, 1, 2, 3, 4, 5].map((beat) => [beat * 6000, beat === 2 ? 'accent' : 'beat'] as const);
  expect(residual(heard, expected(beats))).toBeLessThan(-120);
});

it('clicks with every pass of a loop', async () => {
  const heard = await render(0.5, { start: 0.5, end: 0.7 });
  const passes = [0, 9600, 19_200, 28_800, 38_400];
  const places = passes.flatMap((pass) => [[pass, 'accent'] as const, [pass + 6000, 'beat'] as const]);
  expect(residual(heard, expected(places))).toBeLessThan(-120);
});

it('takes back what was laid out and lets what sounds sound', async () => {
  const heard = await render(0, null, { cutAt: 0.13 });
  expect(
    residual(
      heard,
      expected([
        [0, 'accent'],
        [6000, 'beat'],
      ]),
    ),
  ).toBeLessThan(-120);
});

it('lays out nothing while it is off', async () => {
  const heard = await render(0, null, { gain: 0 });
  expect(heard.every((sample) => sample === 0)).toBe(true);
});
