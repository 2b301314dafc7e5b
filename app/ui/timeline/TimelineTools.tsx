// The buttons above the lane heads: snapping, ripple, following, zoom; and the stretch tool while it is in the hand.

import Ripple from 'lucide-solid/icons/arrow-left-to-line';
import Down from 'lucide-solid/icons/chevron-down';
import Follow from 'lucide-solid/icons/chevrons-right';
import Magnet from 'lucide-solid/icons/magnet';
import Fit from 'lucide-solid/icons/move-horizontal';
import Stretch from 'lucide-solid/icons/unfold-horizontal';
import ZoomIn from 'lucide-solid/icons/zoom-in';
import ZoomOut from 'lucide-solid/icons/zoom-out';
import { For, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { Point } from '../../editor/gestures/navigate.ts';
import { runAction } from '../actions.ts';
import { IconButton } from '../controls/IconButton.tsx';
import { followPlayhead, rippling, snapEnabled, stretching } from '../selection.ts';
import { keysTextOf } from '../shortcuts/shortcut-map.ts';
import { text } from '../text.ts';

const tools = [
  { id: 'view.snap', icon: Magnet, pressed: snapEnabled },
  { id: 'view.ripple', icon: Ripple, pressed: rippling },
  { id: 'view.follow', icon: Follow, pressed: followPlayhead, desk: true },
  { id: 'view.zoomOut', icon: ZoomOut, desk: true },
  { id: 'view.zoomIn', icon: ZoomIn, desk: true },
  { id: 'view.zoomFit', icon: Fit },
] as const;

/** @param props.openSnapMenu with what there is to snap to, at a point of the page. */
export function TimelineTools(props: { readonly openSnapMenu: (at: Point) => void }): JSX.Element {
  let bar: HTMLDivElement | undefined;
  const openSnapMenu = (): void => {
    const box = bar?.getBoundingClientRect();
    if (box) props.openSnapMenu({ x: box.left, y: box.bottom });
  };
  return (
    <div
      ref={(element) => {
        bar = element;
      }}
      class="timeline-tools"
      role="toolbar"
      aria-label={text('view.tools')}
    >
      <For each={tools}>
        {(tool) => (
          <>
            <IconButton
              class={'desk' in tool ? 'desk-only' : tool.id === 'view.ripple' ? 'timeline-ripple' : 'timeline-tool'}
              label={text(tool.id)}
              keys={keysTextOf(tool.id)}
              pressed={'pressed' in tool ? tool.pressed() : undefined}
              onClick={() => runAction(tool.id)}
            >
              <Dynamic component={tool.icon} size={16} />
            </IconButton>
            <Show when={tool.id === 'view.snap'}>
              <IconButton class="timeline-snap-menu" label={text('view.snapTo')} onClick={openSnapMenu}>
                <Down size={12} />
              </IconButton>
            </Show>
          </>
        )}
      </For>
      <Show when={stretching()}>
        <IconButton
          class="timeline-stretch"
          label={text('view.stretchTool')}
          keys={keysTextOf('view.stretchTool')}
          pressed={true}
          onClick={() => runAction('view.stretchTool')}
        >
          <Stretch size={16} />
        </IconButton>
      </Show>
    </div>
  );
}
