// What can be done to the speed and the pitch of the selected clips without dragging.
import { asOneStep, positionAt } from '../../editor/edits.ts';
import { isStretchable, ratioLimits } from '../../editor/gestures/stretch-clips.ts';
import type { SceneClip } from '../../editor/scene.ts';
import type { EditCommand } from '../../protocol/commands.ts';
import type { AudioClipAtome } from '../../protocol/kinds.ts';
import type { Action } from '../actions.ts';
import { rippling, setStretching, stretching } from '../selection.ts';
import { stepName, text } from '../text.ts';
import { clipsInHand, runStep } from '../timeline/clip-actions.ts';
import type { TimelineModel } from '../timeline/model.ts';
import { searchSounds } from '../timeline/sound-search.ts';
import { findTempo } from './file-tempo.ts';
import { fitCommands, onGrid } from './fit-commands.ts';
import { knownTempo } from './known-tempo.ts';
import { highestPitch } from './stretch-scales.ts';

export function stretchActions(model: TimelineModel): Action[] {
  const anySound = (): boolean => soundsInHand(model).length > 0;
  return [
    {
      id: 'view.stretchTool',
      label: 'view.stretchTool',
      keys: ['KeyT'],
      run: () => setStretching(!stretching()),
      checked: stretching,
    },
    {
      id: 'clip.fitTempo',
      label: 'clip.fitTempo',
      keys: ['Shift+KeyT'],
      run: () => void fitToTempo(model),
      enabled: anySound,
    },
    {
      id: 'clip.stretchStart',
      label: 'clip.stretchStart',
      keys: ['Alt+BracketLeft'],
      run: () => stretchToPlayhead(model, 'start'),
      enabled: anySound,
    },
    {
      id: 'clip.stretchEnd',
      label: 'clip.stretchEnd',
      keys: ['Alt+BracketRight'],
      run: () => stretchToPlayhead(model, 'end'),
      enabled: anySound,
    },
    {
      id: 'clip.pitchUp',
      label: 'clip.pitchUp',
      keys: ['Alt+Shift+ArrowUp'],
      run: () => shiftPitch(model, 1),
      enabled: anySound,
    },
    {
      id: 'clip.pitchDown',
      label: 'clip.pitchDown',
      keys: ['Alt+Shift+ArrowDown'],
      run: () => shiftPitch(model, -1),
      enabled: anySound,
    },
    {
      id: 'clip.stretchReset',
      label: 'clip.stretchReset',
      run: () => resetStretch(model),
      enabled: () => soundsInHand(model).some(({ ratio, semitones }) => ratio !== 1 || semitones !== 0),
    },
  ];
}

/** So many of those left alone are called by name. */
const mostNamed = 5;

const isAudio = (source: SceneClip['source']): source is AudioClipAtome => source.kind === 'AudioClipAtome';
const soundsInHand = (model: TimelineModel): SceneClip[] => clipsInHand(model).filter(isStretchable);

/** Brings each clip from the tempo of its file to that of the timeline; says whose tempo is not known. */
async function fitToTempo(model: TimelineModel): Promise<void> {
  const { client } = model;
  const hashes = new Set(soundsInHand(model).map((clip) => clip.hash));
  const search = Promise.all(Array.from(hashes, (hash) => findTempo(client.waveforms, hash)));
  if (!(await searchSounds(client, hashes, text('stretch.searching'), search))) return;
  // What was removed meanwhile is left alone.
  const clips = soundsInHand(model).filter((clip) => hashes.has(clip.hash));
  const sources = clips.map((clip) => clip.source).filter(isAudio);
  const tempoOfFile = (fileId: string) => knownTempo(client.state, fileId);
  const unknown = sources.filter((source) => tempoOfFile(source.audio_file_id)?.bpm === undefined);
  if (unknown.length > 0) {
    const names = [...new Set(unknown.map((source) => `“${source.name}”`))];
    const named = [...names.slice(0, mostNamed), ...(names.length > mostNamed ? ['…'] : [])].join(', ');
    client.notify({ kind: 'info', text: text('stretch.unknown', { names: named }) });
  }
  const edits = fitCommands(sources, tempoOfFile, { onGrid: onGrid(), ripple: rippling() });
  await runStep(model, asOneStep(edits, stepName('clip.fitTempo')), text('clip.fitTempo'));
}

/** Draws an edge of each clip out or in to the playhead, where its ratio allows that. */
function stretchToPlayhead(model: TimelineModel, edge: 'start' | 'end'): void {
  const time = model.playhead();
  const position = positionAt(model.scene(), time);
  const edits = soundsInHand(model).flatMap((clip): EditCommand[] => {
    const length = edge === 'end' ? time - clip.start : clip.end - time;
    const ratio = length / (clip.sourceEnd - clip.sourceStart);
    if (ratio < ratioLimits.least || ratio > ratioLimits.most) return [];
    const ripple = rippling() ? { ripple: true } : {};
    return [{ cmd: 'STRETCH_CLIP', clip_id: clip.id, edge, position, ...ripple }];
  });
  const key = edge === 'start' ? 'clip.stretchStart' : 'clip.stretchEnd';
  void runStep(model, asOneStep(edits, stepName(key)), text(key));
}

/** By semitones; what has reached the end of the range stays there. */
function shiftPitch(model: TimelineModel, by: 1 | -1): void {
  const edits = soundsInHand(model).flatMap(({ id, semitones }): EditCommand[] => {
    const pitch_shift = Math.round((semitones + by) * 100) / 100;
    if (Math.abs(pitch_shift) > highestPitch) return [];
    return [{ cmd: 'SET_CLIP', clip_id: id, pitch_shift }];
  });
  const key = by > 0 ? 'clip.pitchUp' : 'clip.pitchDown';
  void runStep(model, asOneStep(edits, stepName(key)), text(key));
}

function resetStretch(model: TimelineModel): void {
  const edits = soundsInHand(model).map(
    ({ id }): EditCommand => ({ cmd: 'SET_CLIP', clip_id: id, stretch_algo: 'none', stretch_ratio: 1, pitch_shift: 0 }),
  );
  void runStep(model, asOneStep(edits, stepName('clip.stretchReset')), text('clip.stretchReset'));
}
