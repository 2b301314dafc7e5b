// The edits that turn sounds into clips, and videos into events that show them.
import { createEffect, createRoot } from 'solid-js';
import { createId } from '../../core/id.ts';
import { newLane, positionAt } from '../../editor/edits.ts';
import type { Scene } from '../../editor/scene.ts';
import type { CommandOf, EditCommand } from '../../protocol/commands.ts';
import type { AudioFileAtome, Kind, MediaFileAtome, ObjectOf } from '../../protocol/kinds.ts';
import type { AtomeClient, ImportedFile } from '../client.ts';
import { objectOf } from '../session-view.ts';

/** What is put on a timeline together. */
export interface PlacedFile {
  readonly sound?: AudioFileAtome | undefined;
  readonly video?: MediaFileAtome | undefined;
}

/** The objects of an imported file, as soon as their patches have come. */
export async function placedFile(client: AtomeClient, { soundId, videoId }: ImportedFile): Promise<PlacedFile> {
  return {
    ...(soundId === undefined ? {} : { sound: await arrived(client, 'AudioFileAtome', soundId) }),
    ...(videoId === undefined ? {} : { video: await arrived(client, 'MediaFileAtome', videoId) }),
  };
}

function arrived<K extends Kind>(client: AtomeClient, kind: K, id: string): Promise<ObjectOf<K>> {
  return new Promise((resolve) => {
    createRoot((dispose) => {
      createEffect(() => {
        const object = objectOf(client.state, kind, id);
        if (!object) return;
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
 * Clips for files: one after another on a lane, or each on a lane of its own. Videos are shown from where they lie.
 * @param place its lane is an index into the scene's lanes; past the last one it is a new lane.
 */
export function clipsForFiles(
  scene: Scene,
  files: readonly PlacedFile[],
  place: { readonly time: number; readonly lane: number },
  laneEach: boolean,
): NewClips {
  const commands: EditCommand[] = [];
  const clipIds: string[] = [];
  // Null: the lane of clips without a group.
  let lane: { readonly id: string; readonly color: number } | null | undefined = scene.lanes[place.lane]?.group;
  let time = place.time;
  let lanes = 0;
  for (const { sound: file, video } of files) {
    if (video) commands.push(videoStart(scene, video, time));
    if (!file) {
      if (!laneEach) time += video?.duration ?? 0;
      continue;
    }
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

function videoStart(scene: Scene, video: MediaFileAtome, time: number): EditCommand {
  return {
    cmd: 'ADD_EVENT',
    timeline_id: scene.timelineId,
    time: positionAt(scene, time),
    type: 'video_start',
    name: video.name,
    target_atome_id: video.id,
    payload: { media_file_id: video.id, offset: 0 },
  };
}
