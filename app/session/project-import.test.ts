// A project taken from one session to another: its objects, its past, its ids; and what is refused without a trace.
import { expect, test } from 'vitest';
import { crc32 } from '../core/crc32.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { AtomeObject } from '../protocol/kinds.ts';
import { loadWhole } from '../storage/load-whole.fixture.ts';
import { historyLines, readHistory } from '../storage/project-history.ts';
import type { ProjectContent } from './project-import.ts';
import type { Session } from './session.ts';
import { addTestFile, createdBy, openTestSession, sessionWithClip, testId } from './testing/fixtures.ts';
import { MemoryStore } from './testing/memory-store.ts';

const path = 'data/users/here/media/audio/imports/x.wav';

/** What a project file of the session would hold. */
async function contentOf(session: Session, store: MemoryStore, change = (object: AtomeObject) => object) {
  const objects = session.projectObjects().map(change);
  const lines: Uint8Array[] = [];
  for await (const line of historyLines(store.transactions(), (id) => objects.some((object) => object.id === id))) {
    lines.push(line);
  }
  const bytes = new Uint8Array(await new Blob(lines as Uint8Array<ArrayBuffer>[]).arrayBuffer());
  const source = { size: bytes.length, read: (at: number, length: number) => bytes.subarray(at, at + length) };
  const entry = { name: 'history.jsonl', offset: 0, size: bytes.length, checksum: crc32(bytes) };
  const kinds = new Map(objects.map(({ id, kind }) => [id, kind]));
  const paths = new Map(objects.flatMap((o) => (o.kind === 'AudioFileAtome' ? [[o.content_hash, path] as const] : [])));
  return { objects, history: [...readHistory(source, entry, (id) => kinds.get(id))], paths } satisfies ProjectContent;
}

async function editedProject() {
  const store = new MemoryStore();
  const { session, timelineId } = await openTestSession({ store, author: testId(7) });
  const fileId = await addTestFile(session);
  const [clipId = ''] = createdBy(
    await session.dispatch({ cmd: 'ADD_CLIP', timeline_id: timelineId, audio_file_id: fileId, play_position: 4 }),
  );
  await session.dispatch({ cmd: 'ADD_MARKER', timeline_id: timelineId, time: 2, name: 'Verse' });
  await session.dispatch({ cmd: 'SET_CLIP', clip_id: clipId, gain: 0.5 });
  await session.dispatch({ cmd: 'UNDO' });
  await session.dispatch({ cmd: 'SET_CLIP', clip_id: clipId, gain: 0.25 });
  return { session, store, clipId, timelineId, fileId };
}

const project = (session: Session) => session.projectObjects();

const plain = (objects: readonly AtomeObject[]) =>
  objects
    .map(({ id: _id, ...rest }) => {
      const { opened_at: _o, user_id: _u, local_path: _p, ...kept } = rest as Record<string, unknown>;
      return kept;
    })
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

test('another session has the same objects with the same ids and all they ever were, and can undo it as one step', async () => {
  const from = await editedProject();
  const content = await contentOf(from.session, from.store);
  const store = new MemoryStore();
  const { session } = await openTestSession({ store, author: testId(8) });
  const before = session.getState();
  const [projectId] = createdBy(await session.importProject(content, crypto.randomUUID()));
  expect(session.getState().activeProjectId).toBe(projectId);
  expect(plain(project(session))).toEqual(plain(project(from.session)));
  const gains = await session.history(from.clipId, 'gain');
  expect(gains.map(({ value }) => value)).toEqual([1, 0.5, 1, 0.25]);
  expect(gains[0]?.author).toBe(testId(7));
  expect(session.getState().history).toMatchObject({ undoDepth: 1, undoLabel: 'Import project' });
  const end = session.getState();
  const { session: reloaded } = await openTestSession({ store, author: testId(8) });
  expect(reloaded.getState().objects).toEqual(end.objects);
  expect(reloaded.getState().history).toEqual(end.history);
  await reloaded.dispatch({ cmd: 'UNDO' });
  expect(reloaded.getState().objects).toEqual(before.objects);
  await reloaded.dispatch({ cmd: 'REDO' });
  expect(reloaded.getState().objects).toEqual(end.objects);
});

test('its objects belong to those who made them, at once as after a reload', async () => {
  const { session: from, store: fromStore, clipId } = await editedProject();
  const store = new MemoryStore();
  const { session } = await openTestSession({ store, author: testId(8) });
  createdBy(await session.importProject(await contentOf(from, fromStore), crypto.randomUUID()));
  const grant = { cmd: 'GRANT', object_id: clipId, grantee: testId(9), right: 'edit' } as const;
  const refused = { ok: false, error: { name: 'ERR_NOT_PERMITTED' } };
  expect(await session.dispatch(grant)).toMatchObject(refused);
  expect(await (await openTestSession({ store, author: testId(8) })).session.dispatch(grant)).toMatchObject(refused);
  expect(await (await openTestSession({ store, author: testId(7) })).session.dispatch(grant)).toMatchObject({
    ok: true,
  });
});

