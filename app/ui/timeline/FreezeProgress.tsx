// How far freezing has come, over the timeline it happens in, and the button that ends it.
import X from 'lucide-solid/icons/x';
import { type JSX, Show } from 'solid-js';
import { IconButton } from '../controls/IconButton.tsx';
import { Progress } from '../controls/Progress.tsx';
import { text } from '../text.ts';
import { freezing } from './freeze-actions.ts';

export function FreezeProgress(props: { readonly timelineId: string }): JSX.Element {
  const shown = () => (freezing()?.timelineId === props.timelineId ? freezing() : undefined);
  return (
    <Show when={shown()}>
      {(at) => (
        <div class="freeze-progress">
          <span>
            {text('clip.freezing')} {Math.round(at().fraction * 100)} %
          </span>
          <IconButton label={text('dialog.cancel')} onClick={() => at().cancel()}>
            <X size={14} />
          </IconButton>
          <Progress label={text('clip.freezing')} fraction={at().fraction} />
        </div>
      )}
    </Show>
  );
}
