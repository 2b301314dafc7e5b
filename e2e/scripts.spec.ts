// Scripts as the page runs them: all or nothing, bounded, and never heard when they go wrong.
import type { Command } from '../app/protocol/commands.ts';
import { expect, test } from './support/fixtures.ts';
import { differences, soundingRange } from './support/sound.ts';
import { Studio } from './support/studio.ts';
import { noise } from './support/wav.ts';

const second = 48_000;

const script = (source: string, more: { name?: string; args?: unknown; time_limit?: number } = {}): Command => ({
  cmd: 'RUN_SCRIPT',
  source,
  ...more,
});

async function markers(studio: Studio): Promise<number[]> {
  const { objects } = await studio.state();
  const times = Object.values(objects).flatMap((object) => (object.kind === 'TimelineMarkerAtome' ? object.time : []));
  return times.sort((a, b) => a - b);
}

test('a script is one step under its name, and answers', async ({ page }) => {
  const studio = await Studio.open(page);
  const reply = await studio.dispatch(
    script(
      `const timeline_id = state().activeTimelineId;
       const made = [];
       for (let bar = 0; bar < args.bars; bar++) {
         made.push(...dispatch({ cmd: 'ADD_MARKER', timeline_id, time: bar * 4 }).created);
       }
       dispatch({ cmd: 'SET_OBJECT', id: made[0], properties: { name: 'First' } });
       log('made', made.length);
       dispatch({ cmd: 'TIMELINE_SEEK', timeline_id, to: 8 });
       made`,
      { name: 'Mark bars', args: { bars: 4 } },
    ),
  );
  const state = await studio.state();
  if (!reply.ok) throw new Error(reply.error.msg);
  const made = reply.result as string[];
  expect(made.map((id) => state.objects[id])).toMatchObject([0, 4, 8, 12].map((time) => ({ time })));
  expect(state.objects[made[0] ?? '']).toMatchObject({ name: 'First' });
  expect(state.timelines[state.activeTimelineId ?? '']).toMatchObject({ position: 8 });
  expect(state.history).toMatchObject({ undoLabel: 'Mark bars' });
  await studio.run({ cmd: 'UNDO' });
  expect(await markers(studio)).toEqual([]);
  await studio.run({ cmd: 'REDO' });
  expect(await markers(studio)).toEqual([0, 4, 8, 12]);
  expect(Object.keys((await studio.state()).objects)).toEqual(expect.arrayContaining(made));
});

test('what fails keeps nothing and says where', async ({ page }) => {
  const studio = await Studio.open(page);
  const before = (await studio.state()).history.undoDepth;
  const mark = `dispatch({ cmd: 'ADD_MARKER', timeline_id: state().activeTimelineId, time: 1 });`;
  const ends: readonly (readonly [source: string, name: string, words: string])[] = [
    [`${mark}\n\nnull.x`, 'ERR_SCRIPT', 'line 3'],
    [`${mark}\nsyntax(`, 'ERR_SCRIPT', 'line 2'],
    [`${mark} for (;;);`, 'ERR_SCRIPT_TIME', ' ms'],
    // Nothing inside the interpreter can interrupt this; its worker is ended.
    [`${mark} [].indexOf.call({ length: 2 ** 53 - 1 }, 1)`, 'ERR_SCRIPT_TIME', '1500 ms'],
    [`${mark} const a = []; for (;;) a.push(new ArrayBuffer(1 << 20))`, 'ERR_SCRIPT_MEMORY', ''],
    [`${mark} let s = 'x'; for (;;) s += s`, 'ERR_SCRIPT_MEMORY', ''],
    [`${mark} (function deeper() { deeper() })()`, 'ERR_SCRIPT_MEMORY', ''],
    [`${mark} fetch('/')`, 'ERR_SCRIPT', 'fetch'],
  ];
  for (const [source, name, words] of ends) {
    // What fills the memory gets all the time it may need for that.
    const limit = name === 'ERR_SCRIPT_MEMORY' ? { time_limit: 10_000 } : {};
    const reply = await studio.dispatch(script(source, { name: 'Wrong', ...limit }));
    expect(reply, source).toMatchObject({ ok: false, error: { name, msg: expect.stringContaining('“Wrong”') } });
    expect(reply.ok ? '' : reply.error.msg).toContain(words);
  }
  expect(await markers(studio)).toEqual([]);
  expect((await studio.state()).history.undoDepth).toBe(before);
  expect(await studio.dispatch(script('6 * 7'))).toMatchObject({ ok: true, result: 42 });
});

test('a source is looked at without being run', async ({ page }) => {
  const studio = await Studio.open(page);
  const { timeline } = await studio.arrange([]);
  const mark = `dispatch({ cmd: 'ADD_MARKER', timeline_id: '${timeline}', time: 1 });`;
  const check = (source: string) => studio.dispatch({ cmd: 'CHECK_SCRIPT', source, name: 'Draft' });
  expect(await check(mark)).toMatchObject({ ok: true });
  expect(await check(`${mark}\nfor (;;);`)).toMatchObject({ ok: true });
  const reply = await check(`${mark}\nif (`);
  expect(reply).toMatchObject({ ok: false, error: { name: 'ERR_SCRIPT_SYNTAX', code: 4013 } });
  expect(reply.ok ? '' : reply.error.msg).toMatch(/“Draft”.*line 2: SyntaxError/);
  expect(await markers(studio)).toEqual([]);
});

