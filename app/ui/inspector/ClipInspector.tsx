// What the selected clips are and sound like, each of it editable, for one clip or many at once.
import { type JSX, lazy, Show, Suspense } from 'solid-js';
import { ownFades } from '../../core/fades.ts';
import { stretchOf } from '../../core/stretched-frames.ts';
import { tempoMapOf } from '../../core/tempo.ts';
import { shortestClip } from '../../editor/gestures/trim-clips.ts';
import type { EditCommand } from '../../protocol/commands.ts';
import type { AudioClipAtome, AudioFileAtome, TimelineAtome } from '../../protocol/kinds.ts';
import { useClient } from '../client.ts';
import { Knob } from '../controls/Knob.tsx';
import { createLiveEdit, type LiveEdit } from '../controls/live-edit.ts';
import { NameField } from '../controls/NameField.tsx';
import { NumberField } from '../controls/NumberField.tsx';
import { durationScale, gainOfLevel, levelOfGain, levelScale, panScale, type ValueScale } from '../controls/scales.ts';
import { clockText } from '../controls/time-text.ts';
import { stepName, text } from '../text.ts';
import { ColorChoice } from './ColorChoice.tsx';
import { editClips, shared } from './clip-edits.ts';
import { FileFacts } from './FileFacts.tsx';
import { positionScale } from './position-scale.ts';

/** Loaded when a clip is selected, so that the page starts without them. */
const FollowActions = lazy(async () => ({ default: (await import('../follow/FollowActions.tsx')).FollowActions }));
const StretchInspector = lazy(async () => ({
  default: (await import('../stretch/StretchInspector.tsx')).StretchInspector,
}));
const VersionHistory = lazy(async () => ({ default: (await import('../versions/VersionHistory.tsx')).VersionHistory }));

const gainScale = levelScale(24);
const mixedText = '—';

export interface ClipInspectorProps {
  /** At least one. */
  readonly clips: readonly AudioClipAtome[];
  readonly timeline: TimelineAtome;
  /** The file of the clip, where it is one clip. */
  readonly file: AudioFileAtome | undefined;
}

type ClipNumber = (clip: AudioClipAtome) => number;
type SetClip = Omit<Extract<EditCommand, { cmd: 'SET_CLIP' }>, 'cmd' | 'clip_id'>;

