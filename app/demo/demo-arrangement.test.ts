// The demo session: commands of the schema, clips inside their sounds, and a mix with headroom.
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { createId } from '../core/id.ts';
import { batchCommand, type CommandOf } from '../protocol/commands.ts';
import { demoArrangement, demoBars } from './demo-arrangement.ts';
import { type DemoSoundName, demoSoundNames, demoSounds } from './demo-sounds.ts';
import { framesPerBar, sampleRate } from './score.ts';

const timelineId = createId();
const fileIds = Object.fromEntries(demoSoundNames.map((name) => [name, createId()])) as Record<DemoSoundName, string>;
const soundOfFile = new Map(Object.entries(fileIds).map(([name, id]) => [id, name]));

const arrangement = (timebase: 'seconds' | 'beats') => demoArrangement({ id: timelineId, timebase }, fileIds, createId);
const clipsOf = (timebase: 'seconds' | 'beats'): CommandOf<'ADD_CLIP'>[] =>
  arrangement(timebase).commands.filter((command) => command.cmd === 'ADD_CLIP');

test('every command is valid; the lanes come before their clips', () => {
  const batch = arrangement('beats');
  expect(v.safeParse(batchCommand, batch).success).toBe(true);
  const lanes = new Set<unknown>();
  for (const command of batch.commands) {
    if (command.cmd === 'CREATE_GROUP') lanes.add(command.id);
    if (command.cmd === 'ADD_CLIP') expect(lanes.has(command.group_id)).toBe(true);
  }
  expect(lanes.size).toBe(9);
});

test('beats and seconds say the same: 0.6 s per beat', () => {
  const seconds = clipsOf('seconds');
  for (const [index, clip] of clipsOf('beats').entries()) {
    expect(clip.play_position * 0.6).toBeCloseTo(seconds[index]?.play_position ?? Number.NaN, 9);
  }
});

test('the mix lasts 24 s, plays every sound within its length, and peaks between -6 and -2 dBFS', () => {
  const sounds = new Map([...demoSounds()].map((sound) => [sound.name as string, sound.channels]));
  const mix = [new Float32Array(demoBars * framesPerBar), new Float32Array(demoBars * framesPerBar)];
  const heard = new Set<string>();
  for (const clip of clipsOf('seconds')) {
    const name = soundOfFile.get(clip.audio_file_id) ?? '';
    heard.add(name);
    const start = Math.round((clip.start_offset ?? 0) * sampleRate);
    const end = Math.round((clip.end_offset ?? 0) * sampleRate);
    const at = Math.round(clip.play_position * sampleRate);
    for (const [side, samples] of (sounds.get(name) ?? []).entries()) {
      expect(end).toBeLessThanOrEqual(samples.length);
      const out = mix[side] ?? new Float32Array();
      for (let frame = start; frame < end; frame++) {
        out[at + frame - start] = (out[at + frame - start] ?? 0) + (samples[frame] ?? 0) * (clip.gain ?? 1);
      }
    }
  }
  expect(heard.size).toBe(9);
  expect(demoBars * framesPerBar).toBe(24 * 48_000);
  const peak = Math.max(...mix.map((side) => side.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)));
  expect(peak).toBeGreaterThan(10 ** (-6 / 20));
  expect(peak).toBeLessThan(10 ** (-2 / 20));
});
