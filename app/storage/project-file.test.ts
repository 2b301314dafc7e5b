// Project files: what is written is read back, and what is hostile or damaged is refused in words.
import { downloadZip } from 'client-zip';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AtomeError } from '../protocol/errors.ts';
import type { AtomeObject } from '../protocol/kinds.ts';
import type { TransactionRecord } from '../protocol/transaction.ts';
import { openProjectFile, writeProjectFile } from './project-file.ts';
import { historyLines } from './project-history.ts';
import { setValue, testId, transactionOf } from './transactions.fixture.ts';
import { sha256, wavBytes } from './wav.fixture.ts';
import type { ByteSource } from './zip-reader.ts';

const marker = (index: number): AtomeObject => ({
  id: testId(index),
  kind: 'TimelineMarkerAtome',
  timeline_id: testId(0),
  time: index,
  timebase: 'beats',
  name: `Bar ${index} – Ω`,
  tags: ['cue'],
});

const sourceOf = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: (at, length) => bytes.subarray(at, at + length),
});

const collect = async (stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());

async function sampleProject(objects: AtomeObject[] = [marker(1), marker(2)]) {
  const wavs = [wavBytes(5000, 1), wavBytes(300, 2)];
  const blobs = await Promise.all(wavs.map(async (wav) => ({ hash: await sha256(wav), content: new Blob([wav]) })));
  return { wavs, blobs, bytes: await collect(writeProjectFile({ objects, history: new Blob(), blobs })) };
}

const manifestOf = (objects: unknown, extra: object = {}) =>
  JSON.stringify({ format: 'atome-project', version: 1, objects, ...extra });

async function zipOf(entries: Record<string, string>): Promise<Uint8Array<ArrayBuffer>> {
  const files = Object.entries(entries).map(([name, input]) => ({ name, input }));
  return new Uint8Array(await downloadZip(files).arrayBuffer());
}

function nameOfFailure(bytes: Uint8Array): string {
  try {
    openProjectFile(sourceOf(bytes));
    return 'none';
  } catch (thrown) {
    return thrown instanceof AtomeError ? thrown.report.name : `foreign: ${String(thrown)}`;
  }
}

describe('round trip', () => {
  test('objects and blobs come back; samples are read by range', async () => {
    const { wavs, blobs, bytes } = await sampleProject();
    const project = openProjectFile(sourceOf(bytes));
    expect(project.objects).toEqual([marker(1), marker(2)]);
    expect(project.hashes).toEqual(blobs.map(({ hash }) => hash));
    const blob = project.blob(blobs[0]?.hash ?? '');
    expect(blob.size).toBe(10_044);
    const into = new Uint8Array(100);
    expect(blob.read(into, 10_000)).toBe(44);
    expect([...into.subarray(0, 44)]).toEqual([...(wavs[0]?.subarray(10_000) ?? [])]);
    expect(blob.read(into, 20_000)).toBe(0);
    expect(() => project.blob('c'.repeat(64))).toThrow(AtomeError);
  });

  test('videos come back from where they stand, with how their files end', async () => {
    const bytes = wavBytes(500, 3);
    const hash = await sha256(bytes);
    const videos = [{ hash, ending: 'webm', content: new Blob([bytes]) }];
    const whole = await collect(writeProjectFile({ objects: [marker(1)], history: new Blob(), blobs: [], videos }));
    const project = openProjectFile(sourceOf(whole));
    expect(project.hashes).toEqual([]);
    const { ending, offset = 0, size = 0 } = project.videos.get(hash) ?? {};
    expect({ ending, size }).toEqual({ ending: 'webm', size: bytes.length });
    expect([...whole.subarray(offset, offset + size)]).toEqual([...bytes]);
    for (const name of [`media/${hash}.exe`, `media/${hash}`, `media/../${hash}.webm`, 'media/a.webm', 'media/']) {
      expect(nameOfFailure(await zipOf({ 'project.json': manifestOf([]), [name]: 'x' }))).toBe('ERR_PROJECT_FILE');
    }
  });

  test('opening reads the directory and project.json, not the samples', async () => {
    const wav = wavBytes(2_000_000);
    const blobs = [{ hash: await sha256(wav), content: new Blob([wav]) }];
    const bytes = await collect(writeProjectFile({ objects: [marker(1)], history: new Blob(), blobs }));
    let read = 0;
    const source = sourceOf(bytes);
    openProjectFile({
      size: source.size,
      read: (at, length) => {
        read += length;
        return source.read(at, length);
      },
    });
    expect(read).toBeLessThan(70_000);
  });
});

