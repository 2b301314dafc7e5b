// Takes messages as they come; while taking them keeps the thread busy, all that have come meanwhile at once.
import { batch } from 'solid-js';

/** Views bring themselves up to date once for everything that is taken together. */
export class Inbox<Message> {
  readonly #take: (message: Message) => void;
  readonly #now: () => number;
  /** Comes back behind what waits for this thread already; unlike a timer, in a hidden tab as well. */
  readonly #turn = new MessageChannel();
  readonly #waiting: Message[] = [];
  #turnAsked = false;
  /** Until then messages are gathered. */
  #busyUntil = 0;

  /** @param now in milliseconds */
  constructor(take: (message: Message) => void, now = () => performance.now()) {
    this.#take = take;
    this.#now = now;
    this.#turn.port1.onmessage = () => {
      this.#turnAsked = false;
      this.#takeAll();
    };
  }

  put(message: Message): void {
    this.#waiting.push(message);
    if (this.#turnAsked) return;
    if (this.#now() < this.#busyUntil) this.#askForTurn();
    else this.#takeAll();
  }

  #askForTurn(): void {
    this.#turnAsked = true;
    this.#turn.port2.postMessage(null);
  }

  #takeAll(): void {
    const messages = this.#waiting.splice(0);
    let taken = 0;
    const begin = this.#now();
    try {
      batch(() => {
        for (const message of messages) {
          taken++;
          this.#take(message);
        }
      });
    } finally {
      const end = this.#now();
      this.#busyUntil = end + (end - begin);
      // One that throws keeps none of the others.
      this.#waiting.unshift(...messages.slice(taken));
      if (this.#waiting.length > 0 && !this.#turnAsked) this.#askForTurn();
    }
  }
}
