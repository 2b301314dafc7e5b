// Editing with the mouse, as it looks, as it is stored and as it sounds.
import { expect, test } from './support/fixtures.ts';
import { differences, peak, type Sound, soundingRange } from './support/sound.ts';
import { expectWaveform, Stage } from './support/stage.ts';
import { Studio } from './support/studio.ts';
import { noise, wavOf } from './support/wav.ts';

const rate = 48_000;
/** Seconds; the page's own timeline begins at 120 bpm, in beats. */
const beat = 0.5;

interface Session {
  readonly studio: Studio;
  readonly timeline: string;
  /** Two clips of two seconds, each on a lane of its own: at beat 0 and at beat 8. */
  readonly clips: readonly [string, string];
  readonly lanes: readonly [string, string];
  render(): Promise<Sound>;
}

async function openSession(studio: Studio): Promise<Session> {
  const timeline = await studio.timelineId();
  const clips: string[] = [];
  const lanes: string[] = [];
  for (const index of [0, 1]) {
    const file = await studio.importFile(noise(`Part ${index}.wav`, 2 * rate, 31 + index));
    const [lane = ''] = await studio.run({ cmd: 'CREATE_GROUP', timeline_id: timeline, name: `Lane ${index}` });
    lanes.push(lane);
    clips.push(
      ...(await studio.run({
        cmd: 'ADD_CLIP',
        timeline_id: timeline,
        audio_file_id: file.id,
        group_id: lane,
        play_position: index * 8,
      })),
    );
  }
  const [first = '', second = ''] = clips;
  const [upper = '', lower = ''] = lanes;
  return {
    studio,
    timeline,
    clips: [first, second],
    lanes: [upper, lower],
    render: () => studio.render(timeline, { from: 0, to: 8 }),
  };
}

test('clips are moved along the grid and across lanes, and their sound with them', async ({ page }) => {
  const { studio, clips, lanes, render } = await openSession(await Studio.open(page));
  const before = await render();
  const stage = await Stage.fit(studio);
  await expectWaveform(stage, clips[0]);
  const from = stage.body(clips[0]);
  // Three pixels beside the beat: it snaps.
  await stage.drag(from, { x: from.x + stage.x(2 * beat) - stage.x(0) + 3, y: stage.laneY(1) });
  await expect
    .poll(async () => (await studio.clips()).find(({ id }) => id === clips[0]))
    .toMatchObject({ play_position: 2, group_id: lanes[1] });
  const after = await render();
  expect(peak(after, 0, rate)).toBe(0);
  expect(differences(after, rate, before, 0, 2 * rate)).toBe(0);
  expect((await studio.state()).history.undoLabel).toBe('Move clip');

  // A drag that is given up leaves no trace.
  const { meta } = await studio.state();
  const moved = await Stage.fit(studio);
  const place = moved.body(clips[0]);
  await page.mouse.move(place.x, place.y);
  await page.mouse.down();
  await page.mouse.move(place.x + 200, place.y, { steps: 3 });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  expect((await studio.state()).meta.revisionId).toBe(meta.revisionId);
});

test('edges trim: the sound stays where it is, and what is cut off is silent', async ({ page }) => {
  const { studio, clips, render } = await openSession(await Studio.open(page));
  const before = await render();
  const stage = await Stage.fit(studio);
  const left = stage.edge(clips[0], 'left');
  await stage.drag(left, { x: stage.x(beat) + 2, y: left.y });
  await expect
    .poll(async () => (await studio.clips())[0])
    .toMatchObject({ play_position: 1, start_offset: beat, end_offset: 2 });
  const right = stage.edge(clips[0], 'right');
  await stage.drag(right, { x: stage.x(3 * beat) - 2, y: right.y });
  await expect.poll(async () => (await studio.clips())[0]).toMatchObject({ start_offset: beat, end_offset: 3 * beat });
  const after = await render();
  expect(soundingRange(after).first).toBe(beat * rate);
  expect(differences(after, beat * rate, before, beat * rate, 2 * beat * rate)).toBe(0);
  expect(peak(after, 3 * beat * rate, 4 * rate)).toBe(0);
});

