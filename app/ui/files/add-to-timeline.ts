// Puts files on the active timeline as clips, one after another from the playhead on.
import { unwrap } from 'solid-js/store';
import { asOneStep } from '../../editor/edits.ts';
import { buildScene, type Scene } from '../../editor/scene.ts';
import type { AudioFileAtome, MediaFileAtome } from '../../protocol/kinds.ts';
import type { AtomeClient, ImportedFile } from '../client.ts';
import { setPhoneTab } from '../layout.ts';
import { select, selectedIds } from '../selection.ts';
import { activeTempoMap, activeTimeline, isPlaying } from '../session-view.ts';
import { stepName } from '../text.ts';
import { clipsForFiles, placedFile } from './clips-for-files.ts';

/** The type under which the files panel's rows are dragged; the data is the id of the AudioFileAtome or MediaFileAtome. */
export const fileDragType = 'application/x-atome-file';

/** A file of the project as `addToTimeline` takes it. */
export const importedAs = ({ id, kind }: AudioFileAtome | MediaFileAtome): ImportedFile =>
  kind === 'MediaFileAtome' ? { videoId: id } : { soundId: id };

/** The lane of the selection where it is free from `start` to `end`, else a new one. */
function laneFor(scene: Scene, start: number, end: number): number {
  const [selected] = selectedIds();
  const lane = scene.clips.get(selected ?? '')?.lane;
  const isFree = lane !== undefined && scene.lanes[lane]?.clips.between(start, end).length === 0;
  return isFree ? lane : scene.lanes.length;
}

/** All of them are one step of the history, and are selected afterwards. */
export async function addToTimeline(client: AtomeClient, imported: readonly ImportedFile[]): Promise<void> {
  const files = await Promise.all(imported.map((file) => placedFile(client, file)));
  const timeline = activeTimeline(client.state);
  const map = activeTempoMap(client.state);
  if (!timeline || !map) return;
  const scene = buildScene(unwrap(client.state).objects, timeline.id, map);
  const time = isPlaying(client.state)
    ? client.features.position(timeline.id).seconds
    : map.toSeconds(client.state.timelines[timeline.id]?.position ?? 0);
  const end = files.reduce((sum, { sound, video }) => sum + ((sound ?? video)?.duration ?? 0), time);
  const { commands, clipIds } = clipsForFiles(scene, files, { time, lane: laneFor(scene, time, end) }, false);
  const command = asOneStep(commands, stepName('clip.added'));
  if (!command) return;
  const reply = await client.run(command);
  if (!reply.ok) return;
  select(clipIds);
  setPhoneTab('timeline');
}

/** Imports files from outside and puts what could be read on the timeline. */
export async function importToTimeline(client: AtomeClient, files: readonly File[]): Promise<void> {
  await addToTimeline(client, await client.importFiles(files));
}
