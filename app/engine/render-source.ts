// Everything that a render of one timeline needs, as plain data that can be sent to another worker.
import type { ObjectReader } from '../session/types.ts';
import type { EngineDelta } from './audio-engine.ts';
import { deriveEngineDeltas } from './deltas.ts';
import { fileBlobs } from './file-blobs.ts';

export interface RenderSource {
  readonly deltas: readonly EngineDelta[];
  /** Lane (group id) of each clip that has one. */
  readonly lanes: Readonly<Record<string, string>>;
  /** Seconds from the timeline's zero to the end of its last clip; 0 without clips. */
  readonly duration: number;
}

export function renderSource(objects: ObjectReader, timelineId: string): RenderSource {
  const deltas = deriveEngineDeltas(objects, 'everything', fileBlobs(objects)).filter(
    (delta) => delta.type !== 'clip' || delta.clip.timelineId === timelineId,
  );
  const lanes: Record<string, string> = {};
  for (const clip of objects.clipsOf(timelineId)) if (clip.group_id !== null) lanes[clip.id] = clip.group_id;
  let duration = 0;
  for (const delta of deltas) {
    if (delta.type !== 'clip') continue;
    const { clip, blob } = delta;
    duration = Math.max(duration, clip.startSeconds + clip.sourceFrames / blob.sampleRate);
  }
  return { deltas, lanes, duration };
}
