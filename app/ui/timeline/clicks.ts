// What a press without movement, and a double one, do.
import { positionAt } from '../../editor/edits.ts';
import type { PointerSample } from '../../editor/gestures/gesture.ts';
import type { Hit } from '../../editor/hit-test.ts';
import { fitRange, xToTime } from '../../editor/viewport.ts';
import { clearSelection, select, selectedIds, toggleSelected } from '../selection.ts';
import { openNested } from '../timelines/shown-timeline.ts';
import type { TimelineModel } from './model.ts';

/** Clips between what was selected and `id` on the same lane, for Shift. */
function selectUpTo(model: TimelineModel, id: string): void {
  const scene = model.scene();
  const clip = scene.clips.get(id);
  if (!clip) return;
  const items = scene.lanes[clip.lane]?.clips.items ?? [];
  const anchor = items.findIndex((item) => selectedIds().has(item.id));
  const here = items.indexOf(clip);
  const range = anchor < 0 ? [clip] : items.slice(Math.min(anchor, here), Math.max(anchor, here) + 1);
  select([...selectedIds(), ...range.map((item) => item.id)]);
}

export function clickTimeline(model: TimelineModel, hit: Hit, pointer: PointerSample): void {
  switch (hit.kind) {
    case 'clip':
      if (pointer.mod) toggleSelected(hit.clip.id);
      else if (pointer.shift) selectUpTo(model, hit.clip.id);
      else select([hit.clip.id]);
      model.setFocusedClip(undefined);
      return;
    case 'lane': {
      if (!pointer.mod && !pointer.shift) clearSelection();
      const { scene, view } = model.context();
      const to = positionAt(scene, Math.max(0, xToTime(view, pointer.x)));
      void model.client.run({ cmd: 'TIMELINE_SEEK', timeline_id: scene.timelineId, to });
      return;
    }
    case 'loop': {
      const { scene } = model.context();
      if (!scene.loop || hit.part === 'empty') return;
      const loop = { start: positionAt(scene, scene.loop.start), end: positionAt(scene, scene.loop.end) };
      const command = {
        cmd: 'TIMELINE_SET_LOOP',
        timeline_id: scene.timelineId,
        loop,
        enabled: !scene.loop.enabled,
      } as const;
      void model.client.run(command);
      return;
    }
    case 'ruler':
      return;
  }
}

/** On a nested timeline: it opens; on another clip: it fills the view; on the empty lanes: everything does. */
export function doubleClickTimeline(model: TimelineModel, hit: Hit): void {
  const { scene, view } = model.context();
  if (hit.kind === 'clip' && hit.clip.source.kind === 'TimelineClipAtome') {
    openNested(model.client.state, hit.clip.source.nested_timeline_id);
  } else if (hit.kind === 'clip') model.setView(fitRange(view, hit.clip.start, hit.clip.end));
  else if (hit.kind === 'lane' && scene.end > 0) model.setView(fitRange(view, 0, scene.end));
}
