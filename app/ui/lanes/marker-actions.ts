// What can be done with one marker: one command each, and a word about it for screen readers.
import type { Seconds } from '../../core/units.ts';
import type { Action } from '../actions.ts';
import { objectOf } from '../session-view.ts';
import { type MessageKey, text } from '../text.ts';
import { runStep } from '../timeline/clip-actions.ts';
import type { TimelineModel } from '../timeline/model.ts';
import { goTo } from '../timeline/view-actions.ts';
import { change, moveTo, remove } from './placed-edits.ts';

/** Tags that mean something to the page; others are kept and shown as they are. */
const tags = ['loop_start', 'loop_end', 'cue', 'end'] as const;
type Tag = (typeof tags)[number];

const isTag = (tag: string): tag is Tag => (tags as readonly string[]).includes(tag);

export const tagText = (tag: string): string => (isTag(tag) ? text(`markers.${tag}`) : tag);

export const moveMarker = (model: TimelineModel, id: string, time: Seconds): Promise<void> =>
  moveTo(model, id, 'markers.move', time);

export const renameMarker = (model: TimelineModel, id: string, name: string): Promise<void> =>
  change(model, id, 'markers.rename', name, { name });

export function removeMarker(model: TimelineModel, id: string): Promise<void> {
  const name = objectOf(model.client.state, 'TimelineMarkerAtome', id)?.name ?? '';
  return remove(model, id, 'markers.remove', text('markers.removed', { name }));
}

/** Plays from one marker up to another; the sound starts inside the gesture that asks for it. */
async function playSegment(model: TimelineModel, from: string, to: string): Promise<void> {
  await model.client.startSound();
  const { timelineId } = model.scene();
  await model.client.run({
    cmd: 'PLAY_MARKER_SEGMENT',
    timeline_id: timelineId,
    start_marker_id: from,
    end_marker_id: to,
  });
}

/** @param rename asks for the new name. */
export function markerMenu(model: TimelineModel, id: string, rename: () => void): readonly (readonly Action[])[] {
  const scene = model.scene();
  const index = scene.markers.findIndex((marker) => marker.id === id);
  const here = scene.markers[index];
  const next = scene.markers.find(({ time }, at) => at > index && here !== undefined && time > here.time);
  const own = objectOf(model.client.state, 'TimelineMarkerAtome', id)?.tags ?? [];
  const withNext = (label: MessageKey, run: (nextId: string) => void): Action => ({
    id: label,
    label,
    run: () => next && run(next.id),
    enabled: () => next !== undefined,
  });
  const toggled = (tag: Tag): Action => ({
    id: `markers.${tag}`,
    label: `markers.${tag}`,
    checked: () => own.includes(tag),
    run: () => {
      const kept = own.filter((other) => other !== tag);
      const now = own.includes(tag) ? kept : [...kept, tag];
      void change(model, id, 'markers.tag', now.map(tagText).join(', '), { tags: now });
    },
  });
  const loop = (nextId: string): void => {
    const range = { start_marker_id: id, end_marker_id: nextId };
    const command = { cmd: 'TIMELINE_SET_LOOP', timeline_id: scene.timelineId, loop: range, enabled: true } as const;
    void runStep(model, command, text('markers.loopNext'));
  };
  return [
    [
      { id: 'markers.go', label: 'markers.go', run: () => here && goTo(model, here.time) },
      withNext('markers.playNext', (nextId) => void playSegment(model, id, nextId)),
      withNext('markers.loopNext', loop),
    ],
    tags.map(toggled),
    [
      { id: 'markers.rename', label: 'markers.rename', run: rename },
      { id: 'markers.remove', label: 'markers.remove', run: () => void removeMarker(model, id) },
    ],
  ];
}
