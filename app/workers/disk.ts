// The disk worker: reads the audio pages that the engine will need and publishes them in its memory.

import { DiskFiles } from '../engine/disk-files.ts';
import { Counters, EngineMemory } from '../engine/engine-memory.ts';
import { instantiateOnStack } from '../engine/engine-module.ts';
import { Pager } from '../engine/pager.ts';
import { runPager } from '../engine/pager-loop.ts';
import { errorReport } from '../protocol/errors.ts';
import type { DiskAnswer, DiskRequest, DiskStart } from './disk-api.ts';
import { life } from './life.ts';
import { openSources } from './sources.ts';

const answer = (message: DiskAnswer): void => self.postMessage(message);

/** Answers from then on; files that are asked for while the store opens are opened when it is there. */
function start({ module, addresses, stack, scratch, userId }: DiskStart): void {
  void life().then((lock) => answer({ type: 'alive', lock }));
  const memory = new EngineMemory(addresses.memory);
  const counters = new Counters(memory, addresses.counters);
  const pager = new Pager({
    exports: instantiateOnStack(module, addresses.memory, stack),
    memory,
    counters,
    scratch,
    now: () => performance.now(),
    onReadError: (slot, error) => {
      const detail = error instanceof Error ? error.message : String(error);
      answer({ type: 'error', slot, report: errorReport('ERR_STORAGE_READ', detail) });
    },
  });
  const sources = openSources(userId, module);
  const files = new DiskFiles(pager, async (hash) => (await sources)(hash), answer);
  const end = runPager(pager, counters);
  self.onmessage = ({ data }: MessageEvent<DiskRequest>) => {
    if (data.type === 'stop') {
      end();
      pager.closeAll();
      answer({ type: 'stopped' });
      self.close();
    } else if (data.type !== 'start') void files.handle(data);
  };
  sources.then(
    () => answer({ type: 'ready' }),
    () => undefined,
  );
}

self.onmessage = ({ data }: MessageEvent<DiskRequest>) => {
  if (data.type === 'start') start(data);
};
