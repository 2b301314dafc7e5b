// From the tempo of the files to that of the timeline: whose tempo is which, and the button that fits the clips.
import { createMemo, For, type JSX, Show } from 'solid-js';
import { tempoMapOf } from '../../core/tempo.ts';
import { asOneStep } from '../../editor/edits.ts';
import type { AudioClipAtome, AudioFileAtome, TimelineAtome } from '../../protocol/kinds.ts';
import { runAction } from '../actions.ts';
import { useClient } from '../client.ts';
import { rippling } from '../selection.ts';
import { objectOf } from '../session-view.ts';
import { stepName, text } from '../text.ts';
import { FileTempo } from './FileTempo.tsx';
import { firstBeatOf } from './file-tempo.ts';
import { fitCommands, onGrid, setOnGrid } from './fit-commands.ts';
import { knownTempo } from './known-tempo.ts';

export interface FitToTempoProps {
  /** At least one. */
  readonly clips: readonly AudioClipAtome[];
  readonly timeline: TimelineAtome;
}

/** So many are listed; more are searched and fitted by the press of the button. */
const mostListed = 6;

export function FitToTempo(props: FitToTempoProps): JSX.Element {
  const client = useClient();
  const files = createMemo((): AudioFileAtome[] =>
    [...new Set(props.clips.map((clip) => clip.audio_file_id))].flatMap(
      (id) => objectOf(client.state, 'AudioFileAtome', id) ?? [],
    ),
  );
  /** Of the timeline, where each of the clips begins. */
  const tempi = (): ReadonlySet<number> => {
    const map = tempoMapOf(props.timeline);
    return new Set(props.clips.map((clip) => map.bpmAt(map.toBeats(clip.play_position))));
  };
  const label = (): string => {
    const [bpm = 0, ...more] = tempi();
    return more.length > 0 ? text('stretch.fitEach') : text('stretch.fit', { bpm: Number(bpm.toFixed(2)) });
  };
  const isListed = (): boolean => files().length <= mostListed;
  const commands = () =>
    fitCommands(props.clips, (fileId) => knownTempo(client.state, fileId), { onGrid: onGrid(), ripple: rippling() });
  const fit = (): void => {
    if (!isListed()) {
      runAction('clip.fitTempo');
      return;
    }
    const command = asOneStep(commands(), stepName('clip.fitTempo'));
    if (command) void client.run(command);
  };
  const hasBeat = (): boolean =>
    !isListed() || files().some(({ content_hash }) => firstBeatOf(content_hash) !== undefined);

  return (
    <div class="fit-tempo">
      <Show
        when={isListed()}
        fallback={<p class="inspector-note">{text('stretch.manyFiles', { count: files().length })}</p>}
      >
        <div class="fit-tempo-files">
          <For each={files()}>{(file) => <FileTempo file={file} isNamed={files().length > 1} />}</For>
        </div>
      </Show>
      <div class="fit-tempo-buttons">
        <button
          type="button"
          class="toggle fit-tempo-grid"
          aria-pressed={onGrid()}
          disabled={!hasBeat()}
          onClick={() => setOnGrid(!onGrid())}
        >
          {text('stretch.onGrid')}
        </button>
        <button
          type="button"
          class="button button-primary"
          disabled={isListed() && commands().length === 0}
          onClick={fit}
        >
          {label()}
        </button>
      </div>
    </div>
  );
}
