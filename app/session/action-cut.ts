// Cutting action clips in two and putting them together again.
import { tempoMapOf } from '../core/tempo.ts';
import type { ActionClipAtome } from '../protocol/kinds.ts';
import type { Edit } from './edit.ts';
import { exactPart } from './exact-part.ts';
import { refused } from './handlers.ts';
import { spanOf, tolerance } from './span.ts';

type Actions = Pick<ActionClipAtome, 'duration' | 'events' | 'repeats'>;

/** A clip that repeats itself is written out first. Returns the second half's id. */
export function splitActions(edit: Edit, clip: ActionClipAtome, position: number): string {
  const tempo = tempoMapOf(edit.need('TimelineAtome', clip.timeline_id));
  const { events, duration } = writtenOut(clip);
  const cut = exactPart(duration, tempo.toSeconds(position) - tempo.toSeconds(clip.play_position));
  if (cut <= 0 || cut >= duration) throw refused('position: not inside the clip');
  const behind = events.findIndex(({ time_offset }) => time_offset >= cut);
  const split = behind < 0 ? events.length : behind;
  const second = edit.copy(clip, {
    play_position: position,
    duration: duration - cut,
    events: events.slice(split).map((event) => ({ ...event, time_offset: event.time_offset - cut })),
    repeats: 1,
  });
  edit.set(clip, { duration: cut, events: events.slice(0, split), repeats: 1 });
  return second;
}

/** @param pair in any order. Returns the ids of the clip that stays and the one that went into it. */
export function joinActions(edit: Edit, pair: readonly [ActionClipAtome, ActionClipAtome]): readonly [string, string] {
  const [first, second] = pair[0].play_position <= pair[1].play_position ? pair : [pair[1], pair[0]];
  if (Math.abs(spanOf(edit.objects, first).end - second.play_position) > tolerance) {
    throw refused('the second clip does not start where the first one ends on the timeline');
  }
  const [before, after] = [writtenOut(first), writtenOut(second)];
  const shifted = after.events.map((event) => ({ ...event, time_offset: before.duration + event.time_offset }));
  const events = [...before.events, ...shifted];
  edit.set(first, { duration: before.duration + after.duration, events, repeats: 1 });
  return [first.id, second.id];
}

/** The same actions without repeats. */
function writtenOut({ duration, events, repeats }: Actions): Actions {
  if (repeats === 1) return { duration, events, repeats };
  if (events.length * repeats > 100_000) throw refused('repeats: that are too many actions to write out');
  const all = Array.from({ length: repeats }, (_, turn) =>
    events.map((event) => ({ ...event, time_offset: turn * duration + event.time_offset })),
  );
  return { duration: duration * repeats, events: all.flat(), repeats: 1 };
}