describe('the history', () => {
  const kept = transactionOf(1, [
    setValue(testId(1), 'kind', 'TimelineMarkerAtome'),
    setValue(testId(1), 'name', 'Ω\n2'),
    setValue(testId(9), 'name', 'elsewhere'),
  ]);
  const removal = transactionOf(2, [setValue(testId(1), 'deleted', true), setValue(testId(1), 'name', undefined)]);

  async function* past(): AsyncGenerator<TransactionRecord> {
    yield kept;
    yield transactionOf(3, [setValue(testId(9), 'name', 'elsewhere')]);
    yield removal;
  }

  test('of the objects in the file is written and read; that of others is left out', async () => {
    const lines: Uint8Array<ArrayBuffer>[] = [];
    for await (const line of historyLines(past(), (id) => id === testId(1))) lines.push(line);
    const history = new Blob(lines);
    const bytes = await collect(writeProjectFile({ objects: [marker(1)], history, blobs: [] }));
    const read = [...openProjectFile(sourceOf(bytes)).history()];
    expect(read.map(({ label }) => label)).toEqual(['Edit 1', 'Edit 2']);
    expect(read[0]?.changes).toEqual([
      { objectId: testId(1), property: 'kind', after: 'TimelineMarkerAtome' },
      { objectId: testId(1), property: 'name', after: 'Ω\n2' },
    ]);
    expect(read[1]).toMatchObject({ time: removal.time, device: removal.device, author: removal.author });
    expect(read[1]?.changes[1]).toEqual({ objectId: testId(1), property: 'name', after: undefined });
  });

  test.each([
    ['no JSON', '{'],
    ['no transaction', '[]'],
    ['an object that is not there', JSON.stringify(['x', 1, 0, 'd', 'a', [[testId(2), 'name', 'x']]])],
    ['another kind', JSON.stringify(['x', 1, 0, 'd', 'a', [[testId(1), 'kind', 'GroupAtome']]])],
    ['an unknown property', JSON.stringify(['x', 1, 0, 'd', 'a', [[testId(1), '__proto__', {}]]])],
    ['a value out of range', JSON.stringify(['x', 1, 0, 'd', 'a', [[testId(1), 'time', -1]]])],
    ['a clock that is none', JSON.stringify(['x', -1, 0, 'd', 'a', []])],
  ])('with %s is refused', async (_, line) => {
    const bytes = await zipOf({ 'project.json': manifestOf([marker(1)]), 'history.jsonl': `${line}\n` });
    const project = openProjectFile(sourceOf(bytes));
    expect(() => [...project.history()]).toThrow(expect.objectContaining({ name: 'ERR_PROJECT_FILE' }));
  });
});

