// Commands that make, change, move, group, copy and remove clips.
import { ownFades } from '../core/fades.ts';
import { tempoMapOf } from '../core/tempo.ts';
import type { AnyClip, AudioClipAtome, ObjectOf, PropertiesOf } from '../protocol/kinds.ts';
import { removeWithDependants } from './dependants.ts';
import type { Edit } from './edit.ts';
import { type EditHandler, withoutUndefined } from './handlers.ts';
import { closeGaps, makeRoom } from './ripple.ts';
import { spanOf } from './span.ts';
import { impliedStretch } from './stretch-commands.ts';

/** A clip that sounds as its file does. */
export const soundClip = {
  record_position: null,
  group_id: null,
  stretch_ratio: 1,
  pitch_shift: 0,
  stretch_algo: 'none',
  gain: 1,
  pan: 0,
  muted: false,
  solo: false,
  fade_in: 0,
  fade_out: 0,
} as const satisfies Partial<PropertiesOf<'AudioClipAtome'>>;

/** Clips of one file share a colour unless their group has one. */
const colorOfFile = (fileId: string): number => Number.parseInt(fileId.slice(0, 6), 16) % 12;

export const addClip: EditHandler<'ADD_CLIP'> = (edit, command) => {
  const timeline = edit.need('TimelineAtome', command.timeline_id);
  const file = edit.need('AudioFileAtome', command.audio_file_id);
  const group = command.group_id ? edit.need('GroupAtome', command.group_id) : undefined;
  // Property by property: spread from three objects, a clip took several times as long to put together.
  const id = edit.create(
    'AudioClipAtome',
    {
      project_id: timeline.project_id,
      timeline_id: timeline.id,
      audio_file_id: file.id,
      name: command.name ?? file.name,
      color: command.color ?? group?.color ?? colorOfFile(file.id),
      record_position: command.record_position ?? soundClip.record_position,
      play_position: command.play_position,
      start_offset: command.start_offset ?? 0,
      end_offset: command.end_offset ?? file.duration,
      group_id: command.group_id ?? soundClip.group_id,
      stretch_ratio: command.stretch_ratio ?? soundClip.stretch_ratio,
      pitch_shift: command.pitch_shift ?? soundClip.pitch_shift,
      stretch_algo: command.stretch_algo ?? impliedStretch(command, 'none')?.stretch_algo ?? soundClip.stretch_algo,
      gain: command.gain ?? soundClip.gain,
      pan: command.pan ?? soundClip.pan,
      muted: command.muted ?? soundClip.muted,
      solo: command.solo ?? soundClip.solo,
      fade_in: command.fade_in ?? soundClip.fade_in,
      fade_out: command.fade_out ?? soundClip.fade_out,
      ...(command.fades_beyond && { fades_beyond: command.fades_beyond }),
    },
    command.id,
  );
  edit.created.push(id);
};

export const setClip: EditHandler<'SET_CLIP'> = (edit, command) => {
  const { cmd: _cmd, reqId: _reqId, gesture: _gesture, clip_id, ...properties } = command;
  const clip = edit.needClip(clip_id);
  const implied = clip.kind === 'AudioClipAtome' ? impliedStretch(properties, clip.stretch_algo) : undefined;
  edit.set(clip, implied ? { ...properties, ...implied } : properties);
  const { fade_in, fade_out, fades_beyond } = properties;
  if (clip.kind === 'AudioClipAtome' && !fades_beyond) takeFades(edit, clip, withoutUndefined({ fade_in, fade_out }));
};

/** Sets fades of a clip, which are its own from then on, both of them. */
export function takeFades(
  edit: Edit,
  clip: ObjectOf<'AudioClipAtome'>,
  fades: { readonly fade_in?: number; readonly fade_out?: number },
): void {
  if (Object.keys(fades).length === 0) return;
  edit.set(clip, { ...ownFades(clip), ...fades });
  edit.unset(clip, 'fades_beyond');
}

