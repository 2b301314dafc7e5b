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
  let next: Command | undefined;
  let isSending = false;

  async function send(): Promise<void> {
    isSending = true;
    while (next) {
      const command = next;
      next = undefined;
      await Promise.all([client.run(command), rest()]);
    }
    isSending = false;
  }

  function put(value: number): void {
    current ??= { gesture: createId(), changesFor: begin() };
    const { gesture } = current;
    const commands = current.changesFor(value);
    const [only] = commands;
    if (!only) return;
    next = commands.length === 1 ? { ...only, gesture } : { cmd: 'BATCH', label, gesture, commands };
    if (!isSending) void send();
  }

  const end = (): void => {
    current = undefined;
  };

  return {
    onMove: put,
    onCommit(value) {
      put(value);
      end();
    },
    onEnd: end,
  };
}
