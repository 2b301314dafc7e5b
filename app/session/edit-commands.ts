// Every editing command: the handler that carries it out and the words for it in the history.
import type { EditCommandType } from '../protocol/commands.ts';
import { addClip, duplicateClips, groupClips, moveClip, removeClips, setClip } from './clip-commands.ts';
import { joinClips, splitClip, trimClip } from './cut-commands.ts';
import type { Edit } from './edit.ts';
import type { EditHandler, ParsedEdit } from './handlers.ts';
import { addFile, createProject, removeObject, setObject } from './object-commands.ts';
import { addMarker, createGroup, createTimeline, setLoop, setTempo, setTempoSegments } from './timeline-commands.ts';

interface EditCommandEntry<T extends EditCommandType> {
  readonly label: string;
  readonly handle: EditHandler<T>;
}

const entries: { readonly [T in EditCommandType]: EditCommandEntry<T> } = {
  CREATE_PROJECT: { label: 'New project', handle: createProject },
  CREATE_TIMELINE: { label: 'New timeline', handle: createTimeline },
  ADD_FILE: { label: 'Import file', handle: addFile },
  ADD_CLIP: { label: 'Add clip', handle: addClip },
  SET_CLIP: { label: 'Change clip', handle: setClip },
  MOVE_CLIP: { label: 'Move clip', handle: moveClip },
  TRIM_CLIP: { label: 'Trim clip', handle: trimClip },
  SPLIT_CLIP: { label: 'Split clip', handle: splitClip },
  JOIN_CLIPS: { label: 'Join clips', handle: joinClips },
  GROUP_CLIPS: { label: 'Group clips', handle: groupClips },
  DUPLICATE_CLIPS: { label: 'Duplicate clips', handle: duplicateClips },
  REMOVE_CLIPS: { label: 'Remove clips', handle: removeClips },
  CREATE_GROUP: { label: 'New lane', handle: createGroup },
  ADD_MARKER: { label: 'Add marker', handle: addMarker },
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
  if (first.cmd === 'SET_CLIP') return changeLabel('Change clip', first, ['cmd', 'reqId', 'clip_id']);
  if (first.cmd === 'SET_OBJECT') return changeLabel('Change', first.properties, []);
  return entries[first.cmd].label;
}

/** Names the property where there is only one. */
function changeLabel(prefix: string, properties: object, apart: readonly string[]): string {
  const given = Object.entries(properties).filter(([name, value]) => value !== undefined && !apart.includes(name));
  return given.length === 1 ? `${prefix} ${String(given[0]?.[0]).replaceAll('_', ' ')}` : prefix;
}
