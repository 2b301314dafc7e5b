// The project's widgets, and the buttons that add some.
import { createMemo, For, type JSX, Show } from 'solid-js';
import { useClient } from '../client.ts';
import { FloatingPanel } from '../floating/FloatingPanel.tsx';
import { belowRight, createPanelPlace } from '../floating/panel-place.ts';
import { setWidgetsOpen } from '../layout.ts';
import { objectsOf } from '../session-view.ts';
import { text } from '../text.ts';
import { Widget } from './Widget.tsx';
import './widgets.css';

const size = { width: 320, height: 320 };
const smallest = { width: 240, height: 160 };
const types = ['slider', 'button', 'toggle', 'xy'] as const;

export default function WidgetPanel(): JSX.Element {
  const client = useClient();
  const { place, setPlace } = createPanelPlace('widgetPanel', belowRight(size, 1));
  const widgets = createMemo(() =>
    objectsOf(client.state, 'WidgetAtome').filter(({ project_id }) => project_id === client.state.activeProjectId),
  );
  const shown = createMemo(() => widgets().filter(({ visible }) => visible));
  const hidden = createMemo(() => widgets().filter(({ visible }) => !visible));
  const showHidden = (): void =>
    void client.run({
      cmd: 'BATCH',
      commands: hidden().map(({ id }) => ({ cmd: 'SET_OBJECT', id, properties: { visible: true } })),
    });
  return (
    <FloatingPanel
      title={text('widgets.title')}
      place={place()}
      smallest={smallest}
      onPlace={setPlace}
      onClose={() => setWidgetsOpen(false)}
    >
      <fieldset class="widget-tools">
        <legend class="visually-hidden">{text('widgets.add')}</legend>
        <For each={types}>
          {(type) => (
            <button
              type="button"
              class="button"
              onClick={() => void client.run({ cmd: 'ADD_WIDGET', type, name: text(`widgets.${type}`) })}
            >
              + {text(`widgets.${type}`)}
            </button>
          )}
        </For>
      </fieldset>
      <Show when={widgets().length > 0} fallback={<p class="panel-empty">{text('widgets.empty')}</p>}>
        <ul class="widget-list">
          <For each={shown()}>{(widget) => <Widget widget={widget} />}</For>
        </ul>
        <Show when={hidden().length > 0}>
          <button type="button" class="button widget-hidden" onClick={showHidden}>
            {text('widgets.hidden', { count: hidden().length })}
          </button>
        </Show>
      </Show>
    </FloatingPanel>
  );
}