test('a clip that is dragged at its edge is selected, as one that is moved', async ({ page }) => {
  const { studio, clips } = await openSession(await Studio.open(page));
  const inspector = page.getByRole('region', { name: 'Selected clips' });
  for (const [index, clip] of clips.entries()) {
    const stage = await Stage.fit(studio);
    const right = stage.edge(clip, 'right');
    await stage.drag(right, { x: stage.x(index * 8 * beat + 2 * beat) - 2, y: right.y });
    await expect(inspector.getByLabel('Name', { exact: true })).toHaveValue(`Part ${index}`);
  }
});

test('the dots in the corners fade in and out', async ({ page }) => {
  const { studio, clips, render } = await openSession(await Studio.open(page));
  const before = await render();
  const stage = await Stage.fit(studio);
  const pixel = stage.view.secondsPerPixel;
  await page.mouse.move(stage.body(clips[0]).x, stage.body(clips[0]).y);
  const fadeIn = stage.fadeHandle(clips[0], 'in');
  await stage.drag(fadeIn, { x: stage.x(0.5), y: fadeIn.y });
  await expect.poll(async () => (await studio.clips())[0]?.fade_in).toBeGreaterThan(0.5 - 2 * pixel);
  const fadeOut = stage.fadeHandle(clips[0], 'out');
  await stage.drag(fadeOut, { x: stage.x(1.25), y: fadeOut.y });
  await expect.poll(async () => (await studio.clips())[0]?.fade_out).toBeGreaterThan(0.75 - 2 * pixel);
  const { fade_in = 0, fade_out = 0 } = (await studio.clips())[0] ?? {};
  expect(fade_in).toBeLessThan(0.5 + 2 * pixel);
  expect(fade_out).toBeLessThan(0.75 + 2 * pixel);
  const after = await render();
  const levelAt = (frame: number): number => (after[0]?.[frame] ?? 0) / (before[0]?.[frame] ?? 1);
  /** 3x² - 2x³ */
  const curve = (x: number): number => x * x * (3 - 2 * x);
  for (const part of [0.1, 0.5, 0.9]) {
    const inFrame = Math.round(part * fade_in * rate);
    expect(levelAt(inFrame)).toBeCloseTo(curve(inFrame / Math.round(fade_in * rate)), 3);
    const fromEnd = Math.round(part * fade_out * rate);
    expect(levelAt(2 * rate - fromEnd)).toBeCloseTo(curve(fromEnd / Math.round(fade_out * rate)), 3);
  }
  expect(differences(after, rate, before, rate, rate / 8)).toBe(0);
});

test('neighbours that touch and overlap are faded into each other, as one step', async ({ page }) => {
  const { studio, timeline, clips, lanes } = await openSession(await Studio.open(page));
  const [first] = clips;
  const file = (await studio.clips())[0]?.audio_file_id ?? '';
  const on = { timeline_id: timeline, audio_file_id: file, group_id: lanes[0] } as const;
  await studio.run({ cmd: 'TRIM_CLIP', clip_id: first, end_offset: 1 });
  const [second = ''] = await studio.run({ cmd: 'ADD_CLIP', ...on, play_position: 2, start_offset: 1 });
  const [third = ''] = await studio.run({ cmd: 'ADD_CLIP', ...on, play_position: 3.5 });
  const stage = await Stage.fit(studio);
  await stage.click(stage.body(first));
  await page.keyboard.press('ControlOrMeta+KeyA');
  await page.keyboard.press('KeyX');
  await expect.poll(async () => (await studio.clips()).find(({ id }) => id === third)?.fade_in).toBeCloseTo(0.25, 9);
  const byId = new Map((await studio.clips()).map((clip) => [clip.id, clip]));
  // Those that only touched are drawn out into what their file holds beyond the seam.
  expect(byId.get(first)?.end_offset).toBeCloseTo(1.05, 4);
  expect(byId.get(first)?.fade_out).toBeCloseTo(0.1, 9);
  expect(byId.get(second)).toMatchObject({ play_position: expect.closeTo(1.9, 4), fade_in: expect.closeTo(0.1, 9) });
  expect(byId.get(second)?.fade_out).toBeCloseTo(0.25, 9);
  expect(byId.get(clips[1])).toMatchObject({ fade_in: 0, fade_out: 0 });
  expect((await studio.state()).history.undoLabel).toBe('Crossfade');
});