export const moveClip: EditHandler<'MOVE_CLIP'> = (edit, command) => {
  const clip = edit.needClip(command.clip_id);
  const timeline = edit.need('TimelineAtome', command.timeline_id ?? clip.timeline_id);
  const stays = timeline.id === clip.timeline_id;
  const left = command.ripple ? [{ clip, span: spanOf(edit.objects, clip) }] : [];
  edit.set(clip, {
    play_position: command.play_position,
    timeline_id: timeline.id,
    project_id: timeline.project_id,
    group_id: command.group_id === undefined && !stays ? null : command.group_id,
    ...lengthOn(edit, clip, timeline.id),
  });
  if (!command.ripple) return;
  closeGaps(edit, left, clip.id);
  makeRoom(edit, edit.needClip(clip.id));
};

export const groupClips: EditHandler<'GROUP_CLIPS'> = (edit, command) => {
  for (const id of command.clip_ids) edit.set(edit.needClip(id, 'clip_ids'), { group_id: command.group_id });
};

export const removeClips: EditHandler<'REMOVE_CLIPS'> = (edit, command) => {
  const clips = [...new Set(command.clip_ids)].map((id) => edit.needClip(id, 'clip_ids'));
  const left = command.ripple ? clips.map((clip) => ({ clip, span: spanOf(edit.objects, clip) })) : [];
  for (const clip of clips) removeWithDependants(edit, clip);
  closeGaps(edit, left);
};

export const duplicateClips: EditHandler<'DUPLICATE_CLIPS'> = (edit, command) => {
  const clips = [...new Set(command.clip_ids)].map((id) => edit.needClip(id, 'clip_ids'));
  const offset = command.offset ?? defaultOffset(edit, clips, command.timeline_id);
  for (const clip of clips) edit.created.push(copyClip(edit, clip, command.timeline_id ?? clip.timeline_id, offset));
};

/** Copies onto a timeline, with what follows the clip; a copy of a frozen clip sounds itself. */
function copyClip(edit: Edit, clip: AnyClip, timelineId: string, offset: number): string {
  const to = edit.need('TimelineAtome', timelineId);
  const copy = edit.copy(clip.kind === 'AudioClipAtome' ? itself(clip) : clip, {
    ...lengthOn(edit, clip, to.id),
    project_id: to.project_id,
    timeline_id: to.id,
    group_id: to.id === clip.timeline_id ? clip.group_id : null,
    play_position: positionOn(edit, clip, to.id, clip.play_position) + offset,
  });
  for (const follow of [...edit.objects.referrers(clip.id, 'TimelineFollowAction')]) {
    if (follow.target_id === clip.id) edit.copy(follow, { target_id: copy });
  }
  return copy;
}

/** A clip that nothing else is heard in place of. */
function itself(clip: AudioClipAtome): AudioClipAtome {
  if (clip.frozen_by === undefined) return clip;
  const { frozen_by: _frozenBy, ...unfrozen } = clip;
  return unfrozen;
}

/** Between timelines of different timebases positions are carried over in seconds. */
function positionOn(edit: Edit, clip: AnyClip, timelineId: string, position: number): number {
  const from = edit.need('TimelineAtome', clip.timeline_id);
  const to = edit.need('TimelineAtome', timelineId);
  if (from.timebase === to.timebase) return position;
  return tempoMapOf(to).fromSeconds(tempoMapOf(from).toSeconds(position));
}

/** The length of a nested timeline is counted in its parent's timebase. */
function lengthOn(edit: Edit, clip: AnyClip, timelineId: string): { readonly duration?: number } {
  if (clip.kind !== 'TimelineClipAtome' || clip.duration === null) return {};
  if (timelineId === clip.timeline_id) return {};
  const end = positionOn(edit, clip, timelineId, clip.play_position + clip.duration);
  return { duration: end - positionOn(edit, clip, timelineId, clip.play_position) };
}

/** The span of the selection, so that copies follow it; nothing when they go to another timeline. */
function defaultOffset(edit: Edit, clips: readonly AnyClip[], timelineId: string | undefined): number {
  if (timelineId !== undefined && clips.some((clip) => clip.timeline_id !== timelineId)) return 0;
  const spans = clips.map((clip) => spanOf(edit.objects, clip));
  return Math.max(...spans.map(({ end }) => end)) - Math.min(...spans.map(({ start }) => start));
}
