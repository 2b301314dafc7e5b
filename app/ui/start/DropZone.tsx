// The whole page takes files: it lights up while some are held over it, and imports what falls anywhere, onto the
// timeline unless it fell on the list of files. The timeline itself shows where a drop falls.
import Download from 'lucide-solid/icons/download';
import { createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { useClient } from '../client.ts';
import { importToTimeline } from '../files/add-to-timeline.ts';
import { text } from '../text.ts';

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;

export function DropZone(): JSX.Element {
  const client = useClient();
  const [over, setOver] = createSignal(false);

  onMount(() => {
    const listeners = new AbortController();
    const { signal } = listeners;
    const enter = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(!(event.target instanceof Element && event.target.closest('.timeline-area') !== null));
    };
    window.addEventListener('dragenter', enter, { signal });
    window.addEventListener('dragover', enter, { signal });
    window.addEventListener(
      'dragleave',
      (event) => {
        if (event.relatedTarget === null) setOver(false);
      },
      { signal },
    );
    // The capture comes before a view that takes the drop itself, so the light always goes out.
    window.addEventListener('drop', () => setOver(false), { signal, capture: true });
    window.addEventListener(
      'drop',
      (event) => {
        if (event.defaultPrevented || !carriesFiles(event)) return;
        event.preventDefault();
        const files = [...(event.dataTransfer?.files ?? [])];
        const ontoList = event.target instanceof Element && event.target.closest('.panel-left') !== null;
        void (ontoList ? client.importFiles(files) : importToTimeline(client, files));
      },
      { signal },
    );
    onCleanup(() => listeners.abort());
  });

  return (
    <Show when={over()}>
      <div class="drop-zone" aria-hidden="true">
        <div class="drop-zone-sign">
          <Download size={28} />
          <span>{text('start.drop')}</span>
        </div>
      </div>
    </Show>
  );
}
