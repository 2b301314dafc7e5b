// A dedicated worker that appends transactions as fast as it is answered, until it is ended from outside.
import { openObjectStore } from './object-store.ts';
import { chainedTransaction } from './transactions.fixture.ts';

self.onmessage = async ({ data }: MessageEvent<{ database: string; changes: number }>) => {
  const store = await openObjectStore(data.database);
  for (let index = 0; ; index++) {
    await store.append([chainedTransaction(index, data.changes)]);
    self.postMessage(index);
  }
};