export function ClipInspector(props: ClipInspectorProps): JSX.Element {
  const client = useClient();
  const edit = (commandOf: (clip: AudioClipAtome) => EditCommand): void =>
    void editClips(client, props.clips, commandOf);
  const set = (properties: SetClip): void => edit((clip) => ({ cmd: 'SET_CLIP', clip_id: clip.id, ...properties }));
  const number = (read: ClipNumber): number => shared(props.clips, read)?.value ?? 0;
  const mixed = (read: ClipNumber): string | undefined => (shared(props.clips, read)?.mixed ? mixedText : undefined);
  const color = () => shared(props.clips, (clip) => clip.color);
  const name = () => shared(props.clips, (clip) => clip.name);
  const live = (change: (value: number) => SetClip): LiveEdit =>
    createLiveEdit(client, stepName('inspector.editStep'), () => {
      const ids = props.clips.map((clip) => clip.id);
      return (value) => ids.map((clip_id) => ({ cmd: 'SET_CLIP', clip_id, ...change(value) }));
    });
  const gain = live((level) => ({ gain: gainOfLevel(level) }));
  const pan = live((value) => ({ pan: Math.round(value * 100) / 100 }));
  const every = (property: 'muted' | 'solo'): boolean => props.clips.every((clip) => clip[property]);
  const map = () => tempoMapOf(props.timeline);
  const shortest = (): number =>
    Math.min(...props.clips.map((clip) => (clip.end_offset - clip.start_offset) * stretchOf(clip)));
  const duration = (): number => props.file?.duration ?? 3600;
  /** Places in the file; typed ones have to leave something of the clip. */
  const offsetScale = (minimum: number, maximum: number, isLeft: (offset: number) => boolean): ValueScale => {
    const scale = durationScale(duration());
    const parse = (typed: string): number | undefined => {
      const offset = scale.parse(typed);
      return offset !== undefined && isLeft(offset) ? offset : undefined;
    };
    return { ...scale, minimum, maximum, parse, print: clockText };
  };
  const startScale = (): ValueScale => {
    const latest = Math.max(0, number((clip) => clip.end_offset) - shortestClip);
    return offsetScale(0, latest, (offset) => offset <= latest);
  };
  const endScale = (): ValueScale => {
    const earliest = Math.min(duration(), number((clip) => clip.start_offset) + shortestClip);
    return offsetScale(earliest, duration(), (offset) => offset >= earliest);
  };
  const move = (position: number): void =>
    edit((clip) => ({ cmd: 'MOVE_CLIP', clip_id: clip.id, play_position: position }));

  return (
    <>
      <NameField
        class="inspector-name"
        label={text('inspector.name')}
        value={name()?.mixed ? '' : (name()?.value ?? '')}
        placeholder={name()?.mixed ? text('inspector.several', { count: props.clips.length }) : undefined}
        onCommit={(chosen) => set({ name: chosen })}
      />
      <ColorChoice value={color()?.mixed ? undefined : color()?.value} onChange={(chosen) => set({ color: chosen })} />
      <div class="inspector-knobs">
        <Knob
          label={text('inspector.gain')}
          scale={gainScale}
          value={levelOfGain(number((clip) => clip.gain))}
          mixed={mixed((clip) => clip.gain)}
          {...gain}
        />
        <Knob
          label={text('inspector.pan')}
          scale={panScale}
          origin={0.5}
          value={number((clip) => clip.pan)}
          mixed={mixed((clip) => clip.pan)}
          {...pan}
        />
        <div class="inspector-switches">
          <button
            type="button"
            class="toggle toggle-mute"
            aria-pressed={every('muted')}
            onClick={() => set({ muted: !every('muted') })}
          >
            {text('inspector.mute')}
          </button>
          <button
            type="button"
            class="toggle toggle-solo"
            aria-pressed={every('solo')}
            onClick={() => set({ solo: !every('solo') })}
          >
            {text('inspector.solo')}
          </button>
        </div>
      </div>
      <h2 class="inspector-heading">{text('inspector.place')}</h2>
      <Show when={props.clips.length === 1} fallback={<p class="inspector-note">{text('inspector.placeOfSeveral')}</p>}>
        <NumberField
          label={text('inspector.bars')}
          scale={positionScale(map(), 'bars')}
          value={number((clip) => clip.play_position)}
          onCommit={move}
        />
        <NumberField
          label={text('inspector.time')}
          scale={positionScale(map(), 'time')}
          value={number((clip) => clip.play_position)}
          onCommit={move}
        />
        <NumberField
          label={text('inspector.startOffset')}
          scale={startScale()}
          value={number((clip) => clip.start_offset)}
          onCommit={(offset) => edit((clip) => ({ cmd: 'TRIM_CLIP', clip_id: clip.id, start_offset: offset }))}
        />
        <NumberField
          label={text('inspector.endOffset')}
          scale={endScale()}
          value={number((clip) => clip.end_offset)}
          onCommit={(offset) => edit((clip) => ({ cmd: 'TRIM_CLIP', clip_id: clip.id, end_offset: offset }))}
        />
      </Show>
      <Suspense>
        <StretchInspector clips={props.clips} timeline={props.timeline} />
      </Suspense>
      <h2 class="inspector-heading">{text('inspector.fades')}</h2>
      <NumberField
        label={text('inspector.fadeIn')}
        scale={durationScale(shortest())}
        value={number((clip) => ownFades(clip).fade_in)}
        mixed={mixed((clip) => ownFades(clip).fade_in)}
        onCommit={(seconds) => set({ fade_in: seconds })}
      />
      <NumberField
        label={text('inspector.fadeOut')}
        scale={durationScale(shortest())}
        value={number((clip) => ownFades(clip).fade_out)}
        mixed={mixed((clip) => ownFades(clip).fade_out)}
        onCommit={(seconds) => set({ fade_out: seconds })}
      />
      <Show when={props.clips.length === 1 && props.clips[0]}>
        {(clip) => (
          <Suspense>
            <FollowActions scope="clip" targetId={clip().id} timelineId={props.timeline.id} />
          </Suspense>
        )}
      </Show>
      <Show when={props.file}>{(file) => <FileFacts file={file()} />}</Show>
      <Show when={props.clips.length === 1 && props.clips[0]}>
        {(clip) => (
          <Suspense>
            <VersionHistory objectId={clip().id} />
          </Suspense>
        )}
      </Show>
    </>
  );
}