test('endless loops and bombs are not heard', async ({ page }) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(noise('bed.wav', 6 * second, 31));
  const { timeline } = await studio.arrange([{ file, at: 0 }]);
  await studio.run({ cmd: 'TIMELINE_SEEK', timeline_id: timeline, to: 0 });
  const rendered = await studio.render(timeline, { from: 0, to: 6 });
  await studio.startSound();
  const recording = studio.record(7 * second, { cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 0 });
  const hang = '[].indexOf.call({ length: 2 ** 53 - 1 }, 1)';
  const bombs = ['for (;;);', hang, 'const a = []; for (;;) a.push(new ArrayBuffer(1 << 20))', 'for (;;) dispatch({})'];
  for (const bomb of bombs) {
    expect(await studio.dispatch(script(bomb))).toMatchObject({
      ok: false,
      error: { name: expect.stringMatching(/TIME|MEMORY/) },
    });
  }
  const heard = await recording;
  const { first } = soundingRange(heard.channels);
  expect(differences(heard.channels, first, rendered, 0, 6 * second)).toBe(0);
  expect(await studio.status()).toMatchObject({ backend: 'wasm', starvedFrames: 0 });
});

test('events run scripts where a timeline comes to them', async ({ page }) => {
  const studio = await Studio.open(page);
  const { timeline } = await studio.arrange([]);
  const source = `dispatch({ cmd: 'ADD_MARKER', timeline_id: args.timeline, time: args.time })`;
  const payload = { source, name: 'Drop', args: { timeline, time: 9 } };
  await studio.run({ cmd: 'ADD_EVENT', timeline_id: timeline, time: 0.2, type: 'script_run', payload });
  await studio.startSound();
  await studio.run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 0 });
  await expect.poll(() => markers(studio)).toEqual([9]);
  expect((await studio.state()).history.undoLabel).toBe('Drop');
});

test('an event that stands where the timeline is played from happens, too; one before it does not', async ({
  page,
}) => {
  const studio = await Studio.open(page);
  const { timeline } = await studio.arrange([]);
  const source = `dispatch({ cmd: 'ADD_MARKER', timeline_id: args.timeline, time: args.time })`;
  for (const [time, mark] of [
    [0, 7],
    [0.5, 8],
    [0.7, 9],
  ] as const) {
    const payload = { source, args: { timeline, time: mark } };
    await studio.run({ cmd: 'ADD_EVENT', timeline_id: timeline, time, type: 'script_run', payload });
  }
  await studio.startSound();
  await studio.run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 0.5 });
  await expect.poll(async () => (await markers(studio)).toSorted()).toEqual([8, 9]);
});

test('an action clip plays its events, on its timeline and by itself', async ({ page }) => {
  const studio = await Studio.open(page);
  const { timeline } = await studio.arrange([]);
  const [widget = ''] = await studio.run({ cmd: 'ADD_WIDGET', type: 'slider', name: 'Level' });
  const marker = (time: number) => ({ cmd: 'ADD_MARKER', timeline_id: timeline, time });
  const [clip = ''] = await studio.run({
    cmd: 'ADD_ACTION_CLIP',
    timeline_id: timeline,
    play_position: 0.1,
    duration: 0.4,
    name: 'Moves',
    events: [
      { time_offset: 0, type: 'widgetChange', payload: { widget_id: widget, value: 0.25 } },
      { time_offset: 0.2, type: 'editCommand', payload: { command: marker(1) } },
      { time_offset: 0.2, type: 'editCommand', payload: { command: marker(2) } },
      {
        time_offset: 0.3,
        type: 'script',
        payload: { source: `dispatch(args)`, name: 'Third', args: marker(3) },
      },
      { time_offset: 0.3, type: 'widgetChange', payload: { widget_id: widget, value: 0.75 } },
    ],
  });
  const value = async () => (await studio.state()).objects[widget];
  const before = (await studio.state()).history.undoDepth;
  await studio.startSound();
  await studio.run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 0 });
  await expect.poll(() => markers(studio)).toEqual([1, 2, 3]);
  await expect.poll(value).toMatchObject({ value: [0.75] });
  expect((await studio.state()).history).toMatchObject({ undoDepth: before + 2, undoLabel: 'Third' });
  const values = await studio.atome.evaluate(({ session }, id) => session.history(id, 'value'), widget);
  expect(values.map((version) => version.value)).toEqual([[0], [0.25], [0.75]]);
  await studio.run({ cmd: 'UNDO' });
  expect((await studio.state()).history.undoLabel).toBe('Moves');
  await studio.run({ cmd: 'UNDO' });
  expect(await markers(studio)).toEqual([]);
  expect(await value()).toMatchObject({ value: [0.75] });

  await studio.run({ cmd: 'TIMELINE_STOP', timeline_id: timeline });
  await studio.run({ cmd: 'TRIGGER_ACTION_CLIP', clip_id: clip });
  await expect.poll(() => markers(studio)).toEqual([1, 2, 3]);
});

test('another tab runs scripts where the session is', async ({ page, context }) => {
  const owner = await Studio.open(page);
  const other = await Studio.open(await context.newPage());
  const source = `dispatch({ cmd: 'ADD_MARKER', timeline_id: state().activeTimelineId, time: 5 }).created`;
  const reply = await other.dispatch(script(source));
  expect(reply).toMatchObject({ ok: true, result: [expect.any(String)] });
  expect(await markers(owner)).toEqual([5]);
});
