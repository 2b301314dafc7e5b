// The demo's sounds: lengths, levels, seams, headroom of the mix, and the same samples every time.
import { beforeAll, describe, expect, test } from 'vitest';
import { demoArrangement, demoBars } from './demo-arrangement.ts';
import { type DemoSound, type DemoSoundName, demoSoundNames, demoSounds } from './demo-sounds.ts';
import { framesPerBar, sampleRate } from './score.ts';

const sounds = new Map<string, DemoSound>();
const loops = ['Kick', 'Snare', 'Hats', 'Bass', 'Chords', 'Pad', 'Pluck'];

function soundOf(name: string): DemoSound {
  const sound = sounds.get(name);
  if (!sound) throw new Error(name);
  return sound;
}

const peakOf = (samples: Float32Array): number => samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
const rmsOf = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

beforeAll(() => {
  for (const sound of demoSounds()) sounds.set(sound.name, sound);
}, 60_000);

test('they are made one by one, in order, in stereo at 48 kHz', () => {
  expect([...sounds.keys()]).toEqual(demoSoundNames);
  for (const { channels, sampleRate: rate } of sounds.values()) {
    expect([rate, channels.length, channels[0].length - channels[1].length]).toEqual([48_000, 2, 0]);
  }
});

test.each([
  ['Kick', 2],
  ['Snare', 2],
  ['Hats', 2],
  ['Bass', 4],
  ['Chords', 4],
  ['Pad', 4],
  ['Pluck', 4],
  ['Rise', 3],
  ['Ending', 2],
])('%s lasts %i bars of 2.4 s to the frame', (name, bars) => {
  expect(framesPerBar / sampleRate).toBe(2.4);
  expect(soundOf(name).channels[0].length).toBe(bars * framesPerBar);
});

describe.each(demoSoundNames)('%s', (name) => {
  test('peaks between -1 and 0 dBFS, is louder than -36 dBFS on both sides, has no offset', () => {
    const peak = Math.max(...soundOf(name).channels.map(peakOf));
    expect(peak).toBeGreaterThan(10 ** (-1 / 20));
    expect(peak).toBeLessThan(1);
    for (const samples of soundOf(name).channels) {
      expect(rmsOf(samples)).toBeGreaterThan(10 ** (-36 / 20));
      expect(Math.abs(samples.reduce((sum, sample) => sum + sample, 0) / samples.length)).toBeLessThan(1e-5);
    }
  });
});

/** The largest second difference near a frame: what a seam would show as. */
function bendAround(samples: Float32Array, at: number): number {
  const size = samples.length;
  const sample = (frame: number): number => samples[(frame + size) % size] ?? 0;
  let largest = 0;
  for (let frame = at - 2; frame <= at + 1; frame++) {
    largest = Math.max(largest, Math.abs(sample(frame - 1) - 2 * sample(frame) + sample(frame + 1)));
  }
  return largest;
}

test.each(loops)('%s goes round without a seam: the turn bends no more than the loop does elsewhere', (name) => {
  for (const samples of soundOf(name).channels) {
    let elsewhere = 0;
    for (let frame = 4; frame < samples.length - 4; frame++)
      elsewhere = Math.max(elsewhere, bendAround(samples, frame));
    expect(bendAround(samples, 0)).toBeLessThanOrEqual(elsewhere);
  }
});

test.each(['Rise', 'Ending'])('%s ends below -60 dBFS', (name) => {
  for (const samples of soundOf(name).channels) expect(peakOf(samples.subarray(-480))).toBeLessThan(1e-3);
});

test('the same samples every time', () => {
  const [kick] = demoSounds();
  expect(kick?.channels[0].every((sample, frame) => sample === soundOf('Kick').channels[0][frame])).toBe(true);
});

test('the mix lasts 24 s, plays each sound within its length, and peaks between -6 and -2 dBFS', () => {
  const mix = [new Float32Array(demoBars * framesPerBar), new Float32Array(demoBars * framesPerBar)];
  const fileIds = Object.fromEntries(demoSoundNames.map((name) => [name, name])) as Record<DemoSoundName, string>;
  let laneGain = 1;
  for (const clip of demoArrangement({ id: 'timeline', timebase: 'seconds' }, fileIds, () => 'lane').commands) {
    if (clip.cmd === 'SET_OBJECT') laneGain = Number(clip.properties.gain);
    if (clip.cmd !== 'ADD_CLIP') continue;
    const gain = (clip.gain ?? 1) * laneGain;
    const start = Math.round((clip.start_offset ?? 0) * sampleRate);
    const end = Math.round((clip.end_offset ?? 0) * sampleRate);
    const at = Math.round(clip.play_position * sampleRate);
    for (const [side, samples] of soundOf(clip.audio_file_id).channels.entries()) {
      expect(end).toBeLessThanOrEqual(samples.length);
      const out = mix[side] ?? new Float32Array();
      for (let frame = start; frame < end; frame++) {
        out[at + frame - start] = (out[at + frame - start] ?? 0) + (samples[frame] ?? 0) * gain;
      }
    }
  }
  expect(demoBars * framesPerBar).toBe(24 * 48_000);
  const peak = Math.max(...mix.map(peakOf));
  expect(peak).toBeGreaterThan(10 ** (-6 / 20));
  expect(peak).toBeLessThan(10 ** (-2 / 20));
});
