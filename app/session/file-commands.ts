// Commands that make the stored bytes of sounds, videos and pictures known to the session.
import type { EditHandler } from './handlers.ts';

const folders = { recording: 'recordings', import: 'imports', generated: 'generated' } as const;

/** Content that is known already is not added a second time: the answer names the file that is there. */
export const addFile: EditHandler<'ADD_FILE'> = (edit, { id: newId, file }) => {
  const known = edit.objects.fileWithHash('AudioFileAtome', file.content_hash);
  if (known !== undefined) {
    edit.created.push(known);
    return;
  }
  const { author, now, activeProjectId } = edit.context;
  const project = activeProjectId();
  const id = edit.create(
    'AudioFileAtome',
    {
      ...file,
      user_id: author,
      project_ids: project === null ? [] : [project],
      local_path: `data/users/${author}/media/audio/${folders[file.source]}/${file.content_hash}.wav`,
      created_at: now(),
      updated_at: now(),
    },
    newId,
  );
  edit.created.push(id);
};

/** As for sounds: the same content is one file. */
export const addMediaFile: EditHandler<'ADD_MEDIA_FILE'> = (edit, { id: newId, file }) => {
  const known = edit.objects.fileWithHash('MediaFileAtome', file.content_hash);
  if (known !== undefined) {
    edit.created.push(known);
    return;
  }
  const project = edit.context.activeProjectId();
  const properties = { ...file, project_ids: project === null ? [] : [project], created_at: edit.context.now() };
  edit.created.push(edit.create('MediaFileAtome', properties, newId));
};
