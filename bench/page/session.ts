// Drives the page's session by its scripting surface.
import { wavHeader } from '../../app/media/wav-header.ts';
import type { Atome } from '../../app/page/scripting.ts';
import type { EditCommand } from '../../app/protocol/commands.ts';
import { createMaterial, type MaterialShape } from './material.ts';

export function scripting(): Atome {
  const { atome } = window;
  if (!atome) throw new Error('the page has not started');
  return atome;
}

/** One undo step; the ids of what it made. */
export async function dispatchAll(commands: EditCommand[]): Promise<readonly string[]> {
  const reply = await scripting().session.dispatch({ cmd: 'BATCH', commands } as Parameters<
    Atome['session']['dispatch']
  >[0]);
  if (!reply.ok) throw new Error(reply.error.msg);
  return reply.created ?? [];
}

/** A timeline in seconds with the material's clips; its files are stored as 32-bit float WAV. */
export async function prepareMix(shape: MaterialShape): Promise<string> {
  const { files, clips, sampleRate } = createMaterial(shape);
  const ids: string[] = [];
  for (const [index, channels] of files.entries()) {
    const header = wavHeader({ format: 'F32', channels: 2, sampleRate, frames: channels[0].length });
    const file = new File([header, interleaved(channels)], `noise ${index}.wav`);
    ids.push((await scripting().importFile(file)).id);
  }
  const [timelineId] = await dispatchAll([{ cmd: 'CREATE_TIMELINE', name: 'Mix', type: 'audio', timebase: 'seconds' }]);
  if (timelineId === undefined) throw new Error('no timeline');
  await dispatchAll(
    clips.map(({ file, gain, pan }) => ({
      cmd: 'ADD_CLIP',
      timeline_id: timelineId,
      audio_file_id: ids[file] ?? '',
      play_position: 0,
      gain,
      pan,
    })),
  );
  return timelineId;
}

/** Milliseconds of a render as scripts ask for it. */
export async function render(timelineId: string, seconds: number): Promise<number> {
  const begin = performance.now();
  await scripting().services.audioEngine.renderTimeline(timelineId, { from: 0, to: seconds });
  return performance.now() - begin;
}

function interleaved([left, right]: readonly [Float32Array, Float32Array]): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(left.length * 2);
  for (let frame = 0; frame < left.length; frame++) {
    samples[2 * frame] = left[frame] ?? 0;
    samples[2 * frame + 1] = right[frame] ?? 0;
  }
  return samples;
}
