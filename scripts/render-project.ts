// Renders a project file to WAV under Node, with the session's own code and the engine's own module.
import { createHash } from 'node:crypto';
import { fstatSync, mkdirSync, openSync, readFileSync, readSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EngineDelta } from '../app/engine/audio-engine.ts';
import { renderFrames } from '../app/engine/offline-renderer.ts';
import type { PagedSource } from '../app/engine/pager.ts';
import { exportFormats } from '../app/engine/pcm-encoder.ts';
import { renderSource } from '../app/engine/render-source.ts';
import { partsOf } from '../app/engine/render-to-memory.ts';
import { exportWav } from '../app/engine/wav-export.ts';
import { createShapeParser } from '../app/media/shape-parser.ts';
import { wavHeader } from '../app/media/wav-header.ts';
import { AtomeError, reportOf } from '../app/protocol/errors.ts';
import { ObjectMap } from '../app/session/object-map.ts';
import { openProjectFile, type ProjectBlobReader } from '../app/storage/project-file.ts';
import type { ByteSource } from '../app/storage/zip-reader.ts';
import { createOutputFile } from './output-file.ts';
import { numberOf, readOptions, sentenceOf } from './shell.ts';
import { stemNames } from './stem-names.ts';

const usage = 'npm run -s render -- PROJECT OUT.wav [--from S --to S --rate HZ --stems DIR]';
const format = 'F32';
const channels = 2;
const lowestRate = 8000;
const highestRate = 192_000;
/** Holds the header of every WAV that the blob store accepts. */
const headBytes = 65_536;
const hashedAtOnce = 4_194_304;
const engineFile = new URL('../build/engine.wasm', import.meta.url);

/** Paths are the caller's, wherever the script itself runs. */
const pathOf = (path: string): string => resolve(process.env.ATOME_CALLED_FROM ?? '.', path);

async function render(): Promise<void> {
  const { projectPath, outPath, from, to, sampleRate, stems } = readArguments();
  const module = await WebAssembly.compile(readFileSync(engineFile));
  const project = openProjectFile(fileSource(projectPath));
  const objects = new ObjectMap();
  for (const object of project.objects) objects.restore(object.id, { object, living: true });
  const timelineId = timelineOf(objects);
  const { deltas, lanes, duration } = renderSource(objects, timelineId, to === undefined ? undefined : { from, to });
  const parseShape = createShapeParser(module);
  const openSource = async (hash: string) => sourceOf(project.blob(hash), parseShape);
  for (const hash of hashesIn(deltas)) assertWhole(hash, project.blob(hash));
  const options = { module, timelineId, from, to: to ?? duration, sampleRate, channels, openSource };
  const write = async (path: string, part: typeof deltas): Promise<void> => {
    const header = wavHeader({ format, channels, sampleRate, frames: renderFrames(options) });
    const file = createOutputFile(path);
    try {
      await exportWav({ ...options, deltas: part, format: exportFormats[format], header, write: file.write });
    } catch (thrown) {
      file.abort();
      throw thrown;
    }
    file.finish();
    console.log(path);
  };
  await write(outPath, deltas);
  if (stems === undefined) return;
  mkdirSync(stems, { recursive: true });
  const parts = partsOf(deltas, lanes);
  const names = stemNames([...objects.ofKind('GroupAtome')].filter(({ id }) => parts.has(id)));
  for (const [lane, part] of parts) await write(join(stems, `${names.get(lane) ?? lane}.wav`), part);
}

function readArguments() {
  const { positionals, values } = readOptions(process.argv.slice(2), {
    values: ['from', 'to', 'rate', 'stems'],
    usage,
  });
  const [project, out] = positionals;
  if (project === undefined || out === undefined || positionals.length > 2) throw new Error(usage);
  const number = (option: string, range: { lowest: number; highest?: number }): number | undefined => {
    const text = values[option];
    return text === undefined ? undefined : numberOf(`--${option}`, text, { ...range, usage });
  };
  const from = number('from', { lowest: 0 }) ?? 0;
  const to = number('to', { lowest: 0 });
  if (to !== undefined && to <= from) throw new Error(`--to ${to}: not after ${from} s, where it begins\n${usage}`);
  const sampleRate = number('rate', { lowest: lowestRate, highest: highestRate }) ?? 48_000;
  if (!Number.isInteger(sampleRate)) throw new Error(`--rate ${sampleRate}: not a whole number of Hz\n${usage}`);
  const projectPath = realpathSync(pathOf(project));
  const outPath = pathOf(out);
  if (outPath === projectPath) throw new Error(`That would write over the project: ${outPath}`);
  return { projectPath, outPath, from, to, sampleRate, stems: values.stems && pathOf(values.stems) };
}

/** The timeline the project shows first. */
function timelineOf(objects: ObjectMap): string {
  for (const { active_timeline_id } of objects.ofKind('ProjectAtome'))
    if (active_timeline_id) return active_timeline_id;
  for (const { id } of objects.ofKind('TimelineAtome')) return id;
  throw new AtomeError('ERR_NOT_FOUND', 'the project has no timeline');
}

function fileSource(path: string): ByteSource {
  const file = openSync(path, 'r');
  return {
    size: fstatSync(file).size,
    read(at, length) {
      const bytes = new Uint8Array(length);
      return bytes.subarray(0, readSync(file, bytes, 0, length, at));
    },
  };
}

function hashesIn(deltas: readonly EngineDelta[]): Set<string> {
  return new Set(deltas.flatMap((delta) => (delta.type === 'clip' ? delta.blob.hash : [])));
}

/** A sound is named by the hash of its bytes: whatever happened to them on the way shows here. */
function assertWhole(hash: string, blob: ProjectBlobReader): void {
  const sha256 = createHash('sha256');
  const piece = new Uint8Array(Math.min(hashedAtOnce, blob.size));
  for (let at = 0; at < blob.size; ) {
    const read = blob.read(piece, at);
    if (read === 0) break;
    sha256.update(piece.subarray(0, read));
    at += read;
  }
  if (sha256.digest('hex') !== hash) throw new AtomeError('ERR_FILE_DAMAGED', `the sound ${hash} has changed`);
}

function sourceOf(blob: ProjectBlobReader, parseShape: ReturnType<typeof createShapeParser>): PagedSource {
  const head = new Uint8Array(Math.min(headBytes, blob.size));
  blob.read(head, 0);
  return { shape: parseShape(head, blob.size), read: (into, at) => blob.read(into, at), close: () => undefined };
}

try {
  await render();
} catch (thrown) {
  console.error(thrown instanceof AtomeError ? reportOf(thrown, 'ERR_RENDER').msg : sentenceOf(thrown));
  process.exitCode = 1;
}
