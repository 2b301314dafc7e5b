// Rights: free for all until the first one is granted, and then only for those who have them.
import { describe, expect, test } from 'vitest';
import type { Command } from '../protocol/commands.ts';
import { addTestFile, createdBy, openTestSession, testId } from './testing/fixtures.ts';
import { MemoryStore } from './testing/memory-store.ts';

const [owner, guest, stranger] = [testId(1), testId(2), testId(3)];

/** One store; each call opens it for somebody, after everything before is stored. */
async function sharedClip() {
  const store = new MemoryStore();
  const as = async (author: string) => (await openTestSession({ store, author })).session;
  const mine = await as(owner);
  const audio_file_id = await addTestFile(mine);
  const timeline_id = mine.getState().activeTimelineId ?? '';
  const add = { cmd: 'ADD_CLIP', timeline_id, audio_file_id, play_position: 0 } as const;
  const [clip_id = ''] = createdBy(await mine.dispatch(add));
  const send = async (author: string, command: Command): Promise<string> => {
    const reply = await (await as(author)).dispatch(command);
    return reply.ok ? 'ok' : reply.error.name;
  };
  const gain = (author: string) => send(author, { cmd: 'SET_CLIP', clip_id, gain: Math.random() });
  return { store, as, send, gain, add, timeline_id, clip_id };
}

describe('an object', () => {
  test('is free to all until somebody is given a right on it; then to its maker and to those who may edit', async () => {
    const { send, gain, clip_id } = await sharedClip();
    expect(await gain(stranger)).toBe('ok');
    expect(await send(owner, { cmd: 'GRANT', object_id: clip_id, grantee: guest, right: 'edit' })).toBe('ok');
    expect([await gain(owner), await gain(guest), await gain(stranger)]).toEqual(['ok', 'ok', 'ERR_NOT_PERMITTED']);
    expect(await send(stranger, { cmd: 'REMOVE_CLIPS', clip_ids: [clip_id] })).toBe('ERR_NOT_PERMITTED');
    expect(await send(stranger, { cmd: 'SPLIT_CLIP', clip_id, position: 2 })).toBe('ERR_NOT_PERMITTED');
  });

  test('may be seen or played without being edited; everyone is everyone', async () => {
    const { send, gain, clip_id } = await sharedClip();
    await send(owner, { cmd: 'GRANT', object_id: clip_id, grantee: guest, right: 'play' });
    expect(await gain(guest)).toBe('ERR_NOT_PERMITTED');
    await send(owner, { cmd: 'GRANT', object_id: clip_id, grantee: 'everyone', right: 'edit' });
    expect([await gain(guest), await gain(stranger)]).toEqual(['ok', 'ok']);
    await send(owner, { cmd: 'REVOKE', object_id: clip_id, grantee: 'everyone' });
    expect(await gain(guest)).toBe('ERR_NOT_PERMITTED');
  });

  test('gives rights by its maker and owners alone', async () => {
    const { send, clip_id } = await sharedClip();
    const grant = (grantee: string, right: 'edit' | 'own') =>
      ({ cmd: 'GRANT', object_id: clip_id, grantee, right }) as const;
    expect(await send(stranger, grant(stranger, 'own'))).toBe('ERR_NOT_PERMITTED');
    expect(await send(owner, grant(guest, 'edit'))).toBe('ok');
    expect(await send(guest, grant(stranger, 'edit'))).toBe('ERR_NOT_PERMITTED');
    expect(await send(guest, { cmd: 'REVOKE', object_id: clip_id, grantee: guest })).toBe('ERR_NOT_PERMITTED');
    expect(await send(owner, grant(guest, 'own'))).toBe('ok');
    expect(await send(guest, grant(stranger, 'edit'))).toBe('ok');
    expect(await send(owner, { cmd: 'REVOKE', object_id: clip_id, grantee: stranger, right: 'view' })).toBe(
      'ERR_REFUSED',
    );
  });
});

describe('a timeline', () => {
  test('passes its rights on to what lies on it, and nobody puts or moves anything there without them', async () => {
    const { send, gain, add, as, timeline_id, clip_id } = await sharedClip();
    const free = { cmd: 'CREATE_TIMELINE', name: 'Free', type: 'audio', timebase: 'beats' } as const;
    const [free_id = ''] = createdBy(await (await as(stranger)).dispatch(free));
    const [own = ''] = createdBy(await (await as(stranger)).dispatch({ ...add, timeline_id: free_id }));
    await send(owner, { cmd: 'GRANT', object_id: timeline_id, grantee: guest, right: 'edit' });
    expect([await gain(guest), await gain(stranger)]).toEqual(['ok', 'ERR_NOT_PERMITTED']);
    expect([await send(guest, add), await send(stranger, add)]).toEqual(['ok', 'ERR_NOT_PERMITTED']);
    const arrive = { cmd: 'MOVE_CLIP', clip_id: own, play_position: 0, timeline_id } as const;
    expect(await send(stranger, arrive)).toBe('ERR_NOT_PERMITTED');
    expect(await send(stranger, { ...arrive, clip_id, timeline_id: free_id })).toBe('ERR_NOT_PERMITTED');
    expect(await send(stranger, { ...add, timeline_id: free_id })).toBe('ok');
  });
});

describe('rights and the history', () => {
  test('are undone like everything else', async () => {
    const { as, gain, clip_id } = await sharedClip();
    const mine = await as(owner);
    await mine.dispatch({ cmd: 'GRANT', object_id: clip_id, grantee: guest, right: 'view' });
    expect(await gain(stranger)).toBe('ERR_NOT_PERMITTED');
    await mine.dispatch({ cmd: 'UNDO' });
    expect(await gain(stranger)).toBe('ok');
  });

  test('what somebody did is not undone by them once their right is gone; the step is used up', async () => {
    const { as, send, gain, clip_id } = await sharedClip();
    await gain(guest);
    await send(owner, { cmd: 'SET_CLIP', clip_id, name: 'Kept' });
    await send(owner, { cmd: 'GRANT', object_id: clip_id, grantee: stranger, right: 'view' });
    const theirs = await as(guest);
    const before = theirs.objects.get(clip_id);
    expect(theirs.getState().history.undoDepth).toBe(1);
    expect(await theirs.dispatch({ cmd: 'UNDO' })).toMatchObject({ ok: true });
    expect(theirs.objects.get(clip_id)).toEqual(before);
    expect(theirs.getState().history.undoDepth).toBe(0);
  });

  test('an object that comes back brings its permissions back, whoever removed it', async () => {
    const { as, send, gain, clip_id } = await sharedClip();
    await send(owner, { cmd: 'GRANT', object_id: clip_id, grantee: guest, right: 'edit' });
    const theirs = await as(guest);
    await theirs.dispatch({ cmd: 'REMOVE_CLIPS', clip_ids: [clip_id] });
    await theirs.dispatch({ cmd: 'UNDO' });
    expect([await gain(guest), await gain(stranger)]).toEqual(['ok', 'ERR_NOT_PERMITTED']);
    const again = await as(guest);
    await again.dispatch({ cmd: 'UNDO' });
    expect([...again.objects.ofKind('PermissionAtome')]).toHaveLength(1);
  });
});
