// Commands that make, change, move, group and remove clips.
import { tempoMapOf } from '../core/tempo.ts';
import type { AudioClipAtome } from '../protocol/kinds.ts';
import { clipTime, positionOfFrame } from './clip-time.ts';
import type { Edit } from './edit.ts';
import type { EditHandler } from './handlers.ts';

/** Clips of one file share a colour unless their group has one. */
const colorOfFile = (fileId: string): number => Number.parseInt(fileId.slice(0, 6), 16) % 12;

export const addClip: EditHandler<'ADD_CLIP'> = (edit, command) => {
  const timeline = edit.need('TimelineAtome', command.timeline_id);
  const file = edit.need('AudioFileAtome', command.audio_file_id);
  const group = command.group_id ? edit.need('GroupAtome', command.group_id) : undefined;
  const id = edit.create(
    'AudioClipAtome',
    {
      project_id: timeline.project_id,
      timeline_id: timeline.id,
      audio_file_id: file.id,
      play_position: command.play_position,
      start_offset: command.start_offset ?? 0,
      end_offset: command.end_offset ?? file.duration,
      name: command.name ?? file.name,
      color: command.color ?? group?.color ?? colorOfFile(file.id),
      record_position: command.record_position ?? null,
      group_id: command.group_id ?? null,
      stretch_ratio: command.stretch_ratio ?? 1,
      pitch_shift: command.pitch_shift ?? 0,
      stretch_algo: command.stretch_algo ?? 'none',
      gain: command.gain ?? 1,
      pan: command.pan ?? 0,
      muted: command.muted ?? false,
      solo: command.solo ?? false,
      fade_in: command.fade_in ?? 0,
      fade_out: command.fade_out ?? 0,
    },
    command.id,
  );
  edit.created.push(id);
};

export const setClip: EditHandler<'SET_CLIP'> = (edit, command) => {
  const { cmd: _cmd, reqId: _reqId, clip_id, ...properties } = command;
  edit.set(edit.need('AudioClipAtome', clip_id), properties);
};

export const moveClip: EditHandler<'MOVE_CLIP'> = (edit, command) => {
  const clip = edit.need('AudioClipAtome', command.clip_id);
  const timeline = edit.need('TimelineAtome', command.timeline_id ?? clip.timeline_id);
  const stays = timeline.id === clip.timeline_id;
  edit.set(clip, {
    play_position: command.play_position,
    timeline_id: timeline.id,
    project_id: timeline.project_id,
    group_id: command.group_id === undefined && !stays ? null : command.group_id,
  });
};

export const groupClips: EditHandler<'GROUP_CLIPS'> = (edit, command) => {
  for (const id of command.clip_ids) {
    edit.set(edit.need('AudioClipAtome', id, 'clip_ids'), { group_id: command.group_id });
  }
};

export const removeClips: EditHandler<'REMOVE_CLIPS'> = (edit, command) => {
  const clips = [...new Set(command.clip_ids)].map((id) => edit.need('AudioClipAtome', id, 'clip_ids'));
  for (const clip of clips) edit.remove(clip);
};

export const duplicateClips: EditHandler<'DUPLICATE_CLIPS'> = (edit, command) => {
  const clips = [...new Set(command.clip_ids)].map((id) => edit.need('AudioClipAtome', id, 'clip_ids'));
  const offset = command.offset ?? defaultOffset(edit, clips, command.timeline_id);
  for (const clip of clips) edit.created.push(copyClip(edit, clip, command.timeline_id ?? clip.timeline_id, offset));
};

/** Copies onto a timeline; between timelines of different timebases the position is carried over in seconds. */
function copyClip(edit: Edit, clip: AudioClipAtome, timelineId: string, offset: number): string {
  const from = edit.need('TimelineAtome', clip.timeline_id);
  const to = edit.need('TimelineAtome', timelineId);
  const position =
    from.timebase === to.timebase
      ? clip.play_position
      : tempoMapOf(to).fromSeconds(tempoMapOf(from).toSeconds(clip.play_position));
  const { id: _id, kind: _kind, ...properties } = clip;
  return edit.create('AudioClipAtome', {
    ...properties,
    project_id: to.project_id,
    timeline_id: to.id,
    group_id: to.id === from.id ? clip.group_id : null,
    play_position: position + offset,
  });
}

/** The span of the selection, so that copies follow it; nothing when they go to another timeline. */
function defaultOffset(edit: Edit, clips: readonly AudioClipAtome[], timelineId: string | undefined): number {
  if (timelineId !== undefined && clips.some((clip) => clip.timeline_id !== timelineId)) return 0;
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  for (const clip of clips) {
    const time = clipTime(edit, clip.id);
    start = Math.min(start, clip.play_position);
    end = Math.max(end, positionOfFrame(time, time.endFrame));
  }
  return end - start;
}
