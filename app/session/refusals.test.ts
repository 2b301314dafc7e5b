// Bad commands: refused with a code and a reason that names the field.
import { describe, expect, test } from 'vitest';
import type { Command } from '../protocol/commands.ts';
import { sessionWithClip, testId } from './testing/fixtures.ts';

describe('bad commands are refused with a reason and change nothing', () => {
  const cyclic: Record<string, unknown> = { cmd: 'SET_OBJECT', id: testId(1) };
  cyclic.properties = { name: cyclic };
  const throwing = new Proxy(
    {},
    {
      ownKeys: () => {
        throw new Error('no');
      },
      get: () => {
        throw new Error('no');
      },
    },
  );
  const cases: [name: string, input: unknown, error: string][] = [
    ['null', null, 'ERR_BAD_COMMAND'],
    ['a number', 7, 'ERR_BAD_COMMAND'],
    ['a function', () => 1, 'ERR_BAD_COMMAND'],
    ['an array', [], 'ERR_UNKNOWN_COMMAND'],
    ['an unknown name', { cmd: 'MAKE_COFFEE' }, 'ERR_UNKNOWN_COMMAND'],
    ['a name of Object', { cmd: 'constructor' }, 'ERR_UNKNOWN_COMMAND'],
    ['a prototype', { cmd: '__proto__' }, 'ERR_UNKNOWN_COMMAND'],
    ['a hostile proxy', throwing, 'ERR_BAD_COMMAND'],
    ['an extra field', { cmd: 'UNDO', force: true }, 'ERR_BAD_COMMAND'],
    ['a huge list of ids', { cmd: 'REMOVE_CLIPS', clip_ids: new Array(200_000).fill(testId(1)) }, 'ERR_BAD_COMMAND'],
    ['an empty batch', { cmd: 'BATCH', commands: [] }, 'ERR_BAD_COMMAND'],
    ['a batch in a batch', { cmd: 'BATCH', commands: [{ cmd: 'BATCH', commands: [] }] }, 'ERR_BAD_COMMAND'],
    ['undo in a batch', { cmd: 'BATCH', commands: [{ cmd: 'UNDO' }] }, 'ERR_BAD_COMMAND'],
    ['a cyclic value', cyclic, 'ERR_NOT_FOUND'],
  ];

  test.each(cases)('%s', async (_name, input, error) => {
    const { session } = await sessionWithClip();
    const before = session.getState();
    expect(await session.dispatch(input as Command)).toMatchObject({ ok: false, error: { name: error } });
    expect(session.getState()).toEqual(before);
  });

  test.each([
    [{ gain: 17 }, 'gain: must be <=16, not 17'],
    [{ gain: Number.NaN }, 'gain: must be number, not NaN'],
    [{ pan: '0' }, 'pan: must be number, not "0"'],
    [{ color: 1.5 }, 'color: '],
    [{ end_offset: 11 }, 'end_offset: the file ends at 10 s'],
    [{ end_offset: 10.00003 }, undefined],
    [{ start_offset: 10 }, 'end_offset: must be after start_offset'],
    [{ audio_file_id: testId(1) }, 'audio_file_id: no AudioFileAtome'],
    [{ id: testId(1) }, 'id: AudioClipAtome has no such property'],
    [{ deleted: true }, 'deleted: AudioClipAtome has no such property'],
    [{ toString: 1 }, 'toString: AudioClipAtome has no such property'],
  ])('SET_OBJECT %j of a clip', async (properties, reason) => {
    const { session, clipId } = await sessionWithClip();
    const before = session.objects.get(clipId);
    const reply = await session.dispatch({ cmd: 'SET_OBJECT', id: clipId, properties, reqId: 'r1' });
    expect(reply.reqId).toBe('r1');
    if (reason === undefined) expect(reply.ok).toBe(true);
    else {
      expect(reply.ok ? '' : reply.error.msg).toContain(reason);
      expect(session.objects.get(clipId)).toBe(before);
    }
  });
});
