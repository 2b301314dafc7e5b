// Commands about timelines: making them, their groups, markers, tempo and loop.
import { shortestLoop } from '../core/shortest-loop.ts';
import { tempoMapOf } from '../core/tempo.ts';
import type { TimelineAtome } from '../protocol/kinds.ts';
import { activeProject, timelineOrActive } from './active-target.ts';
import type { Edit } from './edit.ts';
import { type EditHandler, type ParsedEdit, refused } from './handlers.ts';
import { markerPosition } from './place.ts';

export const createTimeline: EditHandler<'CREATE_TIMELINE'> = (edit, command) => {
  const project = activeProject(edit);
  const segment = {
    start_position: 0,
    bpm: command.bpm ?? 120,
    time_signature: command.time_signature ?? '4/4',
  };
  const id = edit.create(
    'TimelineAtome',
    {
      project_id: project.id,
      name: command.name,
      type: command.type,
      timebase: command.timebase,
      tempo_segments: [segment],
      loop: null,
      loop_enabled: false,
    },
    command.id,
  );
  if (project.active_timeline_id === null) edit.set(project, { active_timeline_id: id });
  edit.created.push(id);
};

export const createGroup: EditHandler<'CREATE_GROUP'> = (edit, command) => {
  const timeline = edit.need('TimelineAtome', command.timeline_id);
  const order = command.order ?? nextOrder(edit, timeline);
  const id = edit.create(
    'GroupAtome',
    {
      project_id: timeline.project_id,
      timeline_id: timeline.id,
      name: command.name,
      color: command.color ?? Math.abs(Math.trunc(order)) % 12,
      order,
      muted: false,
      solo: false,
      gain: 1,
    },
    command.id,
  );
  edit.created.push(id);
};

function nextOrder(edit: Edit, timeline: TimelineAtome): number {
  let highest = -1;
  for (const group of edit.objects.referrers(timeline.id, 'GroupAtome')) highest = Math.max(highest, group.order);
  return highest + 1;
}

export const addMarker: EditHandler<'ADD_MARKER'> = (edit, command) => {
  const timeline = edit.need('TimelineAtome', command.timeline_id);
  const id = edit.create(
    'TimelineMarkerAtome',
    {
      timeline_id: timeline.id,
      time: command.time,
      timebase: command.timebase ?? timeline.timebase,
      name: command.name ?? 'Marker',
      tags: command.tags ?? [],
    },
    command.id,
  );
  edit.created.push(id);
};

/** The tempo from the timeline's start on; later segments, where there are any, stay. */
export const setTempo: EditHandler<'SET_TEMPO'> = (edit, command) => {
  const timeline = timelineOrActive(edit, command.timeline_id);
  const [first, ...later] = timeline.tempo_segments;
  edit.set(timeline, { tempo_segments: [{ ...first, bpm: command.bpm }, ...later] });
};

export const setTempoSegments: EditHandler<'SET_TEMPO_SEGMENTS'> = (edit, command) => {
  const timeline = edit.need('TimelineAtome', command.timeline_id);
  const segments = command.segments.toSorted((a, b) => a.start_position - b.start_position);
  edit.set(timeline, { tempo_segments: segments });
};

/** A loop between markers keeps their ids; one that is only switched on or off keeps what it has. */
export const setLoop: EditHandler<'TIMELINE_SET_LOOP'> = (edit, command) => {
  const timeline = edit.need('TimelineAtome', command.timeline_id);
  const asked = command.loop;
  const isSame = isWhatItIs(timeline.loop, asked);
  const loop = isSame ? timeline.loop : loopOf(edit, timeline, asked);
  if (loop && loop.end <= loop.start) throw refused('loop: the end marker must be after the start marker');
  if (loop && !isSame) assertLongEnough(timeline, loop);
  edit.set(timeline, { loop, loop_enabled: loop !== null && (command.enabled ?? true) });
};

type AskedLoop = ParsedEdit<'TIMELINE_SET_LOOP'>['loop'];

/** A range without markers may be the one that follows some. */
function isWhatItIs(loop: TimelineAtome['loop'], asked: AskedLoop): boolean {
  if (!loop || !asked || !('start' in asked) || asked.start !== loop.start || asked.end !== loop.end) return false;
  const { start_marker_id = loop.start_marker_id, end_marker_id = loop.end_marker_id } = asked;
  return start_marker_id === loop.start_marker_id && end_marker_id === loop.end_marker_id;
}

function assertLongEnough(timeline: TimelineAtome, { start, end }: NonNullable<TimelineAtome['loop']>): void {
  const tempo = tempoMapOf(timeline);
  const length = tempo.toSeconds(end) - tempo.toSeconds(start);
  if (length < shortestLoop) throw refused(`loop: it lasts ${length} s; ${shortestLoop} s is the least`);
}

function loopOf(edit: Edit, timeline: TimelineAtome, asked: AskedLoop): TimelineAtome['loop'] {
  if (asked === null) return null;
  const { start_marker_id, end_marker_id } = asked;
  if ('start' in asked && !start_marker_id && !end_marker_id) return asked;
  if (!start_marker_id || !end_marker_id) throw refused('loop: it follows two markers or none');
  return {
    start: markerPosition(edit.objects, timeline, start_marker_id, 'loop.start_marker_id'),
    end: markerPosition(edit.objects, timeline, end_marker_id, 'loop.end_marker_id'),
    start_marker_id,
    end_marker_id,
  };
}
