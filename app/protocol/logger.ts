// Structured logs from every thread: a logger per part, carried over one channel to the page, which keeps the last ones.
import { type AtomeEnv, isKept, type LogEntry, type LogLevel } from './log.ts';

/** Name of the BroadcastChannel that carries log entries within one page. */
export const logChannelName = (pageId: string): string => `atome-log-${pageId}`;

export type Logger = { readonly [Level in LogLevel]: (message: string, data?: unknown) => void };

/** A logger of one part that hands every entry its environment keeps to `sink`. */
export function createLogger(part: string, env: AtomeEnv, sink: (entry: LogEntry) => void): Logger {
  const at =
    (level: LogLevel) =>
    (message: string, data?: unknown): void => {
      if (isKept(level, env)) sink({ time: Date.now(), level, part, message, ...(data === undefined ? {} : { data }) });
    };
  return {
    debug: at('debug'),
    functional: at('functional'),
    info: at('info'),
    warning: at('warning'),
    error: at('error'),
  };
}

/** A logger inside a worker; its entries reach the page's ring. */
export function createWorkerLogger(part: string, env: AtomeEnv, pageId: string): Logger {
  const channel = new BroadcastChannel(logChannelName(pageId));
  return createLogger(part, env, (entry) => channel.postMessage(entry));
}

/** The last `capacity` entries; older ones make room and are counted. */
export class LogRing {
  readonly #entries: LogEntry[] = [];
  #dropped = 0;

  constructor(readonly capacity: number) {}

  add(entry: LogEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length > this.capacity) {
      this.#entries.shift();
      this.#dropped++;
    }
  }

  entries(): readonly LogEntry[] {
    return [...this.#entries];
  }

  /** How many older entries were let go. */
  get dropped(): number {
    return this.#dropped;
  }
}
