// What the browser says is left for this page; an estimate, asked for now and then.
import { type Accessor, createSignal, onCleanup } from 'solid-js';

const interval = 30_000;

/** Bytes; undefined until known or where the browser does not tell. */
export function createStorageLeft(): Accessor<number | undefined> {
  const [left, setLeft] = createSignal<number | undefined>();
  const ask = async (): Promise<void> => {
    if (document.hidden) return;
    const { quota, usage } = await navigator.storage.estimate();
    if (quota !== undefined) setLeft(Math.max(0, quota - (usage ?? 0)));
  };
  const timer = setInterval(() => void ask(), interval);
  onCleanup(() => clearInterval(timer));
  void ask();
  return left;
}
