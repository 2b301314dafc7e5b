// Files dropped on the timeline: from the files panel by id, from the system by import; they become clips where they fell.
import { asOneStep } from '../../editor/edits.ts';
import type { PointerSample } from '../../editor/gestures/gesture.ts';
import { snapPixels, snapTargets } from '../../editor/gestures/gesture.ts';
import { laneAt } from '../../editor/layout.ts';
import { snapTime } from '../../editor/snap.ts';
import { xToTime } from '../../editor/viewport.ts';
import type { ImportedFile } from '../client.ts';
import { fileDragType } from '../files/add-to-timeline.ts';
import { clipsForFiles, placedFile } from '../files/clips-for-files.ts';
import { stepName, text } from '../text.ts';
import { place } from '../timelines/nest-actions.ts';
import { timelineDragType } from '../timelines/shown-timeline.ts';
import { runStep } from './clip-actions.ts';
import type { TimelineModel } from './model.ts';

/** Where a drop falls: its time, snapped, and its lane; the lane after the last is the room below. */
export function dropPlace(
  model: TimelineModel,
  pointer: PointerSample,
): { readonly time: number; readonly lane: number } {
  const context = model.context();
  const wanted = Math.max(0, xToTime(context.view, pointer.x));
  const tolerance = snapPixels * context.view.secondsPerPixel;
  return {
    time: snapTime(wanted, snapTargets(context, pointer.alt), tolerance).time,
    lane: laneAt(context.layout, context.view, Math.max(0, pointer.y)),
  };
}

/** Where the drop fell is taken now: view and lanes may have changed when the files are ready. */
async function add(
  model: TimelineModel,
  imported: Promise<readonly ImportedFile[]>,
  pointer: PointerSample,
): Promise<void> {
  const { time, lane } = dropPlace(model, pointer);
  const onLane = model.scene().lanes[lane];
  const files = await Promise.all((await imported).map((file) => placedFile(model.client, file)));
  const scene = model.scene();
  const found = onLane ? scene.lanes.findIndex(({ group }) => group?.id === onLane.group?.id) : -1;
  const at = { time, lane: found < 0 ? scene.lanes.length : found };
  const { commands, clipIds } = clipsForFiles(scene, files, at, pointer.shift);
  await runStep(model, asOneStep(commands, stepName('clip.added')), text('clip.added'), clipIds);
}

/** Handles a drop; tells whether it held anything for the timeline. */
export function dropOnTimeline(model: TimelineModel, data: DataTransfer, pointer: PointerSample): boolean {
  const timeline = data.getData(timelineDragType);
  if (timeline !== '') {
    const { time, lane } = dropPlace(model, pointer);
    void place(model, timeline, time, model.scene().lanes[lane]?.group?.id ?? null);
    return true;
  }
  const id = data.getData(fileDragType);
  if (id !== '') {
    const isVideo = model.client.state.objects[id]?.kind === 'MediaFileAtome';
    void add(model, Promise.resolve([isVideo ? { videoId: id } : { soundId: id }]), pointer);
    return true;
  }
  const files = [...data.files];
  if (files.length === 0) return false;
  void add(model, model.client.importFiles(files), pointer);
  return true;
}
