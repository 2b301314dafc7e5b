// Fitting clips to the tempo: one command per file, with what is known of it.
import { expect, test } from 'vitest';
import { clip } from '../../editor/testing/fixtures.ts';
import { fitCommands } from './fit-commands.ts';

const clips = [
  clip('a', 'one', 0, 0, 2, { audio_file_id: 'drums' }),
  clip('b', 'one', 4, 0, 2, { audio_file_id: 'pad' }),
  clip('c', 'two', 8, 1, 2, { audio_file_id: 'drums' }),
];
const tempi: Readonly<Record<string, { bpm: number | undefined; firstBeat: number | undefined }>> = {
  drums: { bpm: 96, firstBeat: 0.125 },
  pad: { bpm: 80, firstBeat: undefined },
};
const known = (fileId: string) => tempi[fileId];

test('clips of a file share its tempo and its first beat', () => {
  expect(fitCommands(clips, known, { onGrid: true, ripple: false })).toEqual([
    { cmd: 'FIT_CLIP_TO_TEMPO', clip_ids: ['a', 'c'], bpm: 96, first_beat: 0.125 },
    { cmd: 'FIT_CLIP_TO_TEMPO', clip_ids: ['b'], bpm: 80 },
  ]);
});

test('off the grid they stay where they begin; with ripple what follows moves along', () => {
  expect(fitCommands(clips.slice(0, 1), known, { onGrid: false, ripple: true })).toEqual([
    { cmd: 'FIT_CLIP_TO_TEMPO', clip_ids: ['a'], bpm: 96, ripple: true },
  ]);
});

test('a file whose tempo is not known is left alone', () => {
  const onlyPad = (fileId: string) => (fileId === 'pad' ? known(fileId) : { bpm: undefined, firstBeat: 0 });
  expect(fitCommands(clips, onlyPad, { onGrid: true, ripple: false }).map(({ clip_ids }) => clip_ids)).toEqual([['b']]);
});
