// The buttons above the lane heads: snapping, following, zoom.
import Follow from 'lucide-solid/icons/chevrons-right';
import Magnet from 'lucide-solid/icons/magnet';
import Fit from 'lucide-solid/icons/move-horizontal';
import ZoomIn from 'lucide-solid/icons/zoom-in';
import ZoomOut from 'lucide-solid/icons/zoom-out';
import { For, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { runAction } from '../actions.ts';
import { IconButton } from '../controls/IconButton.tsx';
import { followPlayhead, snapEnabled } from '../selection.ts';
import { keysTextOf } from '../shortcuts/shortcut-map.ts';
import { text } from '../text.ts';

const tools = [
  { id: 'view.snap', icon: Magnet, pressed: snapEnabled },
  { id: 'view.follow', icon: Follow, pressed: followPlayhead, desk: true },
  { id: 'view.zoomOut', icon: ZoomOut, desk: true },
  { id: 'view.zoomIn', icon: ZoomIn, desk: true },
  { id: 'view.zoomFit', icon: Fit },
] as const;

export function TimelineTools(): JSX.Element {
  return (
    <div class="timeline-tools" role="toolbar" aria-label={text('view.tools')}>
      <For each={tools}>
        {(tool) => (
          <IconButton
            class={'desk' in tool ? 'desk-only' : 'timeline-tool'}
            label={text(tool.id)}
            keys={keysTextOf(tool.id)}
            pressed={'pressed' in tool ? tool.pressed() : undefined}
            onClick={() => runAction(tool.id)}
          >
            <Dynamic component={tool.icon} size={16} />
          </IconButton>
        )}
      </For>
    </div>
  );
}
