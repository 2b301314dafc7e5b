// Puts files on the active timeline as clips, one after another.
import { createId } from '../../core/id.ts';
import type { EditCommand } from '../../protocol/commands.ts';
import type { AtomeClient } from '../client.ts';
import { setPhoneTab } from '../layout.ts';
import { select } from '../selection.ts';
import { activeTempoMap, activeTimeline, objectOf } from '../session-view.ts';
import { text } from '../text.ts';

/** The type under which the files panel's rows are dragged; the data is the id of the AudioFileAtome. */
export const fileDragType = 'application/x-atome-file';

/** The first begins at the playhead; all of them are one step of the history, and are selected afterwards. */
export async function addToTimeline(client: AtomeClient, fileIds: readonly string[]): Promise<void> {
  const timeline = activeTimeline(client.state);
  const map = activeTempoMap(client.state);
  if (!timeline || !map) return;
  let seconds = client.features.position(timeline.id).seconds;
  const clipIds: string[] = [];
  const commands: EditCommand[] = [];
  for (const fileId of fileIds) {
    const file = objectOf(client.state, 'AudioFileAtome', fileId);
    if (!file) continue;
    const id = createId();
    clipIds.push(id);
    commands.push({
      cmd: 'ADD_CLIP',
      id,
      timeline_id: timeline.id,
      audio_file_id: fileId,
      play_position: Math.max(0, map.fromSeconds(seconds)),
    });
    seconds += file.duration;
  }
  const [only] = commands;
  if (!only) return;
  const reply = await client.run(
    commands.length === 1 ? only : { cmd: 'BATCH', label: text('files.addStep'), commands },
  );
  if (!reply.ok) return;
  select(clipIds);
  setPhoneTab('timeline');
}

/** Imports files from outside and puts what could be read on the timeline. */
export async function importToTimeline(client: AtomeClient, files: readonly File[]): Promise<void> {
  await addToTimeline(client, await client.importFiles(files));
}
