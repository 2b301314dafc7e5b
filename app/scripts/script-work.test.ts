// From a script on its copy to the step in the session: the same objects, the same ids, or nothing.
import { beforeAll, expect, test } from 'vitest';
import type { ScriptWork } from '../session/script-work.ts';
import type { Session } from '../session/session.ts';
import { createdBy, openTestSession, sessionWithClip, testId } from '../session/testing/fixtures.ts';
import { MemoryStore } from '../session/testing/memory-store.ts';
import { prepareScript } from './run-script.ts';
import { loadInterpreter } from './testing/interpreter.ts';

let interpreter: WebAssembly.Module;

beforeAll(async () => {
  interpreter = await loadInterpreter();
});

async function workOf(session: Session, source: string, args: unknown): Promise<ScriptWork> {
  const limits = { timeLimit: 60_000, memoryLimit: 32 };
  const run = await prepareScript(interpreter, { source, args, name: 'Test', copy: session.copy(), ...limits });
  const outcome = run();
  if (!outcome.ok) throw new Error(outcome.error.msg);
  return outcome.work;
}

/** Edits that make several objects each, and depend on what those before have made. */
const busy = `
  const [copy] = dispatch({ cmd: 'DUPLICATE_CLIPS', clip_ids: [args.clip], offset: 40 }).created;
  const halves = dispatch({ cmd: 'SPLIT_CLIP', clip_id: copy, position: 46 }).created;
  dispatch({ cmd: 'SPLIT_CLIP', clip_id: copy, position: 4000 });
  const [lane] = dispatch({ cmd: 'CREATE_GROUP', timeline_id: args.timeline, name: 'Lane' }).created;
  dispatch({ cmd: 'BATCH', commands: halves.map((clip_id) => ({ cmd: 'SET_CLIP', clip_id, group_id: lane, gain: 0.5 })) });
  const [file] = dispatch({ cmd: 'ADD_AUDIO_REF_TIMELINE', audio_file_id: state().objects[copy].audio_file_id }).created;
  dispatch({ cmd: 'SET_TEMPO', timeline_id: args.timeline, bpm: 90 });
  state().objects`;

test('the session comes to what the script saw, ids included, in one step that can be undone', async () => {
  const { session, clipId: clip, timelineId: timeline } = await sessionWithClip();
  const before = session.getState();
  const work = await workOf(session, busy, { clip, timeline });
  const reply = await session.performWork('Busy', work, testId(5, 123));
  expect(createdBy(reply)).toEqual(work.created);
  const after = session.getState();
  expect(JSON.parse(JSON.stringify(after.objects))).toEqual(work.value);
  expect(after.history).toMatchObject({ undoDepth: before.history.undoDepth + 1, undoLabel: 'Busy' });
  expect(await session.dispatch({ cmd: 'UNDO' })).toMatchObject({ ok: true });
  expect(session.getState().objects).toEqual(before.objects);
});

test('what others did meanwhile stays, where it leaves room for the script', async () => {
  const { session, clipId: clip, timelineId: timeline } = await sessionWithClip();
  const work = await workOf(session, busy, { clip, timeline });
  await session.dispatch({ cmd: 'SET_CLIP', clip_id: clip, pan: -1 });
  expect(await session.performWork('Busy', work, undefined)).toMatchObject({ ok: true });
  expect(session.objects.get(clip)).toMatchObject({ pan: -1 });
});

test('where it does not, nothing of the script is kept', async () => {
  const { session, clipId: clip, timelineId: timeline } = await sessionWithClip();
  const work = await workOf(session, busy, { clip, timeline });
  await session.dispatch({ cmd: 'REMOVE_OBJECT', id: clip });
  const before = session.getState();
  expect(await session.performWork('Busy', work, undefined)).toMatchObject({ ok: false });
  expect(session.getState().objects).toEqual(before.objects);
  expect(session.getState().history).toEqual(before.history);
});

test('a step that would make other objects than the script knows is refused', async () => {
  const { session, timelineId } = await sessionWithClip();
  const add = `dispatch({ cmd: 'ADD_MARKER', timeline_id: args, time: 1 }).created`;
  const work = await workOf(session, add, timelineId);
  const before = session.getState().objects;
  for (const forged of [
    { ...work, ids: [] },
    { ...work, created: [] },
    { ...work, edits: [{ cmd: 'PANIC', scope: 'ALL' }] },
  ]) {
    expect(await session.performWork('Forged', forged as ScriptWork, undefined)).toMatchObject({ ok: false });
  }
  expect(session.getState().objects).toEqual(before);
});

test('a script may do what its author may', async () => {
  const store = new MemoryStore();
  const mine = await openTestSession({ store, author: testId(1) });
  const markers = (time: number) => `dispatch({ cmd: 'ADD_MARKER', timeline_id: args, time: ${time} })`;
  const [timeline = ''] = createdBy(
    await mine.session.dispatch({ cmd: 'CREATE_TIMELINE', name: 'Mine', type: 'audio', timebase: 'beats' }),
  );
  await mine.session.dispatch({ cmd: 'GRANT', object_id: timeline, grantee: 'everyone', right: 'view' });
  expect((await workOf(mine.session, markers(1), timeline)).value).toMatchObject({ ok: true });
  const { session } = await openTestSession({ store, author: testId(2) });
  const { value, edits } = await workOf(session, markers(2), timeline);
  expect(value).toMatchObject({ ok: false, error: { name: 'ERR_NOT_PERMITTED' } });
  expect(edits).toEqual([]);
});
