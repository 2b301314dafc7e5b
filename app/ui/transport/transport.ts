// What the transport's buttons and keys do, as commands.
import { soundingFrames } from '../../core/stretched-frames.ts';
import { tempoMapOf } from '../../core/tempo.ts';
import type { TempoSegment, TimelineAtome } from '../../protocol/kinds.ts';
import type { CommandReply } from '../../protocol/state.ts';
import type { AtomeClient } from '../client.ts';
import { activeTempoMap, activeTimeline, isPlaying, objectOf, plainObjectsOf } from '../session-view.ts';
import { withSignatureAt, withTempoAt } from './tempo-edit.ts';

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
  const ends = [...plainObjectsOf(client.state, 'AudioClipAtome')]
    .filter((clip) => clip.timeline_id === timeline.id)
    .map((clip) => {
      const file = objectOf(client.state, 'AudioFileAtome', clip.audio_file_id);
      return map.toSeconds(clip.play_position) + (file ? soundingFrames(clip, file) / file.sample_rate : 0);
    });
  return ends.length === 0 ? 0 : map.fromSeconds(ends.reduce((last, end) => Math.max(last, end)));
}

/** Changes the tempo where the playhead is. */
export async function setTempo(client: AtomeClient, bpm: number): Promise<void> {
  const timeline = activeTimeline(client.state);
  if (!timeline) return;
  const { id: timeline_id, tempo_segments } = timeline;
  if (tempo_segments.length === 1) await client.run({ cmd: 'SET_TEMPO', timeline_id, bpm });
  else await setSegments(client, timeline, withTempoAt(tempo_segments, playhead(client, timeline), bpm));
}

/** Changes the time signature that holds where the playhead is. */
export async function setTimeSignature(client: AtomeClient, signature: string): Promise<void> {
  const timeline = activeTimeline(client.state);
  if (!timeline) return;
  const segments = withSignatureAt(timeline.tempo_segments, playhead(client, timeline), signature);
  await setSegments(client, timeline, segments);
}

/** In the timeline's timebase; where it stands it is where it was sent, not the frame next to that. */
function playhead(client: AtomeClient, timeline: TimelineAtome): number {
  const state = client.state.timelines[timeline.id];
  if (state && !state.playing) return state.position;
  return Math.max(0, tempoMapOf(timeline).fromSeconds(client.features.position(timeline.id).seconds));
}

/** Copies, since parts of the state cannot be sent. */
const setSegments = (client: AtomeClient, { id }: TimelineAtome, segments: TempoSegment[]): Promise<CommandReply> =>
  client.run({ cmd: 'SET_TEMPO_SEGMENTS', timeline_id: id, segments: segments.map((segment) => ({ ...segment })) });
