// Writes the mix to a WAV file: format, rate and range, then progress with its speed, and a way to stop it.
import { createSignal, type JSX, onCleanup, Show } from 'solid-js';
import { reportOf } from '../../protocol/errors.ts';
import { type ExportFormat, type ExportProgress, useClient } from '../client.ts';
import { Progress } from '../controls/Progress.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import { lengthText } from '../controls/time-text.ts';
import { closeDialog } from '../layout.ts';
import { activeTempoMap, activeTimeline } from '../session-view.ts';
import { text } from '../text.ts';
import { Dialog } from './Dialog.tsx';

const rates = ['44100', '48000', '96000'] as const;

export default function ExportDialog(): JSX.Element {
  const client = useClient();
  const [format, setFormat] = createSignal<ExportFormat>('I24');
  const [rate, setRate] = createSignal<(typeof rates)[number]>('48000');
  const [range, setRange] = createSignal<'whole' | 'loop'>('whole');
  const [progress, setProgress] = createSignal<ExportProgress | undefined>();
  const abort = new AbortController();
  onCleanup(() => abort.abort());

  const loop = (): { from: number; to: number } | undefined => {
    const range = activeTimeline(client.state)?.loop;
    const map = activeTempoMap(client.state);
    return range && map ? { from: map.toSeconds(range.start), to: map.toSeconds(range.end) } : undefined;
  };

  async function start(): Promise<void> {
    const timeline = activeTimeline(client.state);
    if (!timeline) return;
    setProgress({ fraction: 0, speed: 0 });
    try {
      const chosen = range() === 'loop' ? loop() : undefined;
      await client.exportMix(timeline.id, format(), Number(rate()), setProgress, abort.signal, chosen);
      // Given up, it has been closed before, and another one may be open by now.
      if (!abort.signal.aborted) closeDialog();
    } catch (error) {
      const report = reportOf(error, 'ERR_EXPORT');
      if (report.name !== 'ERR_EXPORT_CANCELLED') client.report(report);
      setProgress(undefined);
    }
  }

  return (
    <Dialog title={text('export.title')}>
      <Show
        when={progress()}
        fallback={
          <>
            <Segmented
              label={text('export.format')}
              value={format()}
              onChange={setFormat}
              options={[
                { value: 'I16', label: '16 bit' },
                { value: 'I24', label: '24 bit' },
                { value: 'F32', label: text('export.float') },
              ]}
            />
            <Segmented
              label={text('export.rate')}
              value={rate()}
              onChange={setRate}
              options={rates.map((value) => ({ value, label: `${Number(value) / 1000} kHz` }))}
            />
            <Show when={loop()}>
              {(marked) => (
                <Segmented
                  label={text('export.range')}
                  value={range()}
                  onChange={setRange}
                  options={[
                    { value: 'whole', label: text('export.whole') },
                    { value: 'loop', label: `${text('export.loop')} (${lengthText(marked().to - marked().from)})` },
                  ]}
                />
              )}
            </Show>
            <div class="dialog-actions">
              <button type="button" class="button" onClick={closeDialog}>
                {text('dialog.cancel')}
              </button>
              <button type="button" class="button button-primary" onClick={() => void start()}>
                {text('export.start')}
              </button>
            </div>
          </>
        }
      >
        {(shown) => (
          <>
            <p class="dialog-note">
              {text('export.progress', {
                percent: Math.round(shown().fraction * 100),
                speed: shown().speed.toFixed(0),
              })}
            </p>
            <Progress label={text('export.title')} fraction={shown().fraction} />
            <div class="dialog-actions">
              <button type="button" class="button" onClick={closeDialog}>
                {text('export.cancel')}
              </button>
            </div>
          </>
        )}
      </Show>
    </Dialog>
  );
}
