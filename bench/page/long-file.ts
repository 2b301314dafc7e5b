// One long sound file on the timeline in front: it comes in as a person's own files do and is never whole in memory.

import { noise } from '../../app/engine/testing/sounds.ts';
import { wavHeader } from '../../app/media/wav-header.ts';
import { dispatchAll, scripting } from './session.ts';

const sampleRate = 48_000;
const secondsPerPiece = 10;

/** Imports `hours` of stereo noise, 16-bit at 48 kHz, and makes a clip of it at zero; resolves to the timeline's id. */
export async function prepareLongFile(hours: number): Promise<string> {
  const { id: audioFileId } = await scripting().importFile(noiseFile(hours));
  const { activeProjectId } = await scripting().session.getState();
  const [timelineId] = await dispatchAll([
    { cmd: 'CREATE_TIMELINE', name: 'Long', type: 'audio', timebase: 'seconds' },
  ]);
  if (timelineId === undefined || activeProjectId === null) throw new Error('no timeline');
  await dispatchAll([
    { cmd: 'SET_OBJECT', id: activeProjectId, properties: { active_timeline_id: timelineId } },
    { cmd: 'ADD_CLIP', timeline_id: timelineId, audio_file_id: audioFileId, play_position: 0 },
  ]);
  return timelineId;
}

/** The same seconds of noise again and again; the parts of a blob are referred to, not copied. */
function noiseFile(hours: number): File {
  const piece = new Blob([noiseSamples(secondsPerPiece * sampleRate * 2)]);
  const pieces = (hours * 3600) / secondsPerPiece;
  const frames = pieces * secondsPerPiece * sampleRate;
  const header = wavHeader({ format: 'I16', channels: 2, sampleRate, frames });
  return new File([header, ...Array.from({ length: pieces }, () => piece)], `${hours} hours.wav`);
}

/** 16-bit noise without a single zero, so that the first frame played is the first one that is not silent. */
export function noiseSamples(samples: number): Int16Array<ArrayBuffer> {
  return Int16Array.from(noise(samples, 1), (sample) => Math.round(sample * 16_000) || 1);
}
