// Listeners behind a port of their own: what they were told and an answer on another port may arrive in either order.
import type { SessionListeners } from './session-api.ts';

export interface HeardListeners extends SessionListeners {
  /** Resolves when the page has heard everything it was told until now; a port keeps the order. */
  heard(): Promise<void>;
}

export function heardListeners(listeners: SessionListeners): HeardListeners {
  let last: Promise<void> = Promise.resolve();
  const tell =
    <Message>(listener: (message: Message) => void) =>
    (message: Message): void => {
      last = Promise.resolve(listener(message)).catch(() => undefined);
    };
  return {
    onPatch: tell((patch) => listeners.onPatch(patch)),
    onFeature: tell((update) => listeners.onFeature(update)),
    onError: tell((report) => listeners.onError(report)),
    heard: () => last,
  };
}
