// Commands about objects of any kind, and projects.
import { AtomeError } from '../protocol/errors.ts';
import type { AtomeObject, AudioFileAtome, TimelineAtome } from '../protocol/kinds.ts';
import { anyClipsOf } from './any-clips.ts';
import { removeWithDependants } from './dependants.ts';
import type { Edit } from './edit.ts';
import { assertPayload } from './event-payload.ts';
import { type EditHandler, refused } from './handlers.ts';
import { parsedPropertyInput } from './validate.ts';

/** Later than every other one, whatever the clocks of other machines said. */
export const openProject: EditHandler<'OPEN_PROJECT'> = (edit, { project_id }) => {
  const project = edit.need('ProjectAtome', project_id);
  if (edit.context.activeProjectId() === project.id) return;
  let latest = edit.context.now();
  for (const { opened_at, created_at } of edit.objects.ofKind('ProjectAtome')) {
    latest = Math.max(latest, (opened_at ?? created_at) + 1);
  }
  edit.set(project, { opened_at: latest });
};

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
  openProject(edit, { cmd: 'OPEN_PROJECT', project_id: project });
  edit.created.push(project, timeline);
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
    properties[property] = parsedPropertyInput(object.kind, property, value);
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
  if (object.kind === 'TimelineEventAtome' && ('payload' in properties || 'type' in properties)) {
    assertPayload({ ...object, ...properties });
  }
  edit.set(object, properties);
};

/** Positions are counted in the timebase, so it is fixed as soon as there are some. */
function assertTimebaseFree(edit: Edit, timeline: TimelineAtome): void {
  const used = anyClipsOf(edit.objects, timeline.id).next().done !== true;
  if (used || timeline.loop !== null || timeline.tempo_segments.length > 1) {
    throw refused('timebase: can only change while the timeline is empty');
  }
}

export const removeObject: EditHandler<'REMOVE_OBJECT'> = (edit, command) => {
  removeWithDependants(edit, needAny(edit, command.id));
};

function needAny(edit: Edit, id: string): AtomeObject {
  const object = edit.objects.get(id);
  if (!object) throw new AtomeError('ERR_NOT_FOUND', `id: no object ${id}`);
  return object;
}
