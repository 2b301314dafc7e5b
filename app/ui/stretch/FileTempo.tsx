// The tempo of one file: what was found and how sure that is, halved, doubled, typed or tapped.
import X from 'lucide-solid/icons/x';
import { createEffect, For, type JSX, Match, Show, Switch } from 'solid-js';
import { reportOf } from '../../protocol/errors.ts';
import type { AudioFileAtome } from '../../protocol/kinds.ts';
import { useClient } from '../client.ts';
import { IconButton } from '../controls/IconButton.tsx';
import { NumberField } from '../controls/NumberField.tsx';
import { tempoScale } from '../controls/scales.ts';
import { type MessageKey, text } from '../text.ts';
import { TapTempo } from '../transport/tap-tempo.ts';
import { type Beat, beatOf, findShort, findTempo, roundedTempo, tempoOf, tempoSearch } from './file-tempo.ts';
import { bpmScale } from './stretch-scales.ts';

export interface FileTempoProps {
  readonly file: AudioFileAtome;
  /** Several are told apart by name. */
  readonly isNamed: boolean;
}

const beatWords: Readonly<Record<Beat, MessageKey>> = {
  clear: 'stretch.clear',
  unsteady: 'stretch.unsteady',
  none: 'stretch.none',
};

/** Tempi closer than this are shown as one. */
const sameTempo = 0.05;

export function FileTempo(props: FileTempoProps): JSX.Element {
  const client = useClient();
  const hash = (): string => props.file.content_hash;
  const search = () => tempoSearch(hash());
  const found = () => {
    const ended = search();
    return ended?.state === 'done' ? ended : undefined;
  };
  const tempo = (): number | undefined => tempoOf(props.file);
  const isSaid = (): boolean => typeof props.file.bpm === 'number';
  /** What halving and doubling begin at, be it as unsure as it may. */
  const best = (): number | undefined => tempo() ?? found()?.found?.bpm;
  const others = (): number[] => {
    const { bpm, alternatives = [] } = found()?.found ?? {};
    const readings = bpm === undefined ? [] : [bpm, ...alternatives];
    return readings.filter((reading) => Math.abs(reading - (tempo() ?? 0)) > sameTempo);
  };
  const words = (): string => {
    if (isSaid()) return text('stretch.chosen');
    const known = found()?.found ?? null;
    if (!known) return text('stretch.noAttacks');
    return text(beatWords[beatOf(known)], { percent: Math.round(known.confidence * 100) });
  };
  const label = (): string =>
    props.isNamed ? text('stretch.fileTempoOf', { name: props.file.name }) : text('stretch.fileTempo');
  const choose = (bpm: number): void =>
    void client.run({ cmd: 'SET_OBJECT', id: props.file.id, properties: { bpm: roundedTempo(bpm) } });
  const scale = (factor: number): void => {
    const bpm = best();
    if (bpm !== undefined) choose(bpm * factor);
  };
  const allows = (factor: number): boolean => {
    const bpm = (best() ?? 0) * factor;
    return bpm >= tempoScale.minimum && bpm <= tempoScale.maximum;
  };
  const find = (): void => {
    findTempo(client.waveforms, hash()).catch((thrown: unknown) => {
      const report = reportOf(thrown, 'ERR_WORKER');
      if (report.name !== 'ERR_ANALYSIS_CANCELLED') client.report(report);
    });
  };
  createEffect(() => findShort(client.waveforms, hash(), props.file.duration));
  const taps = new TapTempo();
  const tap = (): void => {
    const bpm = taps.tap(performance.now());
    if (bpm !== undefined) choose(bpm);
  };

  return (
    <div class="file-tempo">
      <NumberField
        label={label()}
        scale={bpmScale}
        value={best() ?? bpmScale.initial}
        mixed={tempo() === undefined ? '—' : undefined}
        onCommit={choose}
      />
      <div class="file-tempo-buttons">
        <button
          type="button"
          class="button"
          aria-label={text('stretch.halve')}
          title={text('stretch.halve')}
          disabled={!allows(0.5)}
          onClick={() => scale(0.5)}
        >
          ÷ 2
        </button>
        <button
          type="button"
          class="button"
          aria-label={text('stretch.double')}
          title={text('stretch.double')}
          disabled={!allows(2)}
          onClick={() => scale(2)}
        >
          × 2
        </button>
        <button type="button" class="button" onPointerDown={tap} onClick={(event) => event.detail === 0 && tap()}>
          {text('stretch.tap')}
        </button>
      </div>
      <Switch
        fallback={
          <button type="button" class="button" onClick={find}>
            {text('stretch.find')}
          </button>
        }
      >
        <Match when={search()?.state === 'running'}>
          <p class="file-tempo-words">
            {text('stretch.searching')}
            <IconButton label={text('dialog.cancel')} onClick={() => void client.waveforms.cancelOnsets(hash())}>
              <X size={14} />
            </IconButton>
          </p>
        </Match>
        <Match when={found() || isSaid()}>
          <p
            class="file-tempo-words"
            aria-live="polite"
            data-beat={isSaid() ? undefined : beatOf(found()?.found ?? null)}
          >
            {words()}
          </p>
        </Match>
      </Switch>
      <Show when={others().length > 0}>
        <fieldset class="file-tempo-others">
          <legend>{text('stretch.alternatives')}</legend>
          <For each={others()}>
            {(bpm) => (
              <button type="button" class="button" onClick={() => choose(bpm)}>
                {bpm.toFixed(1)}
              </button>
            )}
          </For>
        </fieldset>
      </Show>
    </div>
  );
}
