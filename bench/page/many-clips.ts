// A timeline of many clips from many files, each with a waveform of its own, fades and a colour.

import { noise } from '../../app/engine/testing/sounds.ts';
import { wavHeader } from '../../app/media/wav-header.ts';
import type { EditCommand } from '../../app/protocol/commands.ts';
import { dispatchAll, scripting } from './session.ts';

const sampleRate = 48_000;
const fileSeconds = 10;
const colours = 8;
/** Seconds. */
const fade = 0.05;
const gap = 0.5;

export interface ManyClips {
  readonly files: number;
  readonly lanes: number;
  readonly clips: number;
}

/** Shows the clips on a timeline in seconds, lane by lane one after the other, 3 to 9 s long each. */
export async function prepareClips({ files, lanes, clips }: ManyClips): Promise<void> {
  const hiss = Int16Array.from(noise(fileSeconds * sampleRate * 2, 1), (sample) => Math.round(sample * 65_535));
  const fileIds: string[] = [];
  for (let file = 0; file < files; file++) fileIds.push((await scripting().importFile(hits(hiss, file))).id);
  const { activeProjectId } = await scripting().session.getState();
  const [timelineId] = await dispatchAll([
    { cmd: 'CREATE_TIMELINE', name: 'Many', type: 'audio', timebase: 'seconds' },
  ]);
  if (timelineId === undefined || activeProjectId === null) throw new Error('no timeline');
  const groupIds = await dispatchAll(
    Array.from({ length: lanes }, (_, lane) => ({
      cmd: 'CREATE_GROUP',
      timeline_id: timelineId,
      name: `Lane ${lane + 1}`,
      order: lane,
    })),
  );
  const ends = new Float64Array(lanes);
  const added = Array.from({ length: clips }, (_, clip): EditCommand => {
    const lane = clip % lanes;
    const seconds = 3 + ((clip * 7) % 13) / 2;
    const offset = ((clip * 3) % 5) * 0.2;
    const start = ends[lane] ?? 0;
    ends[lane] = start + seconds + gap;
    return {
      cmd: 'ADD_CLIP',
      timeline_id: timelineId,
      audio_file_id: fileIds[clip % files] ?? '',
      group_id: groupIds[lane] ?? null,
      name: `Take ${clip + 1}`,
      color: clip % colours,
      play_position: start,
      start_offset: offset,
      end_offset: offset + seconds,
      fade_in: fade,
      fade_out: fade,
    };
  });
  await dispatchAll([
    ...added,
    { cmd: 'SET_OBJECT', id: activeProjectId, properties: { active_timeline_id: timelineId } },
  ]);
}

/** Stereo, 16-bit: noise that is struck and dies away, in a rhythm that no other file has. */
function hits(hiss: Int16Array, file: number): File {
  const samples = new Int16Array(hiss.length);
  const between = Math.round(sampleRate * (0.15 + 0.013 * file));
  let level = 0;
  for (let frame = 0; frame < hiss.length / 2; frame++) {
    level = frame % between === 0 ? 0.9 : level * 0.9998;
    samples[2 * frame] = (hiss[2 * frame] ?? 0) * level;
    samples[2 * frame + 1] = (hiss[2 * frame + 1] ?? 0) * level;
  }
  const header = wavHeader({ format: 'I16', channels: 2, sampleRate, frames: samples.length / 2 });
  return new File([header, samples], `hits ${file + 1}.wav`);
}
