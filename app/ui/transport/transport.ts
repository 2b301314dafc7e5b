// What the transport's buttons and keys do, as commands.
import type { AtomeClient } from '../client.ts';
import { activeTempoMap, activeTimeline, isPlaying, objectsOf } from '../session-view.ts';

/** Starts the sound inside the gesture that asks for it, then plays from where the timeline stands. */
export async function play(client: AtomeClient): Promise<void> {
  const timeline = activeTimeline(client.state);
  if (!timeline) return;
  await client.startSound();
  await client.run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline.id });
}

export async function pause(client: AtomeClient): Promise<void> {
  const timeline = activeTimeline(client.state);
  if (timeline) await client.run({ cmd: 'TIMELINE_STOP', timeline_id: timeline.id });
}

export const playOrPause = (client: AtomeClient): Promise<void> =>
  isPlaying(client.state) ? pause(client) : play(client);

export async function goToStart(client: AtomeClient): Promise<void> {
  const timeline = activeTimeline(client.state);
  if (timeline) await client.run({ cmd: 'TIMELINE_SEEK', timeline_id: timeline.id, to: 0 });
}

/** Stops; pressed again it goes to the start. */
export const stop = (client: AtomeClient): Promise<void> =>
  isPlaying(client.state) ? pause(client) : goToStart(client);

/** Switches the loop; where there is none yet, it spans everything, or the first four bars of nothing. */
export async function toggleLoop(client: AtomeClient): Promise<void> {
  const timeline = activeTimeline(client.state);
  const map = activeTempoMap(client.state);
  if (!timeline || !map) return;
  const loop = timeline.loop ?? { start: 0, end: wholeRange(client) || map.fromBeats(16) };
  await client.run({
    cmd: 'TIMELINE_SET_LOOP',
    timeline_id: timeline.id,
    loop: { start: loop.start, end: loop.end },
    enabled: timeline.loop === null || !timeline.loop_enabled,
  });
}

/** Where the last clip ends, in the timeline's timebase; 0 without clips. */
function wholeRange(client: AtomeClient): number {
  const timeline = activeTimeline(client.state);
  const map = activeTempoMap(client.state);
  if (!timeline || !map) return 0;
  const ends = objectsOf(client.state, 'AudioClipAtome')
    .filter((clip) => clip.timeline_id === timeline.id)
    .map((clip) => map.toSeconds(clip.play_position) + clip.end_offset - clip.start_offset);
  return ends.length === 0 ? 0 : map.fromSeconds(ends.reduce((last, end) => Math.max(last, end)));
}

export async function setTempo(client: AtomeClient, bpm: number): Promise<void> {
  const timeline = activeTimeline(client.state);
  if (timeline) await client.run({ cmd: 'SET_TEMPO', timeline_id: timeline.id, bpm });
}

/** Changes the time signature of the whole timeline. */
export async function setTimeSignature(client: AtomeClient, signature: string): Promise<void> {
  const timeline = activeTimeline(client.state);
  if (!timeline) return;
  await client.run({
    cmd: 'SET_TEMPO_SEGMENTS',
    timeline_id: timeline.id,
    segments: timeline.tempo_segments.map((segment) => ({ ...segment, time_signature: signature })),
  });
}
