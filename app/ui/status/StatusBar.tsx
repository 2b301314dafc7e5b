// The small print that is always in sight: engine, latency, load, disk, network and whether everything is saved.
import { type JSX, Show } from 'solid-js';
import { useClient } from '../client.ts';
import { rateText, sizeText } from '../controls/size-text.ts';
import { setDialog } from '../layout.ts';
import { text } from '../text.ts';
import { createStorageLeft } from './storage-left.ts';

const milliseconds = (seconds: number): string => `${(seconds * 1000).toFixed(1)} ms`;

export function StatusBar(): JSX.Element {
  const client = useClient();
  const status = () => client.engineStatus();
  const storageLeft = createStorageLeft();
  const latency = (): number => status().baseLatency + status().outputLatency;
  const saved = (): boolean => client.state.meta.savedRevisionId >= client.state.meta.revisionId;

  return (
    <footer class="status-bar">
      <button
        type="button"
        class="status-engine"
        title={text('status.diagnosis')}
        onClick={() => setDialog('diagnosis')}
      >
        <span>{status().backend === 'wasm' ? text('status.wasm') : text('status.webaudio')}</span>
        <span>{rateText(status().sampleRate)}</span>
        <span>
          {status().contextState === 'running'
            ? text('status.latency', { time: milliseconds(latency()) })
            : text('status.silent')}
        </span>
        <span data-level={status().load > 0.7 ? 'warning' : undefined}>
          {text('status.load', { percent: Math.round(status().load * 100) })}
        </span>
        <span data-level={status().underruns > 0 ? 'warning' : undefined}>
          {text('status.underruns', { count: status().underruns })}
        </span>
        <Show when={status().starvedFrames > 0}>
          <span data-level="warning">{text('status.starved', { count: status().starvedFrames })}</span>
        </Show>
      </button>
      <Show when={client.soundElsewhere()}>
        <span>{text('otherTab.sound')}</span>
        <button type="button" class="status-action" onClick={() => client.takeOver()}>
          {text('otherTab.takeOver')}
        </button>
      </Show>
      <span class="status-space" />
      <Show when={client.state.meta.mode === 'SAFE_MODE'}>
        <span data-level="warning">{text('status.safeMode')}</span>
      </Show>
      <Show when={client.updateReady()}>
        <button type="button" class="status-action" onClick={() => client.applyUpdate()}>
          {text('status.update')}
        </button>
      </Show>
      <Show when={client.installable()}>
        <button type="button" class="status-action" onClick={() => void client.install()}>
          {text('status.install')}
        </button>
      </Show>
      <Show when={storageLeft() !== undefined}>
        <span data-level={(storageLeft() ?? 0) < 200e6 ? 'warning' : undefined}>
          {text('status.free', { size: sizeText(storageLeft() ?? 0) })}
        </span>
      </Show>
      <span>{client.online() ? text('status.online') : text('status.offline')}</span>
      <output class="status-saved" data-saved={saved() ? '' : undefined}>
        {saved() ? text('status.saved') : text('status.saving')}
      </output>
    </footer>
  );
}
