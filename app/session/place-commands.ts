// Commands that place things other than sound on a timeline: events, nested timelines, follow actions, action clips.
import { activeProject } from './active-target.ts';
import { soundClip } from './clip-commands.ts';
import { assertPayload } from './event-payload.ts';
import type { EditHandler } from './handlers.ts';

export const addEvent: EditHandler<'ADD_EVENT'> = (edit, command) => {
  const timeline = edit.need('TimelineAtome', command.timeline_id);
  const payload = command.payload ?? {};
  assertPayload({ type: command.type, payload });
  const id = edit.create(
    'TimelineEventAtome',
    {
      timeline_id: timeline.id,
      time: command.time,
      timebase: command.timebase ?? timeline.timebase,
      type: command.type,
      name: command.name ?? '',
      target_atome_id: command.target_atome_id ?? null,
      target_clip_id: command.target_clip_id ?? null,
      target_timeline_id: command.target_timeline_id ?? null,
      payload,
      muted: command.muted ?? false,
    },
    command.id,
  );
  edit.created.push(id);
};

export const addNestedTimeline: EditHandler<'ADD_NESTED_TIMELINE'> = (edit, command) => {
  const timeline = edit.need('TimelineAtome', command.timeline_id);
  const nested = edit.need('TimelineAtome', command.nested_timeline_id, 'nested_timeline_id');
  const group = command.group_id ? edit.need('GroupAtome', command.group_id) : undefined;
  const id = edit.create(
    'TimelineClipAtome',
    {
      project_id: timeline.project_id,
      timeline_id: timeline.id,
      nested_timeline_id: nested.id,
      name: command.name ?? nested.name,
      color: command.color ?? group?.color ?? 0,
      play_position: command.play_position,
      start_marker_id: command.start_marker_id ?? null,
      end_marker_id: command.end_marker_id ?? null,
      loop_markers: command.loop_markers ?? null,
      duration: command.duration ?? null,
      tempo: command.tempo ?? 'own',
      group_id: command.group_id ?? null,
      gain: command.gain ?? 1,
      muted: command.muted ?? false,
      solo: command.solo ?? false,
    },
    command.id,
  );
  edit.created.push(id);
};

export const addFollowAction: EditHandler<'ADD_FOLLOW_ACTION'> = (edit, command) => {
  const id = edit.create(
    'TimelineFollowAction',
    {
      scope: command.scope,
      target_id: command.target_id,
      action_type: command.action_type,
      params: command.params ?? {},
      muted: command.muted ?? false,
    },
    command.id,
  );
  edit.created.push(id);
};

export const addActionClip: EditHandler<'ADD_ACTION_CLIP'> = (edit, command) => {
  const timeline = edit.need('TimelineAtome', command.timeline_id);
  const events = (command.events ?? []).toSorted((a, b) => a.time_offset - b.time_offset);
  const id = edit.create(
    'ActionClipAtome',
    {
      project_id: timeline.project_id,
      timeline_id: timeline.id,
      name: command.name ?? 'Actions',
      color: command.color ?? 0,
      play_position: command.play_position,
      duration: command.duration,
      events,
      group_id: command.group_id ?? null,
      muted: command.muted ?? false,
      repeats: command.repeats ?? 1,
    },
    command.id,
  );
  edit.created.push(id);
};

export const addAudioRefTimeline: EditHandler<'ADD_AUDIO_REF_TIMELINE'> = (edit, command) => {
  const file = edit.need('AudioFileAtome', command.audio_file_id);
  for (const known of edit.objects.referrers(file.id, 'AudioRefTimelineAtome')) {
    if (command.id !== undefined || command.name !== undefined) break;
    edit.created.push(known.id, known.timeline_id);
    return;
  }
  const project = activeProject(edit);
  const name = command.name ?? file.name;
  const timeline_id = edit.create('TimelineAtome', {
    project_id: project.id,
    name,
    type: 'audio',
    timebase: 'seconds',
    tempo_segments: [{ start_position: 0, bpm: 120, time_signature: '4/4' }],
    loop: null,
    loop_enabled: false,
  });
  edit.create('AudioClipAtome', {
    ...soundClip,
    project_id: project.id,
    timeline_id,
    audio_file_id: file.id,
    name: file.name,
    color: 0,
    play_position: 0,
    start_offset: 0,
    end_offset: file.duration,
  });
  const id = edit.create(
    'AudioRefTimelineAtome',
    { project_id: project.id, audio_file_id: file.id, timeline_id, name },
    command.id,
  );
  edit.created.push(id, timeline_id);
};
