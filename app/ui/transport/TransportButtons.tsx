// Return to start, play or pause, stop, loop.
import Pause from 'lucide-solid/icons/pause';
import Play from 'lucide-solid/icons/play';
import Repeat from 'lucide-solid/icons/repeat';
import SkipBack from 'lucide-solid/icons/skip-back';
import Square from 'lucide-solid/icons/square';
import { type JSX, Show } from 'solid-js';
import { useClient } from '../client.ts';
import { IconButton } from '../controls/IconButton.tsx';
import { activeTimeline, isPlaying } from '../session-view.ts';
import { keysTextOf } from '../shortcuts/shortcut-map.ts';
import { text } from '../text.ts';
import { goToStart, playOrPause, stop, toggleLoop } from './transport.ts';

export function TransportButtons(): JSX.Element {
  const client = useClient();
  const playing = (): boolean => isPlaying(client.state);
  const looping = (): boolean => {
    const timeline = activeTimeline(client.state);
    return timeline?.loop_enabled === true && timeline.loop !== null;
  };
  return (
    <fieldset class="transport-buttons" aria-label={text('transport.title')}>
      <IconButton
        class="to-start"
        label={text('transport.toStart')}
        keys={keysTextOf('transport.toStart')}
        onClick={() => void goToStart(client)}
      >
        <SkipBack size={18} />
      </IconButton>
      <IconButton
        class="play-button"
        label={playing() ? text('transport.pause') : text('transport.play')}
        keys={keysTextOf('transport.playPause')}
        pressed={playing()}
        onClick={() => void playOrPause(client)}
      >
        <Show when={playing()} fallback={<Play size={20} />}>
          <Pause size={20} />
        </Show>
      </IconButton>
      <IconButton label={text('transport.stop')} keys={keysTextOf('transport.stop')} onClick={() => void stop(client)}>
        <Square size={16} />
      </IconButton>
      <IconButton
        label={text('transport.loop')}
        keys={keysTextOf('transport.loop')}
        pressed={looping()}
        onClick={() => void toggleLoop(client)}
      >
        <Repeat size={18} />
      </IconButton>
    </fieldset>
  );
}
