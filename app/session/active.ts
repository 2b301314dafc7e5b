// Which project and timeline are in front, and the tempo there.
import { tempoMapOf } from '../core/tempo.ts';
import type { ProjectAtome, TimelineAtome } from '../protocol/kinds.ts';
import type { ObjectMap } from './object-map.ts';

const defaultBpm = 120;

/** The project opened last. */
export function activeProjectOf(objects: ObjectMap): ProjectAtome | undefined {
  let newest: ProjectAtome | undefined;
  for (const project of objects.ofKind('ProjectAtome')) {
    if (!newest || openedAt(project) >= openedAt(newest)) newest = project;
  }
  return newest;
}

const openedAt = ({ opened_at, created_at }: ProjectAtome): number => opened_at ?? created_at;

/** The timeline that the project shows, or the first one it has. */
export function activeTimelineOf(objects: ObjectMap, project: ProjectAtome): TimelineAtome | undefined {
  const chosen = project.active_timeline_id === null ? undefined : objects.get(project.active_timeline_id);
  if (chosen?.kind === 'TimelineAtome') return chosen;
  for (const timeline of objects.referrers(project.id, 'TimelineAtome')) return timeline;
  return undefined;
}

/** Quarter notes per minute at a position in the timeline's timebase. */
export function tempoAt(timeline: TimelineAtome | undefined, position: number): number {
  if (!timeline) return defaultBpm;
  const tempo = tempoMapOf(timeline);
  return tempo.bpmAt(tempo.toBeats(position));
}

/** 0 to 1 within the bar at a position in the timeline's timebase. */
export function barPhaseAt(timeline: TimelineAtome, position: number): number {
  const tempo = tempoMapOf(timeline);
  const beats = tempo.toBeats(position);
  const { barLine, barBeats } = tempo.segmentAtBeats(beats);
  const bars = (beats - barLine) / barBeats;
  return bars - Math.floor(bars);
}
