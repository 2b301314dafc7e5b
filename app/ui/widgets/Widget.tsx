// One widget: what one takes hold of, its name, and the button that removes it.
import Trash from 'lucide-solid/icons/trash';
import { For, type JSX, Match, Switch } from 'solid-js';
import type { WidgetAtome } from '../../protocol/kinds.ts';
import { useClient } from '../client.ts';
import { Fader } from '../controls/Fader.tsx';
import { IconButton } from '../controls/IconButton.tsx';
import { NameField } from '../controls/NameField.tsx';
import { shareScale } from '../controls/scales.ts';
import { text } from '../text.ts';
import { endAnimation, shownValue } from './animations.ts';
import { XyPad } from './XyPad.tsx';

export function Widget(props: { readonly widget: WidgetAtome }): JSX.Element {
  const client = useClient();
  const set = (properties: Readonly<Record<string, unknown>>): void =>
    void client.run({ cmd: 'SET_OBJECT', id: props.widget.id, properties });
  const setValue = (...value: number[]): void => {
    endAnimation(props.widget.id);
    set({ value });
  };
  const value = (): readonly number[] => shownValue(props.widget);
  const name = (): string => props.widget.name || text(`widgets.${props.widget.type}`);
  const isPressed = (): boolean => (value()[0] ?? 0) >= 0.5;

  return (
    <li class="widget" data-widget={props.widget.id}>
      <NameField label={text('widgets.name')} value={name()} onCommit={(typed) => set({ name: typed })} />
      <IconButton
        label={text('widgets.remove', { name: name() })}
        onClick={() => void client.run({ cmd: 'REMOVE_OBJECT', id: props.widget.id })}
      >
        <Trash size={14} />
      </IconButton>
      <div class="widget-control">
        <Switch>
          <Match when={props.widget.type === 'slider'}>
            <Fader label={name()} scale={shareScale} value={value()[0] ?? 0} onCommit={(moved) => setValue(moved)} />
          </Match>
          <Match when={props.widget.type === 'xy'}>
            <XyPad label={name()} value={[value()[0] ?? 0, value()[1] ?? 0]} onCommit={setValue} />
            <For each={['widgets.across', 'widgets.up'] as const}>
              {(key, axis) => (
                <Fader
                  label={text(key, { name: name() })}
                  scale={shareScale}
                  value={value()[axis()] ?? 0}
                  onCommit={(moved) => setValue(...value().map((kept, index) => (index === axis() ? moved : kept)))}
                />
              )}
            </For>
          </Match>
          <Match when={props.widget.type === 'toggle'}>
            <button
              type="button"
              class="button"
              role="switch"
              aria-checked={isPressed()}
              aria-label={name()}
              onClick={() => setValue(isPressed() ? 0 : 1)}
            >
              {text(isPressed() ? 'widgets.on' : 'widgets.off')}
            </button>
          </Match>
          <Match when={props.widget.type === 'button' || props.widget.type === 'macroTrigger'}>
            <HeldButton label={name()} pressed={isPressed()} onHold={(held) => setValue(held ? 1 : 0)} />
          </Match>
        </Switch>
      </div>
    </li>
  );
}

/** On as long as it is held, by pointer or by key. */
function HeldButton(props: {
  readonly label: string;
  readonly pressed: boolean;
  readonly onHold: (held: boolean) => void;
}): JSX.Element {
  let held = false;
  const hold = (on: boolean): void => {
    if (held === on) return;
    held = on;
    props.onHold(on);
  };
  const isPress = ({ key }: KeyboardEvent): boolean => key === ' ' || key === 'Enter';
  const key =
    (on: boolean) =>
    (event: KeyboardEvent): void => {
      if (!isPress(event)) return;
      event.preventDefault();
      event.stopPropagation();
      hold(on);
    };
  return (
    <button
      type="button"
      class="button widget-button"
      aria-pressed={props.pressed}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        hold(true);
      }}
      onPointerUp={() => hold(false)}
      onPointerCancel={() => hold(false)}
      onKeyDown={key(true)}
      onKeyUp={key(false)}
      onBlur={() => hold(false)}
    >
      {props.label}
    </button>
  );
}
