// What the engine is doing now, the timelines with their positions, and the end of the log.
import { createResource, createSignal, For, type JSX, onCleanup, Show } from 'solid-js';
import type { LogEntry } from '../../protocol/log.ts';
import { type AtomeClient, useClient } from '../client.ts';
import { rateText, sizeText } from '../controls/size-text.ts';
import { clockText } from '../controls/time-text.ts';
import { objectsOf } from '../session-view.ts';
import { text } from '../text.ts';
import { Dialog } from './Dialog.tsx';

const refresh = 500;
const tail = 80;

export default function DiagnosisDialog(): JSX.Element {
  const client = useClient();
  const [now, setNow] = createSignal(0);
  const timer = setInterval(() => setNow((before) => before + 1), refresh);
  onCleanup(() => clearInterval(timer));
  const [logs] = createResource(now, () => client.logs());

  return (
    <Dialog title={text('diagnosis.title')} class="dialog-wide">
      <dl class="facts facts-wide">
        <For each={engineFacts(client)}>
          {([name, value]) => (
            <>
              <dt>{name}</dt>
              <dd>{value()}</dd>
            </>
          )}
        </For>
      </dl>
      <h3 class="inspector-heading">{text('diagnosis.timelines')}</h3>
      <table class="diagnosis-table">
        <thead>
          <tr>
            <th scope="col">{text('inspector.name')}</th>
            <th scope="col">{text('diagnosis.state')}</th>
            <th scope="col">{text('inspector.time')}</th>
            <th scope="col">{text('diagnosis.clips')}</th>
          </tr>
        </thead>
        <tbody>
          <For each={timelineFacts(client, now())}>
            {(timeline) => (
              <tr>
                <td>{timeline.name}</td>
                <td>{timeline.playing ? text('diagnosis.playing') : text('diagnosis.stopped')}</td>
                <td>{clockText(timeline.seconds)}</td>
                <td>{timeline.clips}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
      <h3 class="inspector-heading">{text('diagnosis.log')}</h3>
      <Show when={logs.latest}>
        {(entries) => (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
          <ol class="log" tabIndex={0} aria-label={text('diagnosis.log')}>
            <For each={entries().slice(-tail).reverse()}>
              {(entry) => <li data-level={entry.level}>{logLine(entry)}</li>}
            </For>
          </ol>
        )}
      </Show>
      <div class="dialog-actions">
        <button type="button" class="button" onClick={() => void client.downloadLogs()}>
          {text('diagnosis.download')}
        </button>
      </div>
    </Dialog>
  );
}

function engineFacts(client: AtomeClient): readonly (readonly [string, () => string])[] {
  const status = () => client.engineStatus();
  const milliseconds = (seconds: number): string => `${(seconds * 1000).toFixed(1)} ms`;
  return [
    [text('diagnosis.backend'), () => `${status().backend}, ${status().contextState}`],
    [text('diagnosis.rate'), () => rateText(status().sampleRate)],
    [
      text('diagnosis.latency'),
      () => `${milliseconds(status().baseLatency)} + ${milliseconds(status().outputLatency)}`,
    ],
    [text('diagnosis.load'), () => `${(status().load * 100).toFixed(1)} %`],
    [text('diagnosis.underruns'), () => String(status().underruns)],
    [text('diagnosis.starved'), () => String(status().starvedFrames)],
    [text('diagnosis.pages'), () => `${status().pagesResident} / ${status().pagesTotal}`],
    [text('diagnosis.voices'), () => String(status().activeVoices)],
    [text('diagnosis.memory'), () => sizeText(status().memoryBytes)],
    [text('diagnosis.clock'), () => String(status().masterFrame)],
    [text('diagnosis.revision'), () => `${client.state.meta.revisionId} / ${client.state.meta.savedRevisionId}`],
    [text('diagnosis.version'), () => client.state.meta.version],
  ];
}

/** `_now` makes the caller ask again: positions are no signals. */
function timelineFacts(client: AtomeClient, _now: number) {
  const clips = objectsOf(client.state, 'AudioClipAtome');
  return objectsOf(client.state, 'TimelineAtome').map((timeline) => ({
    name: timeline.name,
    ...client.features.position(timeline.id),
    clips: clips.filter((clip) => clip.timeline_id === timeline.id).length,
  }));
}

const logLine = ({ time, level, part, message }: LogEntry): string =>
  `${new Date(time).toISOString().slice(11, 23)} ${level} ${part}: ${message}`;
