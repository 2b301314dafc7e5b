// The metronome: a press switches it; a long one, the right button or the menu key opens its level.
import Metronome from 'lucide-solid/icons/metronome';
import { createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { useClient } from '../client.ts';
import { Fader } from '../controls/Fader.tsx';
import { createLongPress } from '../controls/long-press.ts';
import { gainOfLevel, levelOfGain, levelScale } from '../controls/scales.ts';
import { keysTextOf } from '../shortcuts/shortcut-map.ts';
import { text } from '../text.ts';
import { setMetronome, toggleMetronome } from './metronome.ts';

const clickScale = levelScale(12);

export function MetronomeButton(): JSX.Element {
  const client = useClient();
  const [open, setOpen] = createSignal(false);
  let button: HTMLButtonElement | undefined;
  const press = createLongPress(
    () => void toggleMetronome(client),
    () => setOpen(true),
  );
  const title = (): string => {
    const keys = keysTextOf('transport.metronome');
    return `${text('transport.metronome')}${keys ? ` (${keys})` : ''}. ${text('transport.metronomeHint')}`;
  };
  return (
    <>
      <button
        type="button"
        ref={button}
        class="icon-button metronome-button"
        aria-label={text('transport.metronome')}
        aria-pressed={client.state.transport.metronome.enabled}
        title={title()}
        onPointerDown={press.pointerDown}
        onPointerUp={press.pointerEnd}
        onPointerLeave={press.pointerEnd}
        onPointerCancel={press.pointerEnd}
        onContextMenu={press.contextMenu}
        onClick={press.click}
      >
        <Metronome size={18} />
      </button>
      <Show when={open()}>
        <ClickLevel
          onClose={(byKey) => {
            setOpen(false);
            if (byKey) button?.focus();
          }}
        />
      </Show>
    </>
  );
}

/** @param props.onClose by a key, or by a press somewhere else. */
function ClickLevel(props: { readonly onClose: (byKey: boolean) => void }): JSX.Element {
  const client = useClient();
  let popover: HTMLDivElement | undefined;
  const setLevel = (level: number): void => void setMetronome(client, { gain: gainOfLevel(level) });
  const keyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' && event.key !== 'Enter' && event.key !== 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    props.onClose(true);
  };
  const pressOutside = (event: PointerEvent): void => {
    if (event.target instanceof Node && !popover?.contains(event.target)) props.onClose(false);
  };
  onMount(() => {
    popover?.showPopover();
    popover?.querySelector<HTMLElement>('[role="slider"]')?.focus();
    window.addEventListener('pointerdown', pressOutside, true);
    onCleanup(() => window.removeEventListener('pointerdown', pressOutside, true));
  });
  return (
    <div
      ref={popover}
      class="menu metronome-level"
      popover="manual"
      role="dialog"
      tabIndex={-1}
      aria-label={text('transport.metronome')}
      onKeyDown={keyDown}
    >
      <span aria-hidden="true">{text('transport.clickLevel')}</span>
      <Fader
        label={text('transport.clickLevel')}
        scale={clickScale}
        value={levelOfGain(client.state.transport.metronome.gain)}
        onMove={setLevel}
        onCancel={setLevel}
        onCommit={setLevel}
      />
    </div>
  );
}
