// Files as clips: one after another, each on its own lane, or on a lane that is there.
import { expect, test } from 'vitest';
import { sceneOf } from '../../editor/testing/fixtures.ts';
import type { AudioFileAtome } from '../../protocol/kinds.ts';
import { clipsForFiles } from './clips-for-files.ts';

const file = (name: string, duration: number): AudioFileAtome => ({
  id: name,
  kind: 'AudioFileAtome',
  user_id: 'user',
  project_ids: [],
  name,
  content_hash: name.repeat(64).slice(0, 64),
  sample_rate: 48_000,
  bit_depth: 16,
  channels: 1,
  frames: duration * 48_000,
  duration,
  container: 'wav',
  source: 'import',
  local_path: '',
  created_at: 0,
  updated_at: 0,
});
const files = [{ sound: file('a', 2) }, { sound: file('b', 3) }];
const scene = sceneOf();
const below = scene.lanes.length;

test('below the lanes they share a new lane, one after another', () => {
  const { commands, clipIds } = clipsForFiles(scene, files, { time: 1, lane: below }, false);
  const [lane, first, second] = commands;
  expect(lane).toMatchObject({ cmd: 'CREATE_GROUP', name: 'a' });
  const id = lane?.cmd === 'CREATE_GROUP' ? lane.id : undefined;
  expect(first).toMatchObject({ audio_file_id: 'a', play_position: 1, group_id: id });
  expect(second).toMatchObject({ audio_file_id: 'b', play_position: 3, group_id: id });
  expect(clipIds).toHaveLength(2);
});

test('on a lane that is there no lane is made', () => {
  const { commands } = clipsForFiles(scene, files, { time: 0, lane: 0 }, false);
  const { id, color } = scene.lanes[0]?.group ?? {};
  expect(commands.map(({ cmd }) => cmd)).toEqual(['ADD_CLIP', 'ADD_CLIP']);
  expect(commands[1]).toMatchObject({ group_id: id, color, play_position: 2 });
});

test('each on a lane of its own they begin together, in colours of their own', () => {
  const { commands } = clipsForFiles(scene, files, { time: 4, lane: below }, true);
  expect(commands.map(({ cmd }) => cmd)).toEqual(['CREATE_GROUP', 'ADD_CLIP', 'CREATE_GROUP', 'ADD_CLIP']);
  const clips = commands.filter((command) => command.cmd === 'ADD_CLIP');
  expect(clips.map((clip) => clip.play_position)).toEqual([4, 4]);
  expect(new Set(clips.map((clip) => clip.color)).size).toBe(2);
});
