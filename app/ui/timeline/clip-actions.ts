// What can be done with the selected clips: one command each, and a word about it for screen readers.
import { createId } from '../../core/id.ts';
import { asOneStep, copyOf, lengthened, newLane, positionAt } from '../../editor/edits.ts';
import { type ClipMove, moveCommands } from '../../editor/ripple.ts';
import type { SceneClip } from '../../editor/scene.ts';
import type { Command, EditCommand } from '../../protocol/commands.ts';
import { clipboard, rippling, select, selectedIds, setClipboard } from '../selection.ts';
import { type MessageKey, stepName, text } from '../text.ts';
import type { TimelineModel } from './model.ts';

/** The selected clips of this timeline, else the one the keyboard is on. */
export function clipsInHand(model: TimelineModel): SceneClip[] {
  const { clips } = model.scene();
  const selected = [...selectedIds()].flatMap((id) => clips.get(id) ?? []);
  const focused = clips.get(model.focusedClip() ?? '');
  return selected.length > 0 || !focused ? selected : [focused];
}

/** Runs one step; when it succeeds, says so and selects what it made, if asked. */
export async function runStep(
  model: TimelineModel,
  command: Command | undefined,
  said: string,
  made?: Iterable<string>,
): Promise<void> {
  if (!command) return;
  const reply = await model.client.run(command);
  if (!reply.ok) return;
  if (made) select(made);
  model.announce(said);
}

const forEach = (model: TimelineModel, key: MessageKey, edit: (clip: SceneClip) => EditCommand | undefined): void => {
  const edits = clipsInHand(model).flatMap((clip) => edit(clip) ?? []);
  void runStep(model, asOneStep(edits, stepName(key)), text(key));
};

/** What a command carries while what lies behind moves along. */
const rippled = (): { readonly ripple?: true } => (rippling() ? { ripple: true } : {});

const move = (model: TimelineModel, key: MessageKey, placeOf: (clip: SceneClip) => Omit<ClipMove, 'clip'>): void => {
  const moves = clipsInHand(model).map((clip) => ({ clip, ...placeOf(clip) }));
  const edits = moveCommands(model.scene(), moves, rippling());
  void runStep(model, asOneStep(edits, stepName(key)), text(key));
};

const ids = (clips: readonly SceneClip[]): string[] => clips.map((clip) => clip.id);

/** Splits the selected clips that the playhead crosses; with none selected, every clip it crosses. */
export function split(model: TimelineModel): void {
  const time = model.playhead();
  const scene = model.scene();
  const inHand = clipsInHand(model);
  const candidates = inHand.length > 0 ? inHand : [...scene.clips.values()];
  const crossed = candidates.filter((clip) => clip.start < time && clip.end > time);
  const position = positionAt(scene, time);
  const edits = crossed.map((clip): EditCommand => ({ cmd: 'SPLIT_CLIP', clip_id: clip.id, position }));
  void runStep(model, asOneStep(edits, stepName('clip.split')), text('clip.split'));
}

export function remove(model: TimelineModel): void {
  const clips = clipsInHand(model);
  if (clips.length === 0) return;
  const command: Command = { cmd: 'REMOVE_CLIPS', clip_ids: ids(clips), ...rippled() };
  void runStep(model, command, text('clip.removed', { count: clips.length }), []);
}

/** Copies right after the selection. */
export function duplicate(model: TimelineModel): void {
  const clips = clipsInHand(model);
  if (clips.length === 0) return;
  const length = Math.max(...clips.map((clip) => clip.end)) - Math.min(...clips.map((clip) => clip.start));
  addCopies(model, clips, length, 'clip.duplicate');
}

function addCopies(model: TimelineModel, clips: readonly SceneClip[], by: number, key: MessageKey): void {
  const scene = model.scene();
  const edits = clips.map((clip) =>
    copyOf(clip.source, { id: createId(), play_position: positionAt(scene, clip.start + by) }),
  );
  void runStep(
    model,
    asOneStep(edits, stepName(key)),
    text(key),
    edits.map((edit) => edit.id),
  );
}

export function copy(model: TimelineModel): void {
  const clips = clipsInHand(model);
  if (clips.length === 0) return;
  const first = Math.min(...clips.map((clip) => clip.start));
  setClipboard({ clips: clips.map((clip) => ({ clip: { ...clip.source }, offset: clip.start - first })) });
  model.announce(text('clip.copy'));
}

export function cut(model: TimelineModel): void {
  copy(model);
  remove(model);
}

/** At the playhead, on the lanes the clips came from; clips of other timelines land on no lane. */
export function paste(model: TimelineModel): void {
  const scene = model.scene();
  const lanes = new Set(scene.lanes.map((lane) => lane.group?.id));
  const edits = (clipboard()?.clips ?? []).map(({ clip, offset }) =>
    copyOf(clip, {
      id: createId(),
      timeline_id: scene.timelineId,
      play_position: positionAt(scene, model.playhead() + offset),
      group_id: lanes.has(clip.group_id ?? undefined) ? clip.group_id : null,
    }),
  );
  void runStep(
    model,
    asOneStep(edits, stepName('clip.paste')),
    text('clip.paste'),
    edits.map((edit) => edit.id),
  );
}