test('a split at the playhead is not heard; what is deleted, is', async ({ page }) => {
  const { studio, timeline, clips, render } = await openSession(await Studio.open(page));
  const before = await render();
  const stage = await Stage.fit(studio);
  await stage.click(stage.ruler(3 * beat));
  await expect.poll(async () => (await studio.state()).timelines[timeline]?.position).toBe(3);
  await page.keyboard.press('KeyS');
  await expect.poll(async () => (await studio.clips()).length).toBe(3);
  const [first, second] = await studio.clips();
  expect(first).toMatchObject({ id: clips[0], end_offset: 3 * beat });
  expect(second).toMatchObject({ play_position: 3, start_offset: 3 * beat, end_offset: 2 });
  expect(differences(await render(), 0, before, 0, 8 * rate)).toBe(0);

  const cut = await Stage.fit(studio);
  await cut.click(cut.body(second?.id ?? ''));
  await page.keyboard.press('Delete');
  await expect.poll(async () => (await studio.clips()).map(({ id }) => id)).toEqual([...clips]);
  const after = await render();
  expect(differences(after, 0, before, 0, 3 * beat * rate)).toBe(0);
  expect(peak(after, 3 * beat * rate, 4 * rate)).toBe(0);
});

test('clips are duplicated, copied, cut, pasted and dragged off as copies', async ({ page }) => {
  const { studio, timeline, clips, render } = await openSession(await Studio.open(page));
  const before = await render();
  const positions = async () => (await studio.clips()).map(({ play_position }) => play_position);
  const stage = await Stage.fit(studio);
  await stage.click(stage.body(clips[0]));
  await page.keyboard.press('Control+KeyD');
  await expect.poll(positions).toEqual([0, 4, 8]);
  expect(differences(await render(), 2 * rate, before, 0, 2 * rate)).toBe(0);
  await page.keyboard.press('Control+KeyX');
  await expect.poll(positions).toEqual([0, 8]);
  await stage.click(stage.ruler(6 * beat));
  await expect.poll(async () => (await studio.state()).timelines[timeline]?.position).toBe(6);
  await page.keyboard.press('Control+KeyV');
  await expect.poll(positions).toEqual([0, 6, 8]);
  expect(peak(await render(), 2 * rate, 3 * rate)).toBe(0);
  // The pasted clip is selected, and is copied from there.
  await page.keyboard.press('Control+KeyC');
  await page.keyboard.press('Control+KeyV');
  await expect.poll(positions).toEqual([0, 6, 6, 8]);
  const again = await Stage.fit(studio);
  const from = again.body(clips[0]);
  await again.drag(from, { x: from.x + again.x(10 * beat) - again.x(0), y: from.y }, ['Control']);
  await expect.poll(positions).toEqual([0, 6, 6, 8, 10]);
});

test('a frame selects what it touches; the inspector changes all of it at once', async ({ page }) => {
  const { studio, clips, render } = await openSession(await Studio.open(page));
  const before = await render();
  const stage = await Stage.fit(studio);
  await stage.drag({ x: stage.x(3), y: stage.laneY(0) }, { x: stage.x(4.5), y: stage.laneY(1) });
  const inspector = page.getByRole('region', { name: 'Selected clips' });
  await expect(inspector.getByLabel('Name', { exact: true })).toHaveValue('Part 1');
  await stage.drag({ x: stage.x(3), y: stage.laneY(0) }, { x: stage.x(1), y: stage.laneY(1) });
  await expect(inspector.getByLabel('Name', { exact: true })).toHaveValue('Part 0');
  await stage.drag({ x: stage.x(2.5), y: stage.laneY(2) }, { x: stage.x(7), y: stage.laneY(0) });
  await expect(inspector.getByLabel('Name', { exact: true })).toHaveValue('Part 1');
  await page.keyboard.press('Control+KeyA');
  await inspector.getByRole('button', { name: /^Gain: / }).click();
  await inspector.getByRole('textbox', { name: 'Gain' }).fill('-6 dB');
  await inspector.getByRole('textbox', { name: 'Gain' }).press('Enter');
  const gain = 10 ** (-6 / 20);
  await expect
    .poll(async () => (await studio.clips()).map((clip) => clip.gain))
    .toEqual([expect.closeTo(gain, 9), expect.closeTo(gain, 9)]);
  const after = await render();
  for (const frame of [100, 4 * rate + 100]) {
    expect(after[0]?.[frame]).toBeCloseTo((before[0]?.[frame] ?? 0) * gain, 6);
  }
  await page.keyboard.press('Delete');
  await expect.poll(async () => (await studio.clips()).length).toBe(0);
  await page.keyboard.press('Control+KeyZ');
  await expect.poll(async () => (await studio.clips()).map(({ id }) => id)).toEqual([...clips]);
});

