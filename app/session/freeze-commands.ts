// Commands that let a rendered file play in place of clips, and that bring the clips back.
import type { AudioClipAtome } from '../protocol/kinds.ts';
import { soundClip } from './clip-commands.ts';
import { removeWithDependants } from './dependants.ts';
import { type EditHandler, refused } from './handlers.ts';

export const freezeClips: EditHandler<'FREEZE_CLIPS'> = (edit, command) => {
  const clips = [...new Set(command.clip_ids)].map((id) => edit.need('AudioClipAtome', id, 'clip_ids'));
  const file = edit.need('AudioFileAtome', command.audio_file_id);
  const [first] = clips;
  if (!first || clips.some((clip) => clip.timeline_id !== first.timeline_id)) {
    throw refused('clip_ids: the clips are on different timelines');
  }
  const frozen = clips.find(isFrozen);
  if (frozen) throw refused(`clip_ids: “${frozen.name}” is frozen already`);
  const id = edit.create(
    'AudioClipAtome',
    {
      ...soundClip,
      project_id: first.project_id,
      timeline_id: first.timeline_id,
      audio_file_id: file.id,
      name: command.name ?? file.name,
      color: first.color,
      play_position: command.play_position,
      start_offset: 0,
      end_offset: file.duration,
      group_id: command.group_id === undefined ? first.group_id : command.group_id,
    },
    command.id,
  );
  for (const clip of clips) edit.set(clip, { frozen_by: id });
  edit.created.push(id);
};

/** Named by the clip that stands for the frozen ones, or by one of them. */
export const unfreezeClip: EditHandler<'UNFREEZE_CLIP'> = (edit, { clip_id }) => {
  const clip = edit.need('AudioClipAtome', clip_id);
  const standIn = isFrozen(clip) ? edit.need('AudioClipAtome', clip.frozen_by ?? '') : clip;
  if (![...edit.objects.referrers(standIn.id, 'AudioClipAtome')].some((other) => other.frozen_by === standIn.id)) {
    throw refused('clip_id: no clips are frozen by it');
  }
  removeWithDependants(edit, standIn);
};

const isFrozen = (clip: AudioClipAtome): boolean => (clip.frozen_by ?? null) !== null;
