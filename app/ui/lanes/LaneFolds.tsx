// The buttons above the lanes' heads that fold and unfold the lanes of time.
import Tempo from 'lucide-solid/icons/chart-line';
import Marker from 'lucide-solid/icons/flag';
import Event from 'lucide-solid/icons/zap';
import { For, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { IconButton } from '../controls/IconButton.tsx';
import { keysTextOf } from '../shortcuts/shortcut-map.ts';
import { text } from '../text.ts';
import { isUnfolded, timeLanes, toggleLane } from './lane-folds.ts';

const icons = { markers: Marker, tempo: Tempo, events: Event } as const;
const labels = { markers: 'lanes.showMarkers', tempo: 'lanes.showTempo', events: 'lanes.showEvents' } as const;

export function LaneFolds(): JSX.Element {
  return (
    <div class="lane-folds" role="toolbar" aria-label={text('lanes.title')}>
      <For each={timeLanes}>
        {(name) => (
          <IconButton
            label={text(labels[name])}
            keys={keysTextOf(`lanes.${name}`)}
            pressed={isUnfolded(name)}
            onClick={() => toggleLane(name)}
          >
            <Dynamic component={icons[name]} size={14} />
          </IconButton>
        )}
      </For>
    </div>
  );
}
