// The demo session's command: valid, complete, the same in beats and in seconds.
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { createId } from '../core/id.ts';
import { batchCommand, type CommandOf } from '../protocol/commands.ts';
import { demoArrangement } from './demo-arrangement.ts';
import { type DemoSoundName, demoSoundNames } from './demo-sounds.ts';

const timelineId = createId();
const fileIds = Object.fromEntries(demoSoundNames.map((name) => [name, createId()])) as Record<DemoSoundName, string>;

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
  expect(new Set(clipsOf('beats').map((clip) => clip.audio_file_id)).size).toBe(9);
});

test('beats and seconds say the same: 0.6 s per beat', () => {
  const seconds = clipsOf('seconds');
  for (const [index, clip] of clipsOf('beats').entries()) {
    expect(clip.play_position * 0.6).toBeCloseTo(seconds[index]?.play_position ?? Number.NaN, 9);
  }
});
