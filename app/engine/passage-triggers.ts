// What the events and action clips of a timeline, and of those nested in it, make the playing timeline do.
import * as v from 'valibot';
import { tempoMapOf } from '../core/tempo.ts';
import type { Seconds } from '../core/units.ts';
import { isAutomation } from '../protocol/action-payloads.ts';
import { place } from '../protocol/commands.ts';
import type { ActionClipAtome, TimelineAtome, TimelineEventAtome } from '../protocol/kinds.ts';
import type { ObjectReader } from '../session/types.ts';
import type { EngineTrigger, TriggerAction } from './audio-engine.ts';
import { isAudioEvent } from './audio-events.ts';
import { ownEventsOf } from './own-moves.ts';
import type { Passage, Walk } from './passages.ts';
import { markerPlace, placeOf, timelineOf } from './timeline-places.ts';

/** Rounding of a time that still belongs to where a passage begins. */
const tolerance: Seconds = 1e-9;

/** In no particular order. */
export function* triggersOf(walk: Walk, top: TimelineAtome, passage: Passage): Generator<EngineTrigger> {
  if (passage.levels.some(({ muted, silenced }) => muted || silenced)) return;
  const { objects } = walk;
  const { timeline, prefix, suffix, begin, end } = passage;
  for (const { id, atSeconds, action } of passage.reached) {
    if (atSeconds < begin || atSeconds > end + tolerance) continue;
    yield { id: `${prefix}${id}${suffix}`, atSeconds, action: asOnTop(action, top) };
  }
  for (const event of objects.ofTimeline(timeline.id, 'TimelineEventAtome')) {
    if (event.muted || isAudioEvent(event)) continue;
    const atSeconds = timeWithin(passage, placeOf(timeline, event));
    const action = atSeconds === undefined ? undefined : eventAction(objects, top, timeline, event);
    if (action && atSeconds !== undefined) yield { id: `${prefix}${event.id}${suffix}`, atSeconds, action };
  }
  const tempo = tempoMapOf(timeline);
  for (const clip of objects.ofTimeline(timeline.id, 'ActionClipAtome')) {
    if (clip.muted) continue;
    const start = tempo.toSeconds(clip.play_position);
    for (const { at, name } of momentsOf(clip)) {
      const atSeconds = timeWithin(passage, start + at);
      const id = `${prefix}${clip.id}${name}${suffix}`;
      if (atSeconds !== undefined) yield { id, atSeconds, action: { type: 'notify' } };
    }
  }
}

/** When something of an action clip is due, from its start: `@` and the time in the clip, then which of its repeats. */
function* momentsOf({ events, duration, repeats }: ActionClipAtome): Generator<{ at: Seconds; name: string }> {
  const offsets = new Set(events.filter((event) => !isAutomation(event)).map(({ time_offset }) => time_offset));
  for (const offset of offsets) {
    for (let round = 0; round < repeats; round++) {
      yield { at: round * duration + offset, name: `@${offset}${round > 0 ? `#${round}` : ''}` };
    }
  }
}

function timeWithin({ from, to, begin, end, toTop }: Passage, place: Seconds): Seconds | undefined {
  if (place < from || place >= to) return undefined;
  const time = toTop(place);
  return time >= begin - tolerance && time < end - tolerance ? Math.max(time, begin) : undefined;
}

/** What acts on a timeline by name acts on the one on top where that is the one. */
function asOnTop(action: TriggerAction, top: TimelineAtome): TriggerAction {
  if (!('timelineId' in action) || action.timelineId !== top.id) return action;
  return action.type === 'stopOther' ? { type: 'stop' } : { type: 'jump', seconds: action.seconds };
}

/** How the events of a timeline move its own playhead. */
export const ownEventMoves = (objects: ObjectReader, timeline: TimelineAtome): EngineTrigger[] =>
  ownEventsOf(objects, timeline.id).flatMap((event) => {
    const action = eventAction(objects, timeline, timeline, event);
    return action ? [{ id: event.id, atSeconds: placeOf(timeline, event), action }] : [];
  });

/** Undefined for an event that moves the playhead of a nested timeline: that is in how it is laid out. */
function eventAction(
  objects: ObjectReader,
  top: TimelineAtome,
  timeline: TimelineAtome,
  event: TimelineEventAtome,
): TriggerAction | undefined {
  const { type, target_timeline_id } = event;
  if (!type.startsWith('timeline_')) return { type: 'notify' };
  const target = timelineOf(objects, target_timeline_id ?? timeline.id);
  if (!target || (target_timeline_id === null && timeline.id !== top.id)) return undefined;
  const isOwn = target.id === top.id;
  const seconds = eventPlace(objects, target, event);
  switch (type) {
    case 'timeline_play':
      return isOwn ? jumpTo(seconds) : { type: 'play', timelineId: target.id, seconds: seconds ?? 0 };
    case 'timeline_stop':
      return isOwn ? { type: 'stop' } : { type: 'stopOther', timelineId: target.id };
    default:
      if (seconds === undefined) return undefined;
      return isOwn ? jumpTo(seconds) : { type: 'seekOther', timelineId: target.id, seconds };
  }
}

const jumpTo = (seconds: Seconds | undefined): TriggerAction | undefined =>
  seconds === undefined ? undefined : { type: 'jump', seconds };

/**
 * The place an event sends its timeline to: a marker (`target_atome_id`, `payload.marker_id`), or a place as the commands take
 * it, in that timeline's timebase (`payload.position`, as in TIMELINE_PLAY also `start`, as in TIMELINE_SEEK also `to`).
 */
function eventPlace(
  objects: ObjectReader,
  target: TimelineAtome,
  { target_atome_id, payload: { marker_id, position, start, to } }: TimelineEventAtome,
): Seconds | undefined {
  if (target_atome_id !== null) return markerPlace(objects, target, target_atome_id);
  if (typeof marker_id === 'string') return markerPlace(objects, target, marker_id);
  const asked = v.safeParse(place, position ?? start ?? to);
  if (!asked.success) return undefined;
  const { output } = asked;
  if (typeof output === 'number') return tempoMapOf(target).toSeconds(output);
  if (output.type === 'marker') return markerPlace(objects, target, output.value);
  return tempoMapOf(target).toSeconds(output.value);
}
