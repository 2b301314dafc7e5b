// What fingers do most with the selected clips, within the thumb's reach.
import Copy from 'lucide-solid/icons/copy';
import More from 'lucide-solid/icons/ellipsis';
import Split from 'lucide-solid/icons/scissors';
import Trash from 'lucide-solid/icons/trash';
import Stretch from 'lucide-solid/icons/unfold-horizontal';
import X from 'lucide-solid/icons/x';
import { For, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { Point } from '../../editor/gestures/navigate.ts';
import { runAction } from '../actions.ts';
import { IconButton } from '../controls/IconButton.tsx';
import { selectedIds, stretching } from '../selection.ts';
import { text } from '../text.ts';

const offered = [
  { id: 'clip.split', icon: Split },
  { id: 'view.stretchTool', icon: Stretch, pressed: stretching },
  { id: 'clip.duplicate', icon: Copy },
  { id: 'clip.delete', icon: Trash },
] as const;

/** @param props.openMenu with everything else, at a point of the page. */
export function SelectionBar(props: { readonly openMenu: (at: Point) => void }): JSX.Element {
  let bar: HTMLDivElement | undefined;
  return (
    <Show when={selectedIds().size > 0}>
      <div
        ref={(element) => {
          bar = element;
        }}
        class="selection-bar"
        role="toolbar"
        aria-label={text('panel.inspector')}
      >
        <IconButton label={text('clip.deselect')} onClick={() => runAction('clip.deselect')}>
          <X size={20} />
        </IconButton>
        <For each={offered}>
          {(action) => (
            <IconButton
              label={text(action.id)}
              pressed={'pressed' in action ? action.pressed() : undefined}
              onClick={() => runAction(action.id)}
            >
              <Dynamic component={action.icon} size={20} />
            </IconButton>
          )}
        </For>
        <IconButton
          label={text('clip.menu')}
          onClick={() => {
            const box = bar?.getBoundingClientRect();
            if (box) props.openMenu({ x: box.right, y: box.top });
          }}
        >
          <More size={20} />
        </IconButton>
      </div>
    </Show>
  );
}
