// Long sound files put straight into the store: sparse, sounding only at the places that are played.

import { wavFrameBytes, wavHeader } from '../../app/media/wav-header.ts';
import type { EditCommand } from '../../app/protocol/commands.ts';
import { audioDirectory, audioName, peakDirectory, peakName } from '../../app/storage/blob-paths.ts';
import { findFile, openDirectory } from '../../app/storage/file-access.ts';
import { noiseSamples } from './long-file.ts';
import { dispatchAll, scripting } from './session.ts';

const shape = { format: 'I16', channels: 2, sampleRate: 48_000 } as const;

export interface LongFiles {
  readonly files: number;
  readonly hours: number;
  /** Seconds at which sound begins, in each file. */
  readonly places: readonly number[];
  readonly soundingSeconds: number;
}

const framesOf = ({ hours }: LongFiles): number => hours * 3600 * shape.sampleRate;

/** The store finds files by their names, and reads what they are when it is opened next. */
const hashOf = (file: number): string => (file + 1).toString(16).padStart(64, '0');

/** Reload the page afterwards. */
export async function placeFiles(wanted: LongFiles): Promise<void> {
  const directory = await openDirectory(audioDirectory(userId(), 'imports'));
  const header = wavHeader({ ...shape, frames: framesOf(wanted) });
  const sound = noiseSamples(wanted.soundingSeconds * shape.sampleRate * shape.channels);
  const at = (seconds: number): number => header.length + seconds * shape.sampleRate * wavFrameBytes(shape);
  for (let file = 0; file < wanted.files; file++) {
    const handle = await directory.getFileHandle(audioName(hashOf(file)), { create: true });
    const stream = await handle.createWritable();
    await stream.write(header);
    await stream.truncate(at(wanted.hours * 3600));
    for (const place of wanted.places) await stream.write({ type: 'write', position: at(place), data: sound });
    await stream.close();
  }
}

/** One clip of each whole file on a lane of its own, all beginning at zero, in front. */
export async function arrangeFiles(wanted: LongFiles): Promise<void> {
  const { activeProjectId } = await scripting().session.getState();
  const [timelineId] = await dispatchAll([
    { cmd: 'CREATE_TIMELINE', name: 'Long', type: 'audio', timebase: 'seconds' },
  ]);
  if (timelineId === undefined || activeProjectId === null) throw new Error('no timeline');
  const each = <Made>(make: (file: number) => Made): Made[] =>
    Array.from({ length: wanted.files }, (_, file) => make(file));
  const fileIds = await dispatchAll(each((file): EditCommand => ({ cmd: 'ADD_FILE', file: fileObject(wanted, file) })));
  const groupIds = await dispatchAll(
    each(
      (file): EditCommand => ({
        cmd: 'CREATE_GROUP',
        timeline_id: timelineId,
        name: `Lane ${file + 1}`,
        order: file,
      }),
    ),
  );
  await dispatchAll([
    ...each(
      (file): EditCommand => ({
        cmd: 'ADD_CLIP',
        timeline_id: timelineId,
        audio_file_id: fileIds[file] ?? '',
        group_id: groupIds[file] ?? null,
        play_position: 0,
        gain: 1 / wanted.files,
      }),
    ),
    { cmd: 'SET_OBJECT', id: activeProjectId, properties: { active_timeline_id: timelineId } },
  ]);
}

export async function timelineInFront(): Promise<string> {
  const { activeTimelineId } = await scripting().session.getState();
  if (activeTimelineId === null) throw new Error('no timeline');
  return activeTimelineId;
}

function fileObject(wanted: LongFiles, file: number): Extract<EditCommand, { cmd: 'ADD_FILE' }>['file'] {
  return {
    name: `Long ${file + 1}`,
    content_hash: hashOf(file),
    sample_rate: shape.sampleRate,
    bit_depth: 16,
    channels: shape.channels,
    frames: framesOf(wanted),
    duration: wanted.hours * 3600,
    container: 'wav',
    source: 'import',
  };
}

/** Waits until the page has stored the first file's peaks, and stores the same for the others, which sound the same. */
export async function copyPeaks({ files }: LongFiles): Promise<void> {
  const directory = await openDirectory(peakDirectory(userId()));
  const first = await (await storedFile(directory, peakName(hashOf(0)))).getFile();
  for (let file = 1; file < files; file++) {
    const handle = await directory.getFileHandle(peakName(hashOf(file)), { create: true });
    await first.stream().pipeTo(await handle.createWritable());
  }
}

async function storedFile(directory: FileSystemDirectoryHandle, name: string): Promise<FileSystemFileHandle> {
  for (;;) {
    const file = await findFile(directory, name);
    if (file) return file;
    await new Promise(requestAnimationFrame);
  }
}

function userId(): string {
  const id = localStorage.getItem('atome.user');
  if (id === null) throw new Error('the page has no user yet');
  return id;
}
