// Random commands against the plain model; then undo to the start, redo to the end, and a reload.
import fc from 'fast-check';
import jsonPatch, { type Operation } from 'fast-json-patch';
import { expect, test } from 'vitest';
import type { EditCommand } from '../protocol/commands.ts';
import type { Session } from './session.ts';
import { addTestFile, createdBy, openTestSession, testId } from './testing/fixtures.ts';
import { MemoryStore } from './testing/memory-store.ts';
import {
  endOf,
  type ModelCommand,
  type ModelState,
  modelFileRate,
  modelFileSeconds,
  modelStep,
  unnamed,
} from './testing/model.ts';

/** A command whose clips and groups are chosen by number among those there are when it is sent. */
type Choice = { readonly op: ModelCommand['op']; readonly picks: readonly number[]; readonly times: readonly number[] };
type Step = Choice | { readonly batch: readonly Choice[] } | 'undo' | 'redo';

const operations: readonly ModelCommand['op'][] = [
  ...['add', 'add', 'set', 'move', 'trim', 'stretch', 'split', 'split', 'join', 'duplicate', 'remove'],
  ...['createGroup', 'group', 'removeGroup', 'removeAndClose', 'trimAndFollow'],
  ...['mark', 'unmark', 'insertTime', 'removeTime'],
] as ModelCommand['op'][];
const eighths = fc.integer({ min: 0, max: 8 * (modelFileSeconds + 1) }).map((count) => count / 8);
const choices: fc.Arbitrary<Choice> = fc.record({
  op: fc.constantFrom(...operations),
  picks: fc.array(fc.nat(30), { minLength: 3, maxLength: 3 }),
  times: fc.array(eighths, { minLength: 2, maxLength: 2 }),
});
/**
 * In a batch the halves that time makes could not be told from what the other commands make, and an edge that is put
 * somewhere may have moved before.
 */
const inBatches = choices.filter(({ op }) => !['insertTime', 'removeTime', 'stretch'].includes(op));
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: choices },
  { weight: 2, arbitrary: fc.record({ batch: fc.array(inBatches, { minLength: 1, maxLength: 4 }) }) },
  { weight: 3, arbitrary: fc.constant('undo' as const) },
  { weight: 2, arbitrary: fc.constant('redo' as const) },
);

const unknown = testId(404, 404);

function resolve(state: ModelState, { op, picks, times }: Choice): ModelCommand {
  const [first = 0, second = 0, third = 0] = picks;
  const [time = 0, other = 0] = times;
  const clip = (pick: number): string => state.clips[pick % (state.clips.length + 1)]?.id ?? unknown;
  const group = state.groups[third % (state.groups.length + 1)];
  const clips = [clip(first), clip(second)] as const;
  switch (op) {
    case 'add':
      return { op, position: time, start: Math.min(time, other), end: Math.max(time, other) };
    case 'stretch':
      return { op, clip: clips[0], ratio: 2 ** ((third % 4) - 1) };
    case 'set':
      return { op, clip: clips[0], gain: time };
    case 'move':
      return { op, clip: clips[0], position: time };
    case 'trim':
      return { op, clip: clips[0], start: Math.min(time, other), end: Math.max(time, other) };
    case 'split': {
      const chosen = state.clips.find(({ id }) => id === clips[0]);
      return { op, clip: clips[0], position: (chosen?.position ?? 0) + time / 2 };
    }
    case 'join':
      return { op, clips: joinable(state) ?? clips };
    case 'duplicate':
      return { op, clips, offset: third % 2 ? time : undefined };
    case 'remove':
      return { op, clips: [clips[0]] };
    case 'removeAndClose':
      return { op, clip: clips[0] };
    case 'trimAndFollow':
      return { op, clip: clips[0], end: time };
    case 'mark':
      return { op, time };
    case 'unmark':
      return { op, marker: state.markers[third % (state.markers.length + 1)]?.id ?? unknown };
    case 'insertTime':
    case 'removeTime':
      return { op, at: time, duration: other / 4 - ((other / 4) % 0.125) };
    case 'createGroup':
      return { op };
    case 'group':
      return { op, clips, group: group ?? null };
    case 'removeGroup':
      return { op, group: group ?? unknown };
  }
}

