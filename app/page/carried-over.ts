// What of a session is not stored, as commands for the next one: where its timelines stand, and its levels.
import { tempoMapOf } from '../core/tempo.ts';
import type { FeatureSource } from '../engine/sound-output.ts';
import type { Command } from '../protocol/commands.ts';
import type { TimelineAtome } from '../protocol/kinds.ts';
import type { AppState } from '../protocol/state.ts';

/** @param features tell where the timelines are that play */
export function carriedOver(state: AppState, features: FeatureSource): Command[] {
  const { masterGain, metronome } = state.transport;
  const commands: Command[] = [
    { cmd: 'SET_MASTER_GAIN', gain: masterGain },
    { cmd: 'SET_METRONOME', ...metronome },
  ];
  for (const [id, { playing, position }] of Object.entries(state.timelines)) {
    const timeline = state.objects[id];
    if (timeline?.kind !== 'TimelineAtome') continue;
    const to = playing ? heardPosition(timeline, features.position(id).seconds) : position;
    if (to > 0) commands.push({ cmd: 'TIMELINE_SEEK', timeline_id: id, to });
  }
  return commands;
}

/** In the timeline's timebase; a position that was carried on past the loop's end is brought back into it. */
function heardPosition(timeline: TimelineAtome, seconds: number): number {
  const position = tempoMapOf(timeline).fromSeconds(Math.max(0, seconds));
  const { loop, loop_enabled } = timeline;
  if (!loop || !loop_enabled || position < loop.end) return position;
  return loop.start + ((position - loop.start) % (loop.end - loop.start));
}
