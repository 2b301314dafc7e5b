// The project's sounds and videos, found by name; imports show here while they run.
import Upload from 'lucide-solid/icons/upload';
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import { useClient } from '../client.ts';
import { fuzzyFilter } from '../palette/fuzzy.ts';
import { objectsOf, plainObjectsOf } from '../session-view.ts';
import { text } from '../text.ts';
import { chooseFiles } from './choose-files.ts';
import { FileRow } from './FileRow.tsx';
import { ImportRow } from './ImportRow.tsx';

export function FilesPanel(): JSX.Element {
  const client = useClient();
  const [query, setQuery] = createSignal('');
  const files = createMemo(() =>
    [...objectsOf(client.state, 'AudioFileAtome'), ...objectsOf(client.state, 'MediaFileAtome')].sort((left, right) =>
      left.name.localeCompare(right.name, undefined, { numeric: true }),
    ),
  );
  const found = createMemo(() => fuzzyFilter(query(), files(), (file) => file.name));
  const used = createMemo(
    () =>
      new Set([
        ...[...plainObjectsOf(client.state, 'AudioClipAtome')].map((clip) => clip.audio_file_id),
        ...[...plainObjectsOf(client.state, 'TimelineEventAtome')].map((event) => event.target_atome_id),
      ]),
  );

  return (
    <section class="files-panel" aria-label={text('panel.files')}>
      <div class="panel-tools">
        <input
          type="search"
          class="search-field"
          placeholder={text('files.search')}
          aria-label={text('files.search')}
          value={query()}
          onInput={(event) => setQuery(event.currentTarget.value)}
        />
        <button type="button" class="button" onClick={async () => void client.importFiles(await chooseFiles())}>
          <Upload size={14} /> {text('files.import')}
        </button>
      </div>
      <Show when={client.imports().length > 0}>
        <ul class="import-list" aria-label={text('import.running')}>
          <For each={client.imports()}>{(progress) => <ImportRow progress={progress} />}</For>
        </ul>
      </Show>
      <Show when={found().length > 0} fallback={<p class="panel-empty">{emptyText(query(), files().length)}</p>}>
        <ul class="file-list">
          <For each={found()}>{(file) => <FileRow file={file} used={used().has(file.id)} />}</For>
        </ul>
      </Show>
    </section>
  );
}

const emptyText = (query: string, count: number): string =>
  count === 0 ? text('files.empty') : text('files.notFound', { query });
