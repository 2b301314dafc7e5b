import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ErrorReport } from '../protocol/errors.ts';
import type { ActionClipAtome } from '../protocol/kinds.ts';
import { ActionPlayer } from './action-player.ts';
import type { ScriptCommand } from './live-commands.ts';
import { createdBy, openTestSession, testId } from './testing/fixtures.ts';

type Events = ActionClipAtome['events'];

const rate = 48_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A session whose action clips are played by a clock that a test moves. */
async function played() {
  const scripts: ScriptCommand[] = [];
  const { session, timelineId } = await openTestSession({
    async scripts(script) {
      scripts.push(script);
    },
  });
  const errors: ErrorReport[] = [];
  let seconds = 10;
  const player = new ActionPlayer({
    session,
    now: () => seconds,
    sampleRate: rate,
    onError: (error) => errors.push(error),
  });
  session.onCue((cue) => player.cue(cue));
  const [widget = ''] = createdBy(await session.dispatch({ cmd: 'ADD_WIDGET', type: 'xy' }));
  return {
    session,
    player,
    scripts,
    errors,
    timelineId,
    widget,
    marker: (time: number) => ({ cmd: 'ADD_MARKER', timeline_id: timelineId, time }),
    markers: () => [...session.objects.ofTimeline(timelineId, 'TimelineMarkerAtome')].map(({ time }) => time),
    value: () => session.getState().objects[widget],
    async clip(events: Events, more: { duration?: number; repeats?: number } = {}) {
      const place = { timeline_id: timelineId, play_position: 0, duration: 1 };
      const [id = ''] = createdBy(await session.dispatch({ cmd: 'ADD_ACTION_CLIP', ...place, events, ...more }));
      return id;
    },
    async trigger(clip_id: string) {
      expect(await session.dispatch({ cmd: 'TRIGGER_ACTION_CLIP', clip_id })).toMatchObject({ ok: true });
    },
    /** Lets the clock go on, and everything happen that is due by then. */
    async pass(by: number) {
      seconds += by;
      await vi.advanceTimersByTimeAsync(20);
      await session.idle();
    },
  };
}

const edit = (time_offset: number, command: object): Events[number] => ({
  time_offset,
  type: 'editCommand',
  payload: { command },
});