/** Moves by seconds; nothing passes zero. */
/** In time; or in beats, so that clips keep to the grid where the tempo changes, too. Nothing passes zero. */
export type NudgeStep = { readonly seconds: number } | { readonly beats: number };

export function nudge(model: TimelineModel, by: NudgeStep): void {
  const scene = model.scene();
  const { tempo } = scene;
  const clips = clipsInHand(model);
  const [wanted, placeOf, timeOf] =
    'beats' in by
      ? [by.beats, (time: number) => tempo.secondsToBeats(time), (beats: number) => tempo.beatsToSeconds(beats)]
      : [by.seconds, (time: number) => time, (time: number) => time];
  const delta = Math.max(wanted, -Math.min(...clips.map((clip) => placeOf(clip.start))));
  if (delta === 0) return;
  move(model, wanted < 0 ? 'clip.nudgeLeft' : 'clip.nudgeRight', (clip) => ({
    play_position: positionAt(scene, timeOf(placeOf(clip.start) + delta)),
  }));
}

export function moveLanes(model: TimelineModel, by: 1 | -1): void {
  const { lanes } = model.scene();
  if (!clipsInHand(model).every((clip) => lanes[clip.lane + by] !== undefined)) return;
  move(model, by < 0 ? 'clip.laneUp' : 'clip.laneDown', (clip) => ({
    play_position: clip.source.play_position,
    group_id: lanes[clip.lane + by]?.group?.id ?? null,
  }));
}

export function toNewLane(model: TimelineModel): void {
  const clips = clipsInHand(model);
  const [first] = clips;
  if (!first) return;
  const lane = newLane(model.scene(), first.name);
  const group: EditCommand = { cmd: 'GROUP_CLIPS', clip_ids: ids(clips), group_id: lane.id };
  void runStep(model, asOneStep([lane, group], stepName('clip.newLane')), text('clip.newLane'));
}

/** Cuts what is before or after the playhead off. */
export function trimToPlayhead(model: TimelineModel, edge: 'start' | 'end'): void {
  const time = model.playhead();
  forEach(model, edge === 'start' ? 'clip.trimStart' : 'clip.trimEnd', (clip) => {
    if (time <= clip.start || time >= clip.end) return undefined;
    if (clip.picture) return edge === 'end' ? lengthened(model.scene(), clip, time) : undefined;
    const offset = clip.sourceStart + (time - clip.start) / clip.ratio;
    return {
      cmd: 'TRIM_CLIP',
      clip_id: clip.id,
      ...(edge === 'start' ? { start_offset: offset } : { end_offset: offset }),
      ...rippled(),
    };
  });
}

/** Both fades at once, at most half of the clip each. */
export function setFades(model: TimelineModel, seconds: number, key: MessageKey): void {
  forEach(model, key, (clip) => {
    if (clip.picture) return undefined;
    const fade = Math.min(seconds, (clip.end - clip.start) / 2);
    return { cmd: 'SET_CLIP', clip_id: clip.id, fade_in: fade, fade_out: fade };
  });
}

/** Closer than this, in seconds, neighbours touch. */
const touching = 1e-3;

/** Lets sounds that follow each other on a lane, overlapping or touching, fade into each other. */
export function crossfade(model: TimelineModel): void {
  const clips = clipsInHand(model)
    .filter(({ picture }) => !picture)
    .sort((a, b) => a.lane - b.lane || a.start - b.start);
  const edits = clips.flatMap((clip, index): EditCommand[] => {
    const next = clips[index + 1];
    if (next?.lane !== clip.lane || next.start > clip.end + touching || next.end <= clip.end) return [];
    return [{ cmd: 'CROSSFADE_CLIPS', clip_ids: [clip.id, next.id] }];
  });
  if (edits.length === 0) model.client.notify({ kind: 'info', text: text('clip.noNeighbours') });
  else void runStep(model, asOneStep(edits, stepName('clip.crossfade')), text('clip.crossfade'));
}

/** Mutes all when any of them sounds, else unmutes all; solo alike. */
export function toggleFlag(model: TimelineModel, flag: 'muted' | 'solo'): void {
  // Action clips have no solo.
  const isOn = ({ source }: SceneClip): boolean | undefined =>
    flag === 'muted' ? source.muted : 'solo' in source ? source.solo : undefined;
  const on = clipsInHand(model).some((clip) => isOn(clip) === false);
  forEach(model, flag === 'muted' ? 'clip.mute' : 'clip.solo', (clip) =>
    isOn(clip) === undefined
      ? undefined
      : { cmd: 'SET_CLIP', clip_id: clip.id, ...(flag === 'muted' ? { muted: on } : { solo: on }) },
  );
}

export function join(model: TimelineModel): void {
  const [first, second] = clipsInHand(model).sort((a, b) => a.start - b.start);
  if (!first || !second) return;
  void runStep(model, { cmd: 'JOIN_CLIPS', clip_ids: [first.id, second.id] }, text('clip.join'));
}
