// A value that is heard while a hand moves it: edits of one gesture, one under way at a time, the newest value last.
import { createId } from '../../core/id.ts';
import type { Command, CommandOf } from '../../protocol/commands.ts';
import type { AtomeClient } from '../client.ts';

/** What a knob, a fader or a field does with its values. */
export interface LiveEdit {
  /** A value on the way. */
  readonly onMove: (value: number) => void;
  /** The value to stay. */
  readonly onCommit: (value: number) => void;
  /** The hand has let go: whatever comes next is a step of its own. */
  readonly onEnd: () => void;
  /** The hand has given up: as if it had not begun. */
  readonly onCancel: () => void;
}

type Change = CommandOf<'SET_CLIP'> | CommandOf<'SET_OBJECT'>;

/** Every value is kept for good: more of them a second would be more than is heard. */
const restMilliseconds = 40;

const rest = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, restMilliseconds));

/**
 * @param begin called once per gesture, before anything is changed: returns what a value means for the things at hand.
 * @param label of the step where it is about several of them
 */
export function createLiveEdit(
  client: Pick<AtomeClient, 'run'>,
  label: string,
  begin: () => (value: number) => readonly Change[],
): LiveEdit {
  let current: { readonly gesture: string; readonly changesFor: (value: number) => readonly Change[] } | undefined;
  /** Of each gesture that waits, the newest. */
  const waiting = new Map<string, Command>();
  let isSending = false;

  async function send(): Promise<void> {
    isSending = true;
    for (const [gesture, command] of waiting) {
      waiting.delete(gesture);
      await Promise.all([client.run(command), rest()]);
    }
    isSending = false;
  }

  function put(gesture: string, command: Command): void {
    waiting.set(gesture, command);
    if (!isSending) void send();
  }

  function move(value: number): void {
    current ??= { gesture: createId(), changesFor: begin() };
    const { gesture } = current;
    const commands = current.changesFor(value);
    const [only] = commands;
    if (only) put(gesture, commands.length === 1 ? { ...only, gesture } : { cmd: 'BATCH', label, gesture, commands });
  }

  const end = (): void => {
    current = undefined;
  };

  return {
    onMove: move,
    onCommit(value) {
      move(value);
      end();
    },
    onEnd: end,
    onCancel() {
      if (current) put(current.gesture, { cmd: 'CANCEL_GESTURE', gesture: current.gesture });
      end();
    },
  };
}
