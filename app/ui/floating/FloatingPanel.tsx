// A panel that floats over the page: moved by its title, resized at its corner, by pointer and by arrow keys.
import X from 'lucide-solid/icons/x';
import { createSignal, type JSX, onCleanup } from 'solid-js';
import { clamp } from '../../core/units.ts';
import { IconButton } from '../controls/IconButton.tsx';
import { text } from '../text.ts';
import './floating.css';

/** CSS pixels. */
export interface PanelPlace {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface FloatingPanelProps {
  readonly title: string;
  readonly place: PanelPlace;
  readonly smallest: { readonly width: number; readonly height: number };
  readonly onPlace: (place: PanelPlace) => void;
  readonly onClose: () => void;
  readonly children: JSX.Element;
}

const keyStep = 16;
/** So much of the title stays in sight. */
const grip = 80;
const arrows: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function FloatingPanel(props: FloatingPanelProps): JSX.Element {
  const [inWindow, setWindow] = createSignal(sizeOfWindow());
  const resized = (): void => void setWindow(sizeOfWindow());
  window.addEventListener('resize', resized);
  onCleanup(() => window.removeEventListener('resize', resized));

  /** Where it is shown: as asked for, but within reach. */
  const shown = (): PanelPlace => {
    const { width, height, left, top } = props.place;
    const room = inWindow();
    return {
      width: clamp(width, props.smallest.width, Math.max(props.smallest.width, room.width)),
      height: clamp(height, props.smallest.height, Math.max(props.smallest.height, room.height)),
      left: clamp(left, grip - width, Math.max(0, room.width - grip)),
      top: clamp(top, 0, Math.max(0, room.height - grip)),
    };
  };
  const moved = (from: PanelPlace, x: number, y: number): void =>
    props.onPlace({ ...from, left: from.left + x, top: from.top + y });
  const sized = (from: PanelPlace, x: number, y: number): void =>
    props.onPlace({
      ...from,
      width: Math.max(props.smallest.width, from.width + x),
      height: Math.max(props.smallest.height, from.height + y),
    });

  const drag =
    (change: (from: PanelPlace, x: number, y: number) => void) =>
    (event: PointerEvent & { currentTarget: HTMLButtonElement }): void => {
      if (event.button !== 0) return;
      const from = shown();
      const handle: HTMLElement = event.currentTarget;
      const listeners = new AbortController();
      const { signal } = listeners;
      handle.setPointerCapture(event.pointerId);
      handle.addEventListener(
        'pointermove',
        (move) => change(from, move.clientX - event.clientX, move.clientY - event.clientY),
        { signal },
      );
      for (const end of ['pointerup', 'pointercancel'])
        handle.addEventListener(end, () => listeners.abort(), { signal });
    };
  const keys =
    (change: (from: PanelPlace, x: number, y: number) => void) =>
    (event: KeyboardEvent): void => {
      const [x, y] = arrows[event.key] ?? [];
      if (x === undefined || y === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      change(shown(), x * keyStep, y * keyStep);
    };
  const close = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    props.onClose();
  };

  return (
    <section
      class="floating"
      aria-label={props.title}
      style={{
        left: `${shown().left}px`,
        top: `${shown().top}px`,
        width: `${shown().width}px`,
        height: `${shown().height}px`,
      }}
      onKeyDown={close}
    >
      <header class="floating-header">
        <button
          type="button"
          class="floating-title"
          aria-label={text('floating.move', { name: props.title })}
          title={text('floating.moveHint')}
          onPointerDown={drag(moved)}
          onKeyDown={keys(moved)}
        >
          {props.title}
        </button>
        <IconButton label={text('floating.close', { name: props.title })} onClick={props.onClose}>
          <X size={14} />
        </IconButton>
      </header>
      <div class="floating-body">{props.children}</div>
      <button
        type="button"
        class="floating-corner"
        aria-label={text('floating.resize', { name: props.title })}
        title={text('floating.resizeHint')}
        onPointerDown={drag(sized)}
        onKeyDown={keys(sized)}
      />
    </section>
  );
}

const sizeOfWindow = () => ({ width: window.innerWidth, height: window.innerHeight });
