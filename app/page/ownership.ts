// One tab owns the engine and the store, by a Web Lock; another may ask it to let go.

const lockName = 'atome-flow-owner';
const channelName = 'atome-flow-ownership';

export interface Ownership {
  /** Calls `onLost` when another tab asks to take over; that tab gets the lock once `release` is called. */
  onTakeOver(onLost: () => void): void;
  release(): void;
}

/** Owns the program at once if nobody does; undefined when another tab does. @throws DOMException where storage is refused */
export function tryOwn(): Promise<Ownership | undefined> {
  return new Promise((resolve, reject) => {
    const granted = (lock: Lock | null): Promise<void> | undefined => {
      if (lock) return hold(resolve);
      resolve(undefined);
      return undefined;
    };
    navigator.locks.request(lockName, { ifAvailable: true }, granted).catch(reject);
  });
}

/** Waits until the owner closes or lets go. */
export function waitToOwn(): Promise<Ownership> {
  return new Promise((resolve) => {
    void navigator.locks.request(lockName, () => hold(resolve));
  });
}

/** Asks the owner to let go; whoever waits gets the program then. */
export function askToTakeOver(): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage('take over');
  channel.close();
}

/** Keeps the lock until `release`. */
function hold(resolve: (ownership: Ownership) => void): Promise<void> {
  return new Promise<void>((release) => {
    const channel = new BroadcastChannel(channelName);
    resolve({
      onTakeOver(onLost) {
        channel.onmessage = onLost;
      },
      release() {
        channel.close();
        release();
      },
    });
  });
}
