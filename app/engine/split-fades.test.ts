// Splits inside fades, as they sound: the halves fade as the whole did.
import { beforeAll, expect, it } from 'vitest';
import { createdBy } from '../session/testing/fixtures.ts';
import { differ, equal, openArranging } from './testing/arranging.ts';
import { compileEngine } from './testing/engine-file.ts';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await compileEngine();
});

const rate = 48_000;

it.each([
  ['as it is', 48_000, {}],
  ['at another rate', 44_100, {}],
  ['stretched', 48_000, { stretch_ratio: 1.25, pitch_shift: -2 }],
  ['stretched at another rate, both fades longer than it is', 44_100, { stretch_ratio: 0.8, fade_in: 9, fade_out: 9 }],
] as const)('a clip %s is the same in six parts', async (_, fileRate, fields) => {
  const project = await openArranging(module, { rate: fileRate, frames: 2 * fileRate });
  const top = await project.timeline('top', { timebase: 'beats', bpm: 101 });
  const id = await project.clip(top, 0, 0.5, { fade_in: 0.9, fade_out: 0.8, gain: 0.7, pan: 0.2, ...fields });
  const [frames, whole] = [3 * rate, await project.offline(top, 3 * rate)];
  const original = project.session.objects.get(id);
  const parts = [id];
  for (const position of [0.9, 1.3, 2.1, 2.6, 2.9]) {
    const halves = await project.session
      .dispatch({ cmd: 'SPLIT_CLIP', clip_id: parts.at(-1) ?? '', position })
      .then(createdBy);
    parts.push(halves[1] ?? '');
  }
  expect(parts.length).toBe(6);
  expect(differ(await project.offline(top, frames), whole)).toEqual(equal);
  expect(differ(await project.live(top, frames), whole)).toEqual(equal);
  for (const part of parts.slice(1).reverse()) {
    const before = parts[parts.indexOf(part) - 1] ?? '';
    await project.run({ cmd: 'JOIN_CLIPS', clip_ids: [part, before] });
  }
  expect(project.session.objects.get(id)).toEqual(original);
});