/** The first two clips that go on in each other, so that joins are not all refused. */
function joinable({ clips }: ModelState): readonly [string, string] | undefined {
  for (const a of clips) {
    const next = clips.find((b) => b.start === a.end && b.position === endOf(a));
    if (next) return [next.id, a.id];
  }
  return undefined;
}

function sent(timeline_id: string, audio_file_id: string, state: ModelState, command: ModelCommand): EditCommand {
  switch (command.op) {
    case 'add': {
      const { position: play_position, start: start_offset, end: end_offset } = command;
      return { cmd: 'ADD_CLIP', timeline_id, audio_file_id, play_position, start_offset, end_offset };
    }
    case 'stretch': {
      const clip = state.clips.find(({ id }) => id === command.clip);
      const position = clip ? endOf({ ...clip, ratio: command.ratio }) : 0;
      return { cmd: 'STRETCH_CLIP', clip_id: command.clip, edge: 'end', position };
    }
    case 'set':
      return { cmd: 'SET_CLIP', clip_id: command.clip, gain: command.gain };
    case 'move':
      return { cmd: 'MOVE_CLIP', clip_id: command.clip, play_position: command.position };
    case 'trim':
      return { cmd: 'TRIM_CLIP', clip_id: command.clip, start_offset: command.start, end_offset: command.end };
    case 'split':
      return { cmd: 'SPLIT_CLIP', clip_id: command.clip, position: command.position };
    case 'join':
      return { cmd: 'JOIN_CLIPS', clip_ids: [...command.clips] };
    case 'duplicate':
      return { cmd: 'DUPLICATE_CLIPS', clip_ids: [...command.clips], offset: command.offset };
    case 'remove':
      return { cmd: 'REMOVE_CLIPS', clip_ids: [...command.clips] };
    case 'removeAndClose':
      return { cmd: 'REMOVE_CLIPS', clip_ids: [command.clip], ripple: true };
    case 'trimAndFollow':
      return { cmd: 'TRIM_CLIP', clip_id: command.clip, end_offset: command.end, ripple: true };
    case 'mark':
      return { cmd: 'ADD_MARKER', timeline_id, time: command.time };
    case 'unmark':
      return { cmd: 'REMOVE_OBJECT', id: command.marker };
    case 'insertTime':
      return { cmd: 'INSERT_TIME', timeline_id, at: command.at, duration: command.duration };
    case 'removeTime':
      return { cmd: 'REMOVE_TIME', timeline_id, start: command.at, end: command.at + command.duration };
    case 'createGroup':
      return { cmd: 'CREATE_GROUP', timeline_id, name: 'Group' };
    case 'group':
      return { cmd: 'GROUP_CLIPS', clip_ids: [...command.clips], group_id: command.group };
    case 'removeGroup':
      return { cmd: 'REMOVE_OBJECT', id: command.group };
  }
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
const sorted = ({ clips, groups, markers }: ModelState): ModelState => ({
  clips: clips.toSorted(byId),
  groups: groups.toSorted(),
  markers: markers.toSorted(byId),
});

/** Gives halves without a name that of a clip like them which the model does not have. */
function named(state: ModelState, there: ModelState): ModelState {
  const known = new Set(state.clips.map(({ id }) => id));
  const free = there.clips.filter(({ id }) => !known.has(id));
  const clips = state.clips.map((clip) => {
    if (clip.id !== unnamed) return clip;
    const at = free.findIndex((other) => JSON.stringify({ ...other, id: unnamed }) === JSON.stringify({ ...clip }));
    return free.splice(at, at < 0 ? 0 : 1)[0] ?? clip;
  });
  return { ...state, clips };
}

function seen(session: Session, timelineId: string): ModelState {
  const clips = [...session.objects.clipsOf(timelineId)].map((clip) => ({
    id: clip.id,
    position: clip.play_position,
    start: clip.start_offset,
    end: clip.end_offset,
    gain: clip.gain,
    ratio: clip.stretch_ratio,
    group: clip.group_id,
  }));
  const markers = [...session.objects.ofTimeline(timelineId, 'TimelineMarkerAtome')].map(({ id, time }) => ({
    id,
    time,
  }));
  return sorted({ clips, markers, groups: [...session.objects.ofKind('GroupAtome')].map(({ id }) => id) });
}

const empty: ModelState = { clips: [], groups: [], markers: [] };

/** The model with its history. */
class Model {
  state = empty;
  /** Edits that were not refused. */
  accepted = 0;
  past: ModelState[] = [];
  future: ModelState[] = [];

  edit(commands: readonly ModelCommand[], ids: readonly string[]): boolean {
    const made = [...ids];
    let next: ModelState | undefined = this.state;
    for (const command of commands) next &&= modelStep(next, command, made);
    if (!next) return false;
    this.accepted++;
    const same = JSON.stringify(sorted(next)) === JSON.stringify(sorted(this.state));
    if (!same) [this.past, this.future] = [[...this.past, this.state], []];
    this.state = next;
    return true;
  }

  back(): boolean {
    const last = this.past.pop();
    if (last) this.future.push(this.state);
    this.state = last ?? this.state;
    return last !== undefined;
  }

  forth(): boolean {
    const next = this.future.pop();
    if (next) this.past.push(this.state);
    this.state = next ?? this.state;
    return next !== undefined;
  }
}

/** Sends a step to the session and tells whether model and session agree on accepting it. */
async function take(session: Session, model: Model, step: Step, timelineId: string, fileId: string): Promise<void> {
  if (step === 'undo' || step === 'redo') {
    const fits = step === 'undo' ? model.past.length > 0 : model.future.length > 0;
    if (step === 'undo' ? model.back() : model.forth()) {
      expect((await session.dispatch({ cmd: step === 'undo' ? 'UNDO' : 'REDO' })).ok).toBe(fits);
    }
    return;
  }
  const commands = ('batch' in step ? step.batch : [step]).map((choice) => resolve(model.state, choice));
  const edits = commands.map((command) => sent(timelineId, fileId, model.state, command));
  const [single] = edits;
  const reply = await session.dispatch('batch' in step || !single ? { cmd: 'BATCH', commands: edits } : single);
  const ids = reply.ok ? createdBy(reply) : [];
  expect(model.edit(commands, ids), reply.ok ? 'accepted' : reply.error.msg).toBe(reply.ok);
  model.state = named(model.state, seen(session, timelineId));
}

test('any sequence of commands does what the model does, in the patches, back to the start, forth to the end, and after a reload', async () => {
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 20, maxLength: 80, size: 'max' }), async (sequence) => {
      const store = new MemoryStore();
      const { session } = await openTestSession({ store });
      const fileId = await addTestFile(session, modelFileRate * modelFileSeconds, modelFileRate);
      const made = await session.dispatch({ cmd: 'CREATE_TIMELINE', name: 'T', type: 'audio', timebase: 'seconds' });
      const [timelineId = ''] = createdBy(made);
      const start = session.getState();
      const patched = structuredClone(start);
      session.onPatch(({ ops }) => jsonPatch.applyPatch(patched, structuredClone(ops) as Operation[]));
      const model = new Model();
      for (const step of sequence) {
        await take(session, model, step, timelineId, fileId);
        expect(seen(session, timelineId)).toEqual(sorted(model.state));
      }
      const end = session.getState();
      expect(patched).toEqual(end);
      expect(end.history).toMatchObject({ undoDepth: 2 + model.past.length, redoDepth: model.future.length });
      accepted += model.accepted;

      const { session: reloaded } = await openTestSession({ store });
      expect(reloaded.getState().objects).toEqual(end.objects);
      expect(reloaded.getState().history).toEqual(end.history);
      for (const _step of model.past) await reloaded.dispatch({ cmd: 'UNDO' });
      expect(reloaded.getState().objects).toEqual(start.objects);
      for (const _step of model.past) await reloaded.dispatch({ cmd: 'REDO' });
      expect(reloaded.getState().objects).toEqual(end.objects);
    }),
    { numRuns: 100 },
  );
  expect(accepted).toBeGreaterThan(700);
});
