// How far the selected clips are stretched and shifted: heard while it is dragged, typed in whichever unit is at hand.
import { type JSX, Show } from 'solid-js';
import { stretchOf } from '../../core/stretched-frames.ts';
import type { CommandOf } from '../../protocol/commands.ts';
import type { AudioClipAtome, AudioFileAtome } from '../../protocol/kinds.ts';
import { useClient } from '../client.ts';
import { createLiveEdit, type LiveEdit } from '../controls/live-edit.ts';
import { NumberField } from '../controls/NumberField.tsx';
import { clampTo } from '../controls/scales.ts';
import { editClips, shared } from '../inspector/clip-edits.ts';
import { stepName, text } from '../text.ts';
import { tempoOf } from './file-tempo.ts';
import {
  centScale,
  type Pitch,
  pitchOf,
  playedTempoScale,
  ratioScale,
  semitoneScale,
  shiftOf,
  stretchedLengthScale,
} from './stretch-scales.ts';

export interface StretchFieldsProps {
  /** At least one. */
  readonly clips: readonly AudioClipAtome[];
  /** Where all of them play the same one. */
  readonly file: AudioFileAtome | undefined;
}

type Stretch = Omit<CommandOf<'SET_CLIP'>, 'cmd' | 'clip_id'>;

const mixedText = '—';

/** A clip without a stretcher is heard at its own pitch, whatever is kept for it. */
const shiftHeard = ({ stretch_algo, pitch_shift }: AudioClipAtome): number =>
  stretch_algo === 'none' ? 0 : pitch_shift;

/** Seconds of the file. */
const sourceLength = ({ start_offset, end_offset }: AudioClipAtome): number => end_offset - start_offset;

export function StretchFields(props: StretchFieldsProps): JSX.Element {
  const client = useClient();
  const live = (change: (clip: AudioClipAtome, value: number) => Stretch): LiveEdit =>
    createLiveEdit(client, stepName('inspector.editStep'), () => {
      const before = props.clips.map((clip) => ({ ...clip }));
      return (value) => before.map((clip) => ({ cmd: 'SET_CLIP', clip_id: clip.id, ...change(clip, value) }));
    });
  const shifted = (pitch: Pitch): Stretch => ({ pitch_shift: shiftOf(pitch) });
  const fileTempo = (): number | undefined => props.file && tempoOf(props.file);
  const stretched = (to: number): Stretch => ({ stretch_ratio: clampTo(ratioScale, to) });
  const ratio = live((_clip, value) => stretched(value));
  const length = live((clip, seconds) => stretched(seconds / sourceLength(clip)));
  const tempo = live((_clip, bpm) => stretched((fileTempo() ?? bpm) / bpm));
  const semitones = live((clip, value) => shifted({ ...pitchOf(shiftHeard(clip)), semitones: value }));
  const cents = live((clip, value) => shifted({ ...pitchOf(shiftHeard(clip)), cents: value }));

  const value = (read: (clip: AudioClipAtome) => number): number => shared(props.clips, read)?.value ?? 0;
  const mixed = (read: (clip: AudioClipAtome) => number): string | undefined =>
    shared(props.clips, read)?.mixed ? mixedText : undefined;
  const semitonesHeard = (clip: AudioClipAtome): number => pitchOf(shiftHeard(clip)).semitones;
  const centsHeard = (clip: AudioClipAtome): number => pitchOf(shiftHeard(clip)).cents;
  const only = (): AudioClipAtome | undefined => (props.clips.length === 1 ? props.clips[0] : undefined);
  const isOn = (): boolean => props.clips.every((clip) => clip.stretch_algo !== 'none');
  const isOwn = (): boolean =>
    props.clips.every((clip) => clip.stretch_ratio === 1 && clip.pitch_shift === 0 && clip.stretch_algo === 'none');
  const set = (properties: Stretch): void =>
    void editClips(client, props.clips, (clip) => ({ cmd: 'SET_CLIP', clip_id: clip.id, ...properties }));

  return (
    <>
      <div class="inspector-head">
        <h2 class="inspector-heading">{text('stretch.title')}</h2>
        <button
          type="button"
          class="toggle stretch-switch"
          aria-pressed={isOn()}
          onClick={() => set({ stretch_algo: isOn() ? 'none' : 'bungee' })}
        >
          {text('stretch.on')}
        </button>
      </div>
      <NumberField
        label={text('stretch.ratio')}
        scale={ratioScale}
        value={value(stretchOf)}
        mixed={mixed(stretchOf)}
        {...ratio}
      />
      <Show when={only()}>
        {(clip) => (
          <NumberField
            label={text('stretch.length')}
            scale={stretchedLengthScale(sourceLength(clip()))}
            value={sourceLength(clip()) * stretchOf(clip())}
            {...length}
          />
        )}
      </Show>
      <Show when={fileTempo()}>
        {(bpm) => (
          <NumberField
            label={text('stretch.tempo')}
            scale={playedTempoScale(bpm())}
            value={bpm() / value(stretchOf)}
            mixed={mixed(stretchOf)}
            {...tempo}
          />
        )}
      </Show>
      <NumberField
        label={text('stretch.semitones')}
        scale={semitoneScale}
        value={value(semitonesHeard)}
        mixed={mixed(semitonesHeard)}
        {...semitones}
      />
      <NumberField
        label={text('stretch.cents')}
        scale={centScale}
        value={value(centsHeard)}
        mixed={mixed(centsHeard)}
        {...cents}
      />
      <button
        type="button"
        class="button stretch-reset"
        disabled={isOwn()}
        onClick={() => set({ stretch_algo: 'none', stretch_ratio: 1, pitch_shift: 0 })}
      >
        {text('stretch.reset')}
      </button>
    </>
  );
}