describe('a clip that is triggered', () => {
  test('plays its events when the clock comes to them, each once', async () => {
    const { clip, trigger, pass, marker, markers } = await played();
    await trigger(await clip([edit(0, marker(1)), edit(0.5, marker(2)), edit(0.75, marker(3))]));
    expect(markers()).toEqual([]);
    await pass(0.25);
    expect(markers()).toEqual([1]);
    await pass(0.25);
    expect(markers()).toEqual([1]);
    await pass(0.125);
    expect(markers()).toEqual([1, 2]);
    await pass(10);
    await pass(10);
    expect(markers()).toEqual([1, 2, 3]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('repeats itself as often as it says, with what lies at its very end', async () => {
    const { clip, trigger, pass, marker, markers } = await played();
    const events = [edit(0.25, marker(1)), edit(1, marker(2))];
    await trigger(await clip(events, { repeats: 3 }));
    await pass(1);
    expect(markers()).toEqual([1]);
    await pass(0.5);
    expect(markers()).toEqual([1, 2, 1]);
    await pass(5);
    expect(markers()).toEqual([1, 2, 1, 2, 1, 2]);
    await pass(5);
    expect(markers()).toHaveLength(6);
  });

  test('begins again when it is triggered again', async () => {
    const { clip, trigger, pass, marker, markers } = await played();
    const id = await clip([edit(0, marker(1)), edit(0.5, marker(2))]);
    await trigger(id);
    await pass(0.25);
    await trigger(id);
    await pass(0.375);
    expect(markers()).toEqual([1, 1]);
    await pass(0.25);
    expect(markers()).toEqual([1, 1, 2]);
  });

  test('that triggers itself goes round by the clock and blocks nothing', async () => {
    const { session, clip, trigger, pass, marker, markers } = await played();
    const id = await clip([edit(0, marker(1))]);
    const again = edit(0, { cmd: 'TRIGGER_ACTION_CLIP', clip_id: id });
    await session.dispatch({ cmd: 'SET_OBJECT', id, properties: { events: [edit(0, marker(1)), again] } });
    await trigger(id);
    await pass(0.01);
    await pass(0.01);
    const rounds = markers().length;
    expect(rounds).toBeGreaterThan(1);
    expect(rounds).toBeLessThan(10);
    await session.dispatch({ cmd: 'REMOVE_OBJECT', id });
    await pass(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('what is due at one moment', () => {
  test('is one step of its edits, under the name of the clip', async () => {
    const { session, player, clip, pass, marker, markers, timelineId } = await played();
    const id = await clip([edit(0.5, marker(1)), edit(0.5, marker(2)), edit(0.75, marker(3))]);
    await session.dispatch({ cmd: 'SET_OBJECT', id, properties: { name: 'Moves' } });
    const { undoDepth } = session.getState().history;
    player.cue({ id, timelineId, atFrame: 0, offset: 0.5 });
    await pass(0);
    expect(markers()).toEqual([1, 2]);
    expect(session.getState().history).toMatchObject({ undoDepth: undoDepth + 1, undoLabel: 'Moves' });
    await session.dispatch({ cmd: 'UNDO' });
    expect(markers()).toEqual([]);
  });

  test('moves widgets and changes the routing without a step of anybody', async () => {
    const { session, clip, trigger, pass, widget, value, errors } = await played();
    const nodes = [{ id: 'out', type: 'output' as const, name: 'Out', params: {} }];
    const before = session.getState().history;
    await trigger(
      await clip([
        { time_offset: 0, type: 'widgetChange', payload: { widget_id: widget, value: 0.1 } },
        { time_offset: 0, type: 'widgetChange', payload: { widget_id: widget, value: [0.2, 0.3] } },
        { time_offset: 0, type: 'routingChange', payload: { graph: { nodes, connections: [] } } },
      ]),
    );
    await pass(0.5);
    expect(errors).toEqual([]);
    expect(value()).toMatchObject({ value: [0.2, 0.3] });
    expect([...session.objects.ofKind('RoutingGraphAtome')]).toMatchObject([{ nodes }]);
    expect(session.getState().history).toMatchObject({ undoDepth: before.undoDepth + 1, undoLabel: 'Add action clip' });
    expect((await session.history(widget, 'value')).map((version) => version.value)).toEqual([
      [0.5, 0.5],
      [0.2, 0.3],
    ]);
  });

  test('runs scripts with what they are given', async () => {
    const { clip, trigger, pass, scripts } = await played();
    const payload = { source: '1', name: 'One', args: { bars: 2 }, time_limit: 50 };
    await trigger(await clip([{ time_offset: 0, type: 'script', payload }]));
    await pass(0.5);
    expect(scripts).toMatchObject([payload]);
  });

  test('is told when it cannot be carried out, and the rest goes on', async () => {
    const { clip, trigger, pass, marker, markers, errors } = await played();
    await trigger(
      await clip([
        { time_offset: 0, type: 'widgetChange', payload: { widget_id: testId(99, 99), value: 1 } },
        { time_offset: 0, type: 'script', payload: {} },
        edit(0, { cmd: 'SET_TEMPO', bpm: -1 }),
        edit(0.25, { cmd: 'NONE' }),
        edit(0.5, marker(4)),
      ]),
    );
    await pass(0.9);
    expect(errors.map(({ name }) => name)).toEqual(['ERR_REFUSED', 'ERR_BAD_COMMAND', 'ERR_UNKNOWN_COMMAND']);
    expect(markers()).toEqual([4]);
  });

  test('leaves the values that are written for parameters alone', async () => {
    const { session, trigger, pass, widget, errors } = await played();
    const target = { target: widget, param_path: 'value', time: 0, value: 1 };
    const [id = ''] = createdBy(await session.dispatch({ cmd: 'SCHEDULE_AUTOMATION', ...target }));
    await trigger(id);
    await pass(2);
    expect(errors).toEqual([]);
  });
});

test('an event runs its script, and one without a source is told', async () => {
  const { session, player, timelineId, scripts, errors, pass } = await played();
  const event = { cmd: 'ADD_EVENT', timeline_id: timelineId, time: 1, type: 'script_run' } as const;
  const [id = ''] = createdBy(await session.dispatch({ ...event, payload: { source: 'log(1)', name: 'Say' } }));
  player.cue({ id, timelineId, atFrame: 0 });
  await pass(0);
  expect(scripts).toMatchObject([{ source: 'log(1)', name: 'Say' }]);
  expect(errors).toEqual([]);
});
