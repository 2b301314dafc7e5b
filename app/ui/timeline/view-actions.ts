// Moving the view and the playhead by keys.
import { positionAt } from '../../editor/edits.ts';
import { firstIndex } from '../../editor/interval-index.ts';
import { fitRange, reveal, timeToX, zoomAt } from '../../editor/viewport.ts';
import { clipsInHand } from './clip-actions.ts';
import type { TimelineModel } from './model.ts';

/** Zooms at the playhead when it is in sight, else at the middle. */
export function zoom(model: TimelineModel, factor: number): void {
  const view = model.view();
  const x = timeToX(view, model.playhead());
  model.setView(zoomAt(view, x >= 0 && x <= view.width ? x : view.width / 2, factor));
}

export const scaleLanes = (model: TimelineModel, factor: number): void =>
  model.setLaneHeight(model.layout().laneHeight * factor);

export function zoomFit(model: TimelineModel): void {
  const { end } = model.scene();
  model.setView({ ...fitRange(model.view(), 0, end > 0 ? end : 30), top: 0 });
}

/** Start and end of the selected clips. */
export function selectedRange(model: TimelineModel): { readonly start: number; readonly end: number } | undefined {
  const clips = clipsInHand(model);
  if (clips.length === 0) return undefined;
  return { start: Math.min(...clips.map((clip) => clip.start)), end: Math.max(...clips.map((clip) => clip.end)) };
}

export function zoomSelection(model: TimelineModel): void {
  const range = selectedRange(model);
  if (range) model.setView(fitRange(model.view(), range.start, range.end));
}

export function goTo(model: TimelineModel, seconds: number): void {
  const scene = model.scene();
  model.setView(reveal(model.view(), seconds));
  void model.client.run({ cmd: 'TIMELINE_SEEK', timeline_id: scene.timelineId, to: positionAt(scene, seconds) });
}

/** To the nearest clip edge after or before the playhead; a microsecond apart counts as there already. */
export function goToEdge(model: TimelineModel, direction: 1 | -1): void {
  const { edges } = model.scene();
  const time = model.playhead();
  const after = firstIndex(edges.length, (index) => (edges[index] ?? 0) > time + 1e-6);
  const before = firstIndex(edges.length, (index) => (edges[index] ?? 0) >= time - 1e-6) - 1;
  const edge = direction === 1 ? edges[after] : (edges[before] ?? 0);
  if (edge !== undefined) goTo(model, edge);
}

export function loopSelection(model: TimelineModel): void {
  const range = selectedRange(model);
  const scene = model.scene();
  if (!range) return;
  const loop = { start: positionAt(scene, range.start), end: positionAt(scene, range.end) };
  void model.client.run({ cmd: 'TIMELINE_SET_LOOP', timeline_id: scene.timelineId, loop, enabled: true });
}
