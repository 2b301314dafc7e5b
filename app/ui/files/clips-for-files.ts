// The edits that turn files into clips.
import { createEffect, createRoot } from 'solid-js';
import { createId } from '../../core/id.ts';
import { newLane, positionAt } from '../../editor/edits.ts';
import type { Scene } from '../../editor/scene.ts';
import type { CommandOf, EditCommand } from '../../protocol/commands.ts';
import type { AudioFileAtome } from '../../protocol/kinds.ts';
import type { AtomeClient } from '../client.ts';

/** The file's object, as soon as its patch has come. */
export function fileObject(client: AtomeClient, id: string): Promise<AudioFileAtome> {
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

export interface NewClips {
  readonly commands: readonly EditCommand[];
  readonly clipIds: readonly string[];
}

/**
 * Clips for files: one after another on a lane, or each on a lane of its own.
 * @param place its lane is an index into the scene's lanes; past the last one it is a new lane.
 */
export function clipsForFiles(
  scene: Scene,
  files: readonly AudioFileAtome[],
  place: { readonly time: number; readonly lane: number },
  laneEach: boolean,
): NewClips {
  const commands: EditCommand[] = [];
  const clipIds: string[] = [];
  // Null: the lane of clips without a group.
  let lane: { readonly id: string; readonly color: number } | null | undefined = scene.lanes[place.lane]?.group;
  let time = place.time;
  let lanes = 0;
  for (const file of files) {
    if (lane === undefined || (laneEach && clipIds.length > 0)) {
      const made = newLane(scene, file.name, lanes++);
      commands.push(made);
      lane = made;
    }
    const clip: CommandOf<'ADD_CLIP'> & { readonly id: string } = {
      cmd: 'ADD_CLIP',
      id: createId(),
      timeline_id: scene.timelineId,
      audio_file_id: file.id,
      play_position: positionAt(scene, time),
      name: file.name,
      ...(lane ? { group_id: lane.id, color: lane.color } : {}),
    };
    commands.push(clip);
    clipIds.push(clip.id);
    if (!laneEach) time += file.duration;
  }
  return { commands, clipIds };
}