test('the loop is drawn above the ruler and moved by its ends', async ({ page }) => {
  const { studio, timeline } = await openSession(await Studio.open(page));
  const loop = async () => {
    const object = (await studio.state()).objects[timeline];
    return object?.kind === 'TimelineAtome' ? { ...object.loop, enabled: object.loop_enabled } : undefined;
  };
  const stage = await Stage.fit(studio);
  await stage.drag(stage.loopBar(beat), stage.loopBar(4 * beat));
  await expect.poll(loop).toEqual({ start: 1, end: 4, enabled: true });
  await stage.drag(stage.loopBar(4 * beat), stage.loopBar(6 * beat));
  await expect.poll(loop).toEqual({ start: 1, end: 6, enabled: true });
  await stage.drag(stage.loopBar(3 * beat), stage.loopBar(5 * beat));
  await expect.poll(loop).toEqual({ start: 3, end: 8, enabled: true });
  await stage.click(stage.loopBar(5 * beat));
  await expect.poll(loop).toEqual({ start: 3, end: 8, enabled: false });
});

test('the waveform shows the sound: its level from afar, its samples as dots from near', async ({ page }) => {
  const studio = await Studio.open(page);
  const timeline = await studio.timelineId();
  // A second at full level, a second at a quarter of it, a second of silence.
  const file = await studio.importFile(
    wavOf(
      'steps.wav',
      1,
      3 * rate,
      (frame) => (frame % 2 === 0 ? 1 : -1) * ([1, 0.25, 0][Math.floor(frame / rate)] ?? 0),
    ),
  );
  const [clip = ''] = await studio.run({
    cmd: 'ADD_CLIP',
    timeline_id: timeline,
    audio_file_id: file.id,
    play_position: 0,
  });
  const stage = await Stage.fit(studio);
  await expect
    .poll(async () => {
      const columns = await stage.waveform(clip);
      const [loud = 0, soft = 0, silent = 0] = [1, 3, 5].map(
        (part) => columns[Math.floor((columns.length * part) / 6)],
      );
      return { soft: Math.round((soft / loud) * 20) / 20, silent: silent <= 2 };
    })
    .toEqual({ soft: 0.25, silent: true });

  // A constant is a thin line; at the closest its samples are dots, 40 pixels apart.
  const flat = await studio.importFile(wavOf('flat.wav', 1, 3 * rate, () => 0.5));
  await studio.run({ cmd: 'SET_OBJECT', id: clip, properties: { audio_file_id: flat.id } });
  const near = await Stage.fit(studio);
  await page.mouse.move(near.body(clip).x, near.body(clip).y);
  await page.keyboard.down('Control');
  for (let turn = 0; turn < 20; turn++) await page.mouse.wheel(0, -400);
  await page.keyboard.up('Control');
  await expect
    .poll(async () => {
      const columns = await near.waveform(clip);
      const dots = columns.flatMap((painted, x) => (painted >= 5 && (columns[x - 1] ?? 0) < 5 ? [x] : []));
      const distances = dots.slice(1).map((x, index) => x - (dots[index] ?? 0));
      return { enough: distances.length > 10, distances: [...new Set(distances)] };
    })
    .toEqual({ enough: true, distances: [40] });
});
