// A button that does one thing when it is pressed and another when it is held or pressed with the right button.
import { onCleanup } from 'solid-js';

/** As long as the systems take it for a long press of a finger. */
const heldMilliseconds = 500;

export interface LongPress {
  pointerDown(event: PointerEvent): void;
  /** The pointer was lifted, left or lost. */
  pointerEnd(): void;
  contextMenu(event: Event): void;
  click(): void;
}

export function createLongPress(onPress: () => void, onHold: () => void): LongPress {
  let timer = 0;
  let held = false;
  const hold = (): void => {
    held = true;
    onHold();
  };
  const release = (): void => clearTimeout(timer);
  onCleanup(release);
  return {
    pointerDown(event) {
      held = false;
      release();
      if (event.button === 0) timer = window.setTimeout(hold, heldMilliseconds);
    },
    pointerEnd: release,
    contextMenu(event) {
      event.preventDefault();
      release();
      if (!held) hold();
    },
    click() {
      if (!held) onPress();
      held = false;
    },
  };
}
