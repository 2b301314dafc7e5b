// What can be done here, as a menu of groups: at the pointer, under the finger, or at what the keyboard is on.
import Check from 'lucide-solid/icons/check';
import { For, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { type Action, isEnabled } from '../actions.ts';
import { keysTextOf } from '../shortcuts/shortcut-map.ts';
import { text } from '../text.ts';

export interface MenuProps {
  readonly label: string;
  readonly groups: readonly (readonly Action[])[];
  /** CSS pixels of the page. */
  readonly at: { readonly x: number; readonly y: number };
  readonly onClose: () => void;
}

/** Switches are read aloud with what they are. */
const roleOf = ({ checked }: Action) =>
  checked ? ({ role: 'menuitemcheckbox', 'aria-checked': checked() } as const) : ({ role: 'menuitem' } as const);

export function Menu(props: MenuProps): JSX.Element {
  let menu: HTMLDivElement | undefined;
  let pressed = false;
  const before = document.activeElement;

  const items = (): HTMLElement[] => [
    ...(menu?.querySelectorAll<HTMLElement>('[role^="menuitem"]:not(:disabled)') ?? []),
  ];
  const close = (): void => {
    props.onClose();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  };
  const step = (by: number): void => {
    const all = items();
    const index = all.findIndex((item) => item.matches(':focus'));
    all[(index + by + all.length) % all.length]?.focus();
  };
  const pressKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') step(1);
    else if (event.key === 'ArrowUp') step(-1);
    else if (event.key === 'Home') items()[0]?.focus();
    else if (event.key === 'End') items().at(-1)?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const pressOutside = (event: PointerEvent): void => {
    if (event.target instanceof Node && !menu?.contains(event.target)) close();
  };

  onMount(() => {
    if (!menu) return;
    const { width, height } = menu.getBoundingClientRect();
    menu.style.left = `${Math.max(4, Math.min(props.at.x, innerWidth - width - 4))}px`;
    menu.style.top = `${Math.max(4, Math.min(props.at.y, innerHeight - height - 4))}px`;
    items()[0]?.focus();
    window.addEventListener('pointerdown', pressOutside, true);
    onCleanup(() => window.removeEventListener('pointerdown', pressOutside, true));
  });

  return (
    <div
      ref={(element) => {
        menu = element;
      }}
      class="clip-menu"
      role="menu"
      tabIndex={-1}
      aria-label={props.label}
      onKeyDown={pressKey}
      onPointerDown={() => {
        pressed = true;
      }}
      onContextMenu={(event) => event.preventDefault()}
    >
      <For each={props.groups.filter((group) => group.length > 0)}>
        {(group, index) => (
          <>
            <Show when={index() > 0}>
              <hr class="clip-menu-line" />
            </Show>
            <For each={group}>
              {(action) => (
                <button
                  type="button"
                  class="clip-menu-item"
                  {...roleOf(action)}
                  disabled={!isEnabled(action)}
                  onClick={(event) => {
                    // The finger that opened the menu by a long press lifts over an item: that is no choice.
                    if (event.detail > 0 && !pressed) return;
                    close();
                    action.run();
                  }}
                >
                  <span class="clip-menu-label">
                    {text(action.label, action.values)}
                    <Show when={action.checked?.()}>
                      <Check size={14} />
                    </Show>
                  </span>
                  <Show when={keysTextOf(action.id)}>{(keys) => <kbd>{keys()}</kbd>}</Show>
                </button>
              )}
            </For>
          </>
        )}
      </For>
    </div>
  );
}
