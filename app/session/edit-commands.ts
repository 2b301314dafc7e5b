// Every editing command: the handler that carries it out and the words for it in the history.
import type { EditCommandType } from '../protocol/commands.ts';
import { kindSchemas } from '../protocol/kinds.ts';
import { addClip, duplicateClips, groupClips, moveClip, removeClips, setClip } from './clip-commands.ts';
import { addWidget, scheduleAutomation } from './control-commands.ts';
import { crossfadeClips } from './crossfade-commands.ts';
import { joinClips, splitClip, trimClip } from './cut-commands.ts';
import type { Edit } from './edit.ts';
import { addFile, addMediaFile } from './file-commands.ts';
import { freezeClips, unfreezeClip } from './freeze-commands.ts';
import type { EditHandler, ParsedEdit } from './handlers.ts';
import { createProject, openProject, removeObject, setObject } from './object-commands.ts';
import { grant, revoke } from './permission-commands.ts';
import { addActionClip, addAudioRefTimeline, addEvent, addFollowAction, addNestedTimeline } from './place-commands.ts';
import { setNodeParam, setRoutingGraph, updateRouting } from './routing-commands.ts';
import { fitClipToTempo, stretchClip } from './stretch-commands.ts';
import { insertTime, removeTime } from './time-commands.ts';
import { addMarker, createGroup, createTimeline, setLoop, setTempo, setTempoSegments } from './timeline-commands.ts';

interface EditCommandEntry<T extends EditCommandType> {
  readonly label: string;
  readonly handle: EditHandler<T>;
}

const entries: { readonly [T in EditCommandType]: EditCommandEntry<T> } = {
  CREATE_PROJECT: { label: 'New project', handle: createProject },
  OPEN_PROJECT: { label: 'Open project', handle: openProject },
  CREATE_TIMELINE: { label: 'New timeline', handle: createTimeline },
  ADD_FILE: { label: 'Import file', handle: addFile },
  ADD_CLIP: { label: 'Add clip', handle: addClip },
  SET_CLIP: { label: 'Change clip', handle: setClip },
  MOVE_CLIP: { label: 'Move clip', handle: moveClip },
  TRIM_CLIP: { label: 'Trim clip', handle: trimClip },
  STRETCH_CLIP: { label: 'Stretch clip', handle: stretchClip },
  FIT_CLIP_TO_TEMPO: { label: 'Fit to tempo', handle: fitClipToTempo },
  SPLIT_CLIP: { label: 'Split clip', handle: splitClip },
  JOIN_CLIPS: { label: 'Join clips', handle: joinClips },
  GROUP_CLIPS: { label: 'Group clips', handle: groupClips },
  DUPLICATE_CLIPS: { label: 'Duplicate clips', handle: duplicateClips },
  REMOVE_CLIPS: { label: 'Remove clips', handle: removeClips },
  CREATE_GROUP: { label: 'New lane', handle: createGroup },
  CROSSFADE_CLIPS: { label: 'Crossfade clips', handle: crossfadeClips },
  INSERT_TIME: { label: 'Insert time', handle: insertTime },
  REMOVE_TIME: { label: 'Remove time', handle: removeTime },
  FREEZE_CLIPS: { label: 'Freeze clips', handle: freezeClips },
  UNFREEZE_CLIP: { label: 'Unfreeze clip', handle: unfreezeClip },
  ADD_MARKER: { label: 'Add marker', handle: addMarker },
  ADD_EVENT: { label: 'Add event', handle: addEvent },
  ADD_NESTED_TIMELINE: { label: 'Nest timeline', handle: addNestedTimeline },
  ADD_FOLLOW_ACTION: { label: 'Add follow action', handle: addFollowAction },
  ADD_ACTION_CLIP: { label: 'Add action clip', handle: addActionClip },
  ADD_AUDIO_REF_TIMELINE: { label: 'New reference timeline', handle: addAudioRefTimeline },
  ADD_WIDGET: { label: 'Add widget', handle: addWidget },
  ADD_MEDIA_FILE: { label: 'Import video or picture', handle: addMediaFile },
  SET_ROUTING_GRAPH: { label: 'Set routing', handle: setRoutingGraph },
  UPDATE_ROUTING: { label: 'Change routing', handle: updateRouting },
  SET_NODE_PARAM: { label: 'Change routing', handle: setNodeParam },
  SCHEDULE_AUTOMATION: { label: 'Write automation', handle: scheduleAutomation },
  GRANT: { label: 'Give rights', handle: grant },
  REVOKE: { label: 'Take rights back', handle: revoke },
  SET_OBJECT: { label: 'Change', handle: setObject },
  REMOVE_OBJECT: { label: 'Remove', handle: removeObject },
  SET_TEMPO: { label: 'Change tempo', handle: setTempo },
  SET_TEMPO_SEGMENTS: { label: 'Change tempo map', handle: setTempoSegments },
  TIMELINE_SET_LOOP: { label: 'Set loop', handle: setLoop },
};

/** An editing command as its schema hands it on. */
export type AnyParsedEdit = { [T in EditCommandType]: ParsedEdit<T> }[EditCommandType];

/** @throws AtomeError when the command does not fit. */
export function carryOut<T extends EditCommandType>(edit: Edit, command: ParsedEdit<T> & { cmd: T }): void {
  entries[command.cmd].handle(edit, command);
}

/** "Change clip gain", "Move clip": what the undo menu shows. */
export function labelOf(commands: readonly AnyParsedEdit[]): string {
  const [first] = commands;
  if (!first) return 'Edit';
  if (commands.length > 1) {
    return commands.every(({ cmd }) => cmd === first.cmd) ? entries[first.cmd].label : 'Several changes';
  }
  if (first.cmd === 'SET_CLIP') return changeLabel(clipChanges, first, apartFromProperties);
  if (first.cmd === 'SET_OBJECT') return changeLabel(objectChanges, first.properties);
  return entries[first.cmd].label;
}

const apartFromProperties = ['cmd', 'reqId', 'clip_id', 'gesture'];
const stretchProperties = ['stretch_ratio', 'pitch_shift', 'stretch_algo'];

interface ChangeLabels {
  readonly several: string;
  /** By the only property that changes. */
  readonly one: ReadonlyMap<string, string>;
}

/** Made once: the history keeps a label for each of its steps. */
const changeLabels = (several: string): ChangeLabels => ({
  several,
  one: new Map(
    Object.values(kindSchemas)
      .flatMap((schema) => Object.keys(schema.entries))
      .map((name) => [name, `${several} ${name.replaceAll('_', ' ')}`]),
  ),
});
const clipChanges = changeLabels('Change clip');
const objectChanges = changeLabels('Change');

/** Names the property where there is only one, and what speed and pitch together are about. */
function changeLabel(
  { one, several }: ChangeLabels,
  properties: Readonly<Record<string, unknown>>,
  apart: readonly string[] = [],
): string {
  const names: string[] = [];
  for (const name in properties) if (properties[name] !== undefined && !apart.includes(name)) names.push(name);
  const [only] = names;
  if (only !== undefined && names.length === 1) return one.get(only) ?? several;
  return only && names.every((name) => stretchProperties.includes(name)) ? entries.STRETCH_CLIP.label : several;
}
