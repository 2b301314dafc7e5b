// Every value that a property of the selected object ever had, each a press away.
import { createResource, createSignal, For, type JSX, Show } from 'solid-js';
import { useClient } from '../client.ts';
import { dateLocale, propertyText, text } from '../text.ts';
import './versions.css';
import { editableProperties, type VersionEntry, valueText, versionEntries } from './version-list.ts';

export function VersionHistory(props: { readonly objectId: string }): JSX.Element {
  const client = useClient();
  const [isOpen, setOpen] = createSignal(false);
  const object = () => client.state.objects[props.objectId];
  const properties = (): string[] => {
    const shown = object();
    return shown ? editableProperties(shown) : [];
  };
  const [chosen, setChosen] = createSignal<string>();
  const property = (): string => {
    const wanted = chosen();
    return wanted !== undefined && properties().includes(wanted) ? wanted : (properties()[0] ?? '');
  };
  const current = (): unknown => (object() as Readonly<Record<string, unknown>> | undefined)?.[property()];
  const asked = () => (isOpen() ? { id: props.objectId, property: property(), now: JSON.stringify(current()) } : null);
  const [versions] = createResource(asked, async ({ id, property: name }) =>
    versionEntries(await client.history(id, name)),
  );
  const nameOf = (id: string): string | undefined => {
    const named = client.state.objects[id];
    return named && 'name' in named ? named.name : undefined;
  };
  const restore = ({ value }: VersionEntry): void =>
    void client.run({ cmd: 'SET_OBJECT', id: props.objectId, properties: { [property()]: value } });

  return (
    <details class="versions" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary class="inspector-heading">{text('versions.title')}</summary>
      <Show when={isOpen()}>
        <div class="versions-choice">
          <span aria-hidden="true">{text('versions.of')}</span>
          <select aria-label={text('versions.of')} onChange={(event) => setChosen(event.currentTarget.value)}>
            <For each={properties()}>
              {(name) => (
                <option value={name} selected={name === property()}>
                  {propertyText(name)}
                </option>
              )}
            </For>
          </select>
        </div>
        <ol class="versions-list" aria-label={text('versions.title')}>
          <For each={versions.latest}>
            {(entry) => (
              <li class="version" aria-current={entry.current ? 'true' : undefined}>
                <span class="version-value">{valueText(property(), entry.absent ? null : entry.value, nameOf)}</span>
                <span class="version-when">
                  {new Date(entry.time).toLocaleString(dateLocale(), { dateStyle: 'short', timeStyle: 'medium' })}
                  <Show when={entry.author !== client.userId}> · {text('versions.byOther')}</Show>
                </span>
                <Show
                  when={!entry.current && !entry.absent}
                  fallback={<span class="version-now">{entry.current ? text('versions.now') : ''}</span>}
                >
                  <button type="button" class="button" onClick={() => restore(entry)}>
                    {text('versions.restore')}
                  </button>
                </Show>
              </li>
            )}
          </For>
        </ol>
      </Show>
    </details>
  );
}
