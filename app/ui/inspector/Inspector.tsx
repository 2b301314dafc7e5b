// The right panel: what is selected.
import { createMemo, type JSX, Show } from 'solid-js';
import type { AudioClipAtome } from '../../protocol/kinds.ts';
import { useClient } from '../client.ts';
import { selectedIds } from '../selection.ts';
import { activeTimeline, objectOf } from '../session-view.ts';
import { text } from '../text.ts';
import { ClipInspector } from './ClipInspector.tsx';
import { SelectionHints } from './SelectionHints.tsx';

export function Inspector(): JSX.Element {
  const client = useClient();
  const clips = createMemo(() =>
    [...selectedIds()]
      .map((id) => objectOf(client.state, 'AudioClipAtome', id))
      .filter((clip): clip is AudioClipAtome => clip !== undefined),
  );
  const timeline = () => (clips().length > 0 ? activeTimeline(client.state) : undefined);
  const file = () => {
    const [first] = clips();
    return clips().length === 1 ? objectOf(client.state, 'AudioFileAtome', first?.audio_file_id) : undefined;
  };
  return (
    <section class="inspector" aria-label={text('panel.inspector')}>
      <Show when={timeline()} fallback={<SelectionHints />}>
        {(shown) => <ClipInspector clips={clips()} timeline={shown()} file={file()} />}
      </Show>
    </section>
  );
}
