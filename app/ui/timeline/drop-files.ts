// Files dropped on the timeline: from the files panel by id, from the system by import; they become clips where they fell.
import { createEffect, createRoot } from 'solid-js';
import { asOneStep, newLane, positionAt } from '../../editor/edits.ts';
import type { PointerSample } from '../../editor/gestures/gesture.ts';
import { snapPixels, snapTargets } from '../../editor/gestures/gesture.ts';
import { laneAt } from '../../editor/layout.ts';
import type { Scene } from '../../editor/scene.ts';
import { snapTime } from '../../editor/snap.ts';
import { xToTime } from '../../editor/viewport.ts';
import type { EditCommand } from '../../protocol/commands.ts';
import type { AudioFileAtome } from '../../protocol/kinds.ts';
import type { AtomeClient } from '../client.ts';
import { fileDragType } from '../files/add-to-timeline.ts';
import { text } from '../text.ts';
import { runStep } from './clip-actions.ts';
import type { TimelineModel } from './model.ts';

/** The file's object, as soon as its patch has come. */
function fileObject(client: AtomeClient, id: string): Promise<AudioFileAtome> {
  return new Promise((resolve) => {
    createRoot((dispose) => {
      createEffect(() => {
        const object = client.state.objects[id];
        if (object?.kind !== 'AudioFileAtome') return;
        resolve(object);
        queueMicrotask(dispose);
      });
    });
  });
}

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

/**
 * Clips for files, as one step: one after another on a lane, or each on a lane of its own. A place below the lanes makes a
 * new lane.
 */
export function clipsForFiles(
  scene: Scene,
  files: readonly AudioFileAtome[],
  place: { readonly time: number; readonly lane: number },
  laneEach: boolean,
): EditCommand[] {
  const commands: EditCommand[] = [];
  const group = scene.lanes[place.lane]?.group;
  // Null: the lane of clips without a group.
  let lane: { readonly id: string; readonly color: number } | null | undefined = group;
  let time = place.time;
  let lanes = 0;
  for (const file of files) {
    if (lane === undefined || (laneEach && commands.length > 0)) {
      const made = newLane(scene, file.name, lanes++);
      commands.push(made);
      lane = made;
    }
    commands.push({
      cmd: 'ADD_CLIP',
      timeline_id: scene.timelineId,
      audio_file_id: file.id,
      play_position: positionAt(scene, time),
      name: file.name,
      ...(lane ? { group_id: lane.id, color: lane.color } : {}),
    });
    if (!laneEach) time += file.duration;
  }
  return commands;
}

async function add(model: TimelineModel, ids: readonly string[], pointer: PointerSample): Promise<void> {
  const place = dropPlace(model, pointer);
  const files = await Promise.all(ids.map((id) => fileObject(model.client, id)));
  const commands = clipsForFiles(model.scene(), files, place, pointer.shift);
  await runStep(model, asOneStep(commands, text('clip.added')), text('clip.added'));
}

/** Handles a drop; tells whether it held anything for the timeline. */
export function dropOnTimeline(model: TimelineModel, data: DataTransfer, pointer: PointerSample): boolean {
  const id = data.getData(fileDragType);
  if (id !== '') {
    void add(model, [id], pointer);
    return true;
  }
  const files = [...data.files];
  if (files.length === 0) return false;
  void model.client.importFiles(files).then((ids) => (ids.length > 0 ? add(model, ids, pointer) : undefined));
  return true;
}
