// Project files: what is written is read back, and what is hostile or damaged is refused in words.
import { downloadZip } from 'client-zip';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AtomeError } from '../protocol/errors.ts';
import type { AtomeObject } from '../protocol/kinds.ts';
import { openProjectFile, writeProjectFile } from './project-file.ts';
import { testId } from './transactions.fixture.ts';
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
  return { wavs, blobs, bytes: await collect(writeProjectFile({ objects, blobs })) };
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

  test('opening reads the directory and project.json, not the samples', async () => {
    const wav = wavBytes(2_000_000);
    const blobs = [{ hash: await sha256(wav), content: new Blob([wav]) }];
    const bytes = await collect(writeProjectFile({ objects: [marker(1)], blobs }));
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

describe('what is refused', () => {
  test.each([
    ['text', () => new TextEncoder().encode('no zip at all')],
    ['nothing', () => new Uint8Array()],
  ])('%s', (_, bytes) => {
    expect(nameOfFailure(bytes())).toBe('ERR_FILE_DAMAGED');
  });

  test.each([
    ['../evil.wav'],
    ['blobs/../../evil.wav'],
    [`blobs/${'A'.repeat(64)}.wav`],
    [`blobs/${'a'.repeat(64)}.exe`],
    [`blobs/${'a'.repeat(63)}.wav`],
    ['project.json/x'],
  ])('an entry named %s', async (name) => {
    expect(nameOfFailure(await zipOf({ 'project.json': manifestOf([]), [name]: 'x' }))).toBe('ERR_FILE_DAMAGED');
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
    expect(nameOfFailure(await zipOf(entries))).toBe('ERR_FILE_DAMAGED');
  });

  test('a project of a newer program', async () => {
    const bytes = await zipOf({ 'project.json': manifestOf([], { version: 2 }) });
    expect(nameOfFailure(bytes)).toBe('ERR_FILE_FORMAT');
  });

  test('every truncation', async () => {
    const { bytes } = await sampleProject();
    for (let length = 0; length < bytes.length; length += 97) {
      expect(nameOfFailure(bytes.subarray(0, length))).toBe('ERR_FILE_DAMAGED');
    }
  });

  test('changed bytes never lead to anything but a project or a refusal in words', async () => {
    const { bytes } = await sampleProject();
    const position = fc.oneof(fc.nat(bytes.length - 1), fc.integer({ min: bytes.length - 400, max: bytes.length - 1 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(position, fc.nat(255)), { minLength: 1, maxLength: 4 }), (changes) => {
        const changed = bytes.slice();
        for (const [at, value] of changes) changed[at] = value;
        expect(['none', 'ERR_FILE_DAMAGED', 'ERR_FILE_FORMAT']).toContain(nameOfFailure(changed));
      }),
      { numRuns: 2000 },
    );
  });
});
