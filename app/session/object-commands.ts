// Commands about objects of any kind, files and projects.
import { AtomeError } from '../protocol/errors.ts';
import type { AtomeObject, AudioFileAtome, TimelineAtome } from '../protocol/kinds.ts';
import type { Edit } from './edit.ts';
import { type EditHandler, refused } from './handlers.ts';
import { parsedProperty } from './validate.ts';

export const createProject: EditHandler<'CREATE_PROJECT'> = (edit, command) => {
  const project = edit.create('ProjectAtome', {
    name: command.name,
    created_at: edit.context.now(),
    active_timeline_id: null,
  });
  const timeline = edit.create('TimelineAtome', {
    project_id: project,
    name: 'Timeline 1',
    type: 'audio',
    timebase: 'beats',
    tempo_segments: [{ start_position: 0, bpm: 120, time_signature: '4/4' }],
    loop: null,
    loop_enabled: false,
  });
  edit.set(edit.need('ProjectAtome', project), { active_timeline_id: timeline });
  edit.created.push(project, timeline);
};

const folders = { recording: 'recordings', import: 'imports', generated: 'generated' } as const;

/** Content that is known already is not added a second time: the answer names the file that is there. */
export const addFile: EditHandler<'ADD_FILE'> = (edit, { id: newId, file }) => {
  const known = edit.objects.fileWithHash(file.content_hash);
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

/** What a file says about its bytes; the bytes never change, so neither does this. */
const facts: ReadonlySet<string> = new Set<keyof AudioFileAtome>([
  'content_hash',
  'sample_rate',
  'bit_depth',
  'channels',
  'frames',
  'duration',
  'container',
  'local_path',
]);

export const setObject: EditHandler<'SET_OBJECT'> = (edit, command) => {
  const object = needAny(edit, command.id);
  const properties: Record<string, unknown> = {};
  for (const [property, value] of Object.entries(command.properties)) {
    properties[property] = parsedProperty(object.kind, property, value);
  }
  if (object.kind === 'AudioFileAtome') {
    const fact = Object.keys(properties).find((property) => facts.has(property));
    if (fact) throw refused(`${fact}: describes the stored bytes and cannot change`);
    properties.updated_at ??= edit.context.now();
  }
  const timebase = properties.timebase;
  if (object.kind === 'TimelineAtome' && timebase !== undefined && timebase !== object.timebase) {
    assertTimebaseFree(edit, object);
  }
  edit.set(object, properties);
};

/** Positions are counted in the timebase, so it is fixed as soon as there are some. */
function assertTimebaseFree(edit: Edit, timeline: TimelineAtome): void {
  const used = edit.objects.clipsOf(timeline.id)[Symbol.iterator]().next().done !== true;
  if (used || timeline.loop !== null || timeline.tempo_segments.length > 1) {
    throw refused('timebase: can only change while the timeline is empty');
  }
}

export const removeObject: EditHandler<'REMOVE_OBJECT'> = (edit, command) => {
  const object = needAny(edit, command.id);
  if (object.kind === 'TimelineAtome') clearTimeline(edit, object);
  if (object.kind === 'GroupAtome') {
    for (const clip of [...edit.objects.referrers(object.id, 'AudioClipAtome')]) edit.set(clip, { group_id: null });
  }
  if (object.kind === 'AudioFileAtome' && edit.objects.isReferred(object.id)) {
    throw refused('clips still play this file; remove them first');
  }
  if (object.kind === 'ProjectAtome' && edit.objects.isReferred(object.id)) {
    throw refused('the project is not empty');
  }
  edit.remove(object);
};

/** Removes what lives on a timeline; a project that showed it shows another one. */
function clearTimeline(edit: Edit, timeline: TimelineAtome): void {
  const { objects } = edit;
  for (const clip of [...objects.clipsOf(timeline.id)]) edit.remove(clip);
  for (const group of [...objects.referrers(timeline.id, 'GroupAtome')]) edit.remove(group);
  for (const marker of [...objects.referrers(timeline.id, 'TimelineMarkerAtome')]) edit.remove(marker);
  for (const project of [...objects.referrers(timeline.id, 'ProjectAtome')]) {
    const others = [...objects.referrers(project.id, 'TimelineAtome')].filter(({ id }) => id !== timeline.id);
    edit.set(project, { active_timeline_id: others[0]?.id ?? null });
  }
}

function needAny(edit: Edit, id: string): AtomeObject {
  const object = edit.objects.get(id);
  if (!object) throw new AtomeError('ERR_NOT_FOUND', `id: no object ${id}`);
  return object;
}
