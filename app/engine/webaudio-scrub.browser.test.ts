// The fallback's dragged playhead in a real audio graph: heard as the hand moves, at its own pitch, and silent at rest.
import { expect, it } from 'vitest';
import { BungeeSound } from '../stretch/bungee-sounds.ts';
import { offlineContext } from '../stretch/testing/bungee.ts';
import { clipOf, soundFile } from './testing/sessions.ts';
import { sine } from './testing/sounds.ts';
import { Scrub } from './webaudio-scrub.ts';

const rate = 48_000;
const seconds = 1.5;
const hertz = 441;
const restsAt = 0.75;
/** Between two places of the hand: four quanta, as seldom as frames of a screen and as even as a test can tell them. */
const stepSeconds = 512 / rate;

const level = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length);

/** Rises through zero per second. */
function frequencyOf(samples: Float32Array): number {
  const rises = samples.findIndex((_, at) => at > 0 && (samples[at - 1] ?? 0) < 0 && (samples[at] ?? 0) >= 0);
  let [count, last] = [0, rises];
  for (let at = rises + 1; at < samples.length; at++) {
    if (!((samples[at - 1] ?? 0) < 0 && (samples[at] ?? 0) >= 0)) continue;
    count++;
    last = at;
  }
  return (count * rate) / (last - rises);
}

/** What is heard of a hand that moves at a speed, rests, and lets go a quarter of a second before the end. */
async function drag(speed: number, samples: Float32Array, stretch?: { ratio: number; semitones: number }) {
  const context = await offlineContext(seconds);
  const sound = await BungeeSound.load(context, [new Float32Array(samples)], rate);
  const sourceFrames = samples.length * (stretch?.ratio ?? 1);
  const clip = clipOf(soundFile('sound', rate, [samples]), 'a', { sourceFrames, ...(stretch ? { stretch } : {}) });
  const from = 2;
  const scrub = new Scrub(
    {
      ...{ context, output: context.destination },
      clips: () => [{ clip, sampleRate: rate }],
      soundOf: async () => sound,
    },
    from,
  );
  scrub.lead(from);
  await sound.prepare(1);
  for (let time = stepSeconds; time < seconds; time += stepSeconds)
    void context.suspend(time).then(() => {
      if (time < seconds - 0.25) scrub.lead(from + speed * Math.min(time, restsAt));
      else scrub.end();
      return context.resume();
    });
  return (await context.startRendering()).getChannelData(0);
}

const part = (samples: Float32Array, from: number, to: number): Float32Array =>
  samples.subarray(Math.round(from * rate), Math.round(to * rate));

it.each([
  [1, undefined, 0],
  [-1, undefined, 0],
  [0.4, undefined, 0],
  [0.7, { ratio: 1.5, semitones: 5 }, 5],
])('is heard at %f times its speed, and not when the hand rests', async (speed, stretch, semitones) => {
  const heard = await drag(speed, sine(4 * rate, rate, hertz, 0.5), stretch);
  const moving = part(heard, 0.3, restsAt);
  expect(level(moving)).toBeCloseTo(0.5 / Math.SQRT2, 1);
  expect(Math.abs(1200 * Math.log2(frequencyOf(moving) / (hertz * 2 ** (semitones / 12))))).toBeLessThan(10);
  expect(level(part(heard, restsAt + 0.3, seconds))).toBe(0);
  const rise = 0.5 * 2 * Math.sin((Math.PI * hertz * 2 ** (semitones / 12)) / rate);
  const step = heard.reduce((most, sample, at) => Math.max(most, Math.abs(sample - (heard[at - 1] ?? 0))), 0);
  expect(step).toBeLessThan(1.5 * rise);
});

it('passes what lies on the way when the hand does, within a tenth of a second', async () => {
  const ticking = new Float32Array(4 * rate);
  ticking[2.4 * rate] = 1;
  const heard = await drag(1, ticking);
  const loudest = heard.reduce((best, sample, at) => (Math.abs(sample) > Math.abs(heard[best] ?? 0) ? at : best), 0);
  // The spring is 80 ms behind a steady hand, the grain under way some 30 ms more.
  expect(loudest / rate).toBeGreaterThan(0.4);
  expect(loudest / rate).toBeLessThan(0.55);
});