test('a second time it is a project of its own, whose file is the one that is there', async () => {
  const from = await editedProject();
  const content = await contentOf(from.session, from.store);
  const [copyId = ''] = createdBy(await from.session.importProject(content, crypto.randomUUID()));
  const copy = project(from.session);
  expect(copyId).not.toBe(content.objects[0]?.id);
  const files = Object.values(from.session.getState().objects).filter(({ kind }) => kind === 'AudioFileAtome');
  expect(files).toHaveLength(1);
  expect(files[0]).toMatchObject({ id: from.fileId, project_ids: [expect.any(String), copyId] });
  const clip = copy.find(({ kind }) => kind === 'AudioClipAtome');
  expect(clip).toMatchObject({ gain: 0.25, project_id: copyId, audio_file_id: from.fileId });
  expect(clip?.id).not.toBe(from.clipId);
  expect((await from.session.history(clip?.id ?? '', 'gain')).map(({ value }) => value)).toEqual([1, 0.5, 1, 0.25]);
});

test('a past from a clock that runs ahead lies in the past here, and edits made now win', async () => {
  const from = await editedProject();
  const { history, ...content } = await contentOf(from.session, from.store);
  const ahead = history.map((step) => ({ ...step, time: { wall: step.time.wall + 1e10, counter: step.time.counter } }));
  const store = new MemoryStore();
  const { session } = await openTestSession({ store });
  createdBy(await session.importProject({ ...content, history: ahead }, crypto.randomUUID()));
  await session.dispatch({ cmd: 'SET_CLIP', clip_id: from.clipId, gain: 2 });
  const times = (await session.history(from.clipId, 'gain')).map(({ time }) => time.wall);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(Math.max(...times)).toBeLessThan(2e9);
});

test.each([
  [
    'a reference to nothing',
    (o: AtomeObject) => (o.kind === 'AudioClipAtome' ? { ...o, timeline_id: testId(999) } : o),
  ],
  ['a clip beyond its file', (o: AtomeObject) => (o.kind === 'AudioClipAtome' ? { ...o, end_offset: 1e6 } : o)],
  ['no project', (o: AtomeObject) => (o.kind === 'ProjectAtome' ? ({ ...o, kind: 'X' } as unknown as AtomeObject) : o)],
])('%s is refused, and nothing has changed', async (_, change) => {
  const from = await editedProject();
  const content = await contentOf(from.session, from.store);
  const { session, store } = await sessionWithClip();
  const before = session.getState();
  const reply = await session.importProject({ ...content, objects: content.objects.map(change) }, crypto.randomUUID());
  expect(reply).toMatchObject({ ok: false, error: { name: 'ERR_PROJECT_FILE' } });
  expect(session.getState()).toEqual(before);
  expect((await loadWhole(store)).objects).toHaveLength(Object.keys(before.objects).length);
});

test('a sound that is not stored is named', async () => {
  const from = await editedProject();
  const content = await contentOf(from.session, from.store);
  const { session } = await openTestSession();
  const reply = await session.importProject({ ...content, paths: new Map() }, crypto.randomUUID());
  expect(reply.ok ? '' : reply.error.msg).toContain('File 0');
});

test('when the disk fails on the way, the objects are not there, and the next attempt succeeds', async () => {
  const from = await editedProject();
  const content = await contentOf(from.session, from.store);
  const store = new MemoryStore();
  const { session } = await openTestSession({ store });
  const before = session.getState();
  const append = store.append.bind(store);
  store.append = () => Promise.reject(new AtomeError('ERR_DISK_FULL'));
  expect(await session.importProject(content, crypto.randomUUID())).toMatchObject({
    ok: false,
    error: { name: 'ERR_DISK_FULL' },
  });
  expect(session.getState()).toEqual(before);
  store.append = append;
  createdBy(await session.importProject(content, crypto.randomUUID()));
  expect(plain(project(session))).toEqual(plain(project(from.session)));
});

test('a request that is sent again is answered, not carried out a second time', async () => {
  const from = await editedProject();
  const content = await contentOf(from.session, from.store);
  const store = new MemoryStore();
  const id = crypto.randomUUID();
  const { session } = await openTestSession({ store });
  const made = createdBy(await session.importProject(content, id));
  const end = session.getState().objects;
  const { session: next } = await openTestSession({ store });
  expect(createdBy(await next.importProject(content, id))).toEqual(made);
  expect(next.getState().objects).toEqual(end);
});
