// The first sight of an empty project: what this is for in a sentence, a picture, and two things to do.
import FolderOpen from 'lucide-solid/icons/folder-open';
import Sparkles from 'lucide-solid/icons/sparkles';
import { createSignal, For, type JSX, Show } from 'solid-js';
import { useClient } from '../client.ts';
import { importToTimeline } from '../files/add-to-timeline.ts';
import { chooseFiles } from '../files/choose-files.ts';
import { ImportRow } from '../files/ImportRow.tsx';
import { text } from '../text.ts';
import { WavePicture } from './WavePicture.tsx';

export function EmptyState(): JSX.Element {
  const client = useClient();
  const [making, setMaking] = createSignal(false);

  async function makeDemo(): Promise<void> {
    setMaking(true);
    try {
      await client.createDemo();
    } finally {
      setMaking(false);
    }
  }

  return (
    <section class="empty-state" aria-labelledby="empty-title">
      <WavePicture />
      <h2 id="empty-title" class="empty-title">
        {text('start.title')}
      </h2>
      <p class="empty-text">{text('start.sentence')}</p>
      <div class="empty-choices">
        <button
          type="button"
          class="button button-primary button-large"
          onClick={async () => importToTimeline(client, await chooseFiles())}
        >
          <FolderOpen size={18} /> {text('start.choose')}
        </button>
        <button type="button" class="button button-large" disabled={making()} onClick={() => void makeDemo()}>
          <Sparkles size={18} /> {making() ? text('start.makingDemo') : text('start.demo')}
        </button>
      </div>
      <Show when={client.imports().length > 0}>
        <ul class="import-list empty-imports" aria-label={text('import.running')}>
          <For each={client.imports()}>{(progress) => <ImportRow progress={progress} />}</For>
        </ul>
      </Show>
      <p class="empty-small">{text('start.private')}</p>
    </section>
  );
}
