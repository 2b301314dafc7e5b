// A value that is heard while a hand moves it: edits of one gesture, one under way at a time, the newest value last.
import { createId } from '../../core/id.ts';
import type { Command, CommandOf } from '../../protocol/commands.ts';
import type { AtomeClient } from '../client.ts';

export interface LiveEdit {
  /** A value on the way. */
  move(value: number): void;
  /** The value to stay. */
  commit(value: number): void;
  /** The hand has let go: whatever comes next is a step of its own. */
  end(): void;
}

type SetClip = CommandOf<'SET_CLIP'>;

const nextFrame = (): Promise<unknown> => new Promise(requestAnimationFrame);

/**
 * @param begin called once per gesture, before anything is changed: returns what a value means for the clips at hand.
 * @param label of the step where it is about several clips
 */
export function createLiveEdit(
  client: Pick<AtomeClient, 'run'>,
  label: string,
  begin: () => (value: number) => readonly SetClip[],
): LiveEdit {
  let current: { readonly gesture: string; readonly editsFor: (value: number) => readonly SetClip[] } | undefined;
  let next: Command | undefined;
  let isSending = false;

  async function send(): Promise<void> {
    isSending = true;
    while (next) {
      const command = next;
      next = undefined;
      await Promise.all([client.run(command), nextFrame()]);
    }
    isSending = false;
  }

  function put(value: number): void {
    current ??= { gesture: createId(), editsFor: begin() };
    const { gesture } = current;
    const commands = current.editsFor(value);
    const [only] = commands;
    if (!only) return;
    next = commands.length === 1 ? { ...only, gesture } : { cmd: 'BATCH', label, gesture, commands };
    if (!isSending) void send();
  }

  const end = (): void => {
    current = undefined;
  };

  return {
    move: put,
    commit(value) {
      put(value);
      end();
    },
    end,
  };
}
