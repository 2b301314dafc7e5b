// Opens and closes the pager's files as the control side asks, and answers when a slot is free again.
import { type ErrorReport, reportOf } from '../protocol/errors.ts';
import type { PagerMessage } from './control.ts';
import type { PagedSource, Pager } from './pager.ts';

/** What the owner of the disk tells the control side. */
export type DiskMessage =
  | { readonly type: 'closed'; readonly slot: number }
  | { readonly type: 'error'; readonly slot: number; readonly report: ErrorReport };

export type OpenSource = (hash: string) => Promise<PagedSource>;

const retryMilliseconds = 1000;

export class DiskFiles {
  readonly #pager: Pager;
  readonly #openSource: OpenSource;
  readonly #answer: (message: DiskMessage) => void;
  /** Which file each slot should hold; an opening that ends too late finds another one here. */
  readonly #wanted = new Map<number, string>();

  constructor(pager: Pager, openSource: OpenSource, answer: (message: DiskMessage) => void) {
    this.#pager = pager;
    this.#openSource = openSource;
    this.#answer = answer;
  }

  /** Resolves when a file that was to be opened is open, or has failed and will be tried again. */
  async handle(message: PagerMessage): Promise<void> {
    const { slot } = message;
    if (message.type === 'open') {
      this.#pager.useScratch(message.scratch);
      this.#wanted.set(slot, message.hash);
      await this.#open(slot, message.hash);
    } else {
      this.#wanted.delete(slot);
      this.#pager.close(slot);
      this.#answer({ type: 'closed', slot });
    }
  }

  async #open(slot: number, hash: string): Promise<void> {
    if (this.#wanted.get(slot) !== hash) return;
    this.#pager.opening++;
    try {
      const source = await this.#openSource(hash);
      if (this.#wanted.get(slot) === hash) this.#pager.open(slot, source);
      else source.close();
    } catch (thrown) {
      this.#answer({ type: 'error', slot, report: reportOf(thrown, 'ERR_STORAGE_READ') });
      setTimeout(() => void this.#open(slot, hash), retryMilliseconds);
    } finally {
      this.#pager.opening--;
    }
  }
}