describe('what is refused', () => {
  test('files that lie inside each other', async () => {
    const hash = (digit: string): string => `blobs/${digit.repeat(64)}.wav`;
    const bytes = await zipOf({ 'project.json': manifestOf([]), [hash('a')]: 'x'.repeat(500), [hash('b')]: 'y' });
    const view = new DataView(bytes.buffer);
    const headers: number[] = [];
    for (let at = 0; at + 4 < bytes.length; at++) if (view.getUint32(at, true) === 0x02014b50) headers.push(at);
    const [, first = 0, second = 0] = headers;
    view.setUint32(second + 42, view.getUint32(first + 42, true), true);
    view.setUint32(second + 20, 500, true);
    view.setUint32(second + 24, 500, true);
    expect(nameOfFailure(bytes)).toBe('ERR_PROJECT_FILE');
  });

  test.each([
    ['text', () => new TextEncoder().encode('no zip at all')],
    ['nothing', () => new Uint8Array()],
  ])('%s', (_, bytes) => {
    expect(nameOfFailure(bytes())).toBe('ERR_PROJECT_FILE');
  });

  test.each([
    ['../evil.wav'],
    ['blobs/../../evil.wav'],
    [`blobs/${'A'.repeat(64)}.wav`],
    [`blobs/${'a'.repeat(64)}.exe`],
    [`blobs/${'a'.repeat(63)}.wav`],
    ['project.json/x'],
  ])('an entry named %s', async (name) => {
    expect(nameOfFailure(await zipOf({ 'project.json': manifestOf([]), [name]: 'x' }))).toBe('ERR_PROJECT_FILE');
  });

  test.each([
    ['no project.json', { [`blobs/${'a'.repeat(64)}.wav`]: 'x' }],
    ['broken JSON', { 'project.json': '{"format":' }],
    ['another format', { 'project.json': '{"format":"other","version":1,"objects":[]}' }],
    ['an object without an id', { 'project.json': manifestOf([{ ...marker(1), id: '../x' }]) }],
    ['an unknown kind', { 'project.json': manifestOf([{ ...marker(1), kind: 'constructor' }]) }],
    ['a value out of range', { 'project.json': manifestOf([{ ...marker(1), time: -1 }]) }],
    ['an unknown property', { 'project.json': manifestOf([{ ...marker(1), extra: 1 }]) }],
    ['one id twice', { 'project.json': manifestOf([marker(1), marker(1)]) }],
  ])('%s', async (_, entries) => {
    expect(nameOfFailure(await zipOf(entries))).toBe('ERR_PROJECT_FILE');
  });

  test('a project of a newer program', async () => {
    const bytes = await zipOf({ 'project.json': manifestOf([], { version: 3 }) });
    expect(nameOfFailure(bytes)).toBe('ERR_FILE_FORMAT');
  });

  test('every truncation', async () => {
    const { bytes } = await sampleProject();
    for (let length = 0; length < bytes.length; length += 97) {
      expect(nameOfFailure(bytes.subarray(0, length))).toBe('ERR_PROJECT_FILE');
    }
  });

  test('any changed letter of the objects or of their past, though it could be read', async () => {
    const line = JSON.stringify(['Edit', 1, 0, 'device', 'author', [[testId(1), 'time', 1]]]);
    const history = new Blob([`${line}\n`]);
    const bytes = await collect(writeProjectFile({ objects: [marker(1)], history, blobs: [] }));
    const place = (text: string): number => Buffer.from(bytes).indexOf(text);
    const changedAt = (at: number): Uint8Array => bytes.with(at, (bytes[at] ?? 0) ^ 1);
    expect(nameOfFailure(bytes)).toBe('none');
    expect(nameOfFailure(changedAt(place('"time":1') + 7))).toBe('ERR_PROJECT_FILE');
    expect(nameOfFailure(changedAt(place('Bar 1') + 1))).toBe('ERR_PROJECT_FILE');
    const project = openProjectFile(sourceOf(changedAt(place('"time",1') + 7)));
    expect(() => [...project.history()]).toThrow('the history was changed or damaged');
  });

  test('changed bytes never lead to anything but a project or a refusal in words', async () => {
    const { bytes } = await sampleProject();
    const position = fc.oneof(fc.nat(bytes.length - 1), fc.integer({ min: bytes.length - 400, max: bytes.length - 1 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(position, fc.nat(255)), { minLength: 1, maxLength: 4 }), (changes) => {
        const changed = bytes.slice();
        for (const [at, value] of changes) changed[at] = value;
        expect(['none', 'ERR_PROJECT_FILE', 'ERR_FILE_FORMAT']).toContain(nameOfFailure(changed));
      }),
      { numRuns: 2000 },
    );
  });
});
