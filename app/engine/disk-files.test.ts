// Files that open late, close early or fail to open.
import { beforeAll, describe, expect, it } from 'vitest';
import { AtomeError } from '../protocol/errors.ts';
import type { PagerMessage } from './control.ts';
import { DiskFiles, type DiskMessage } from './disk-files.ts';
import type { PagedSource } from './pager.ts';
import { compileEngine } from './testing/engine-file.ts';
import { LiveEngine } from './testing/live-engine.ts';
import { memorySource } from './testing/memory-source.ts';
import { noise } from './testing/sounds.ts';

let engine: LiveEngine;
beforeAll(async () => {
  engine = new LiveEngine(await compileEngine(), 48_000, new Map());
});

const open = (slot: number): PagerMessage => ({
  type: 'open',
  slot,
  hash: `hash ${slot}`,
  scratch: engine.control.scratch,
});

describe('DiskFiles', () => {
  it('answers a close at once, and closes a file that opens after it', async () => {
    const answers: DiskMessage[] = [];
    let closed = 0;
    let finish: (source: PagedSource) => void = () => undefined;
    const opening = new Promise<PagedSource>((resolve) => {
      finish = resolve;
    });
    const files = new DiskFiles(
      engine.pager,
      () => opening,
      (message) => answers.push(message),
    );
    const opened = files.handle(open(5));
    await files.handle({ type: 'close', slot: 5 });
    expect(answers).toEqual([{ type: 'closed', slot: 5 }]);
    finish({ ...memorySource([noise(100, 1)], 48_000), close: () => closed++ });
    await opened;
    expect(closed).toBe(1);
  });

  it('reports what does not open and leaves it once it is closed', async () => {
    const answers: DiskMessage[] = [];
    const refuse = () => Promise.reject(new AtomeError('ERR_NOT_FOUND', 'blob'));
    const files = new DiskFiles(engine.pager, refuse, (message) => answers.push(message));
    await files.handle(open(6));
    await files.handle({ type: 'close', slot: 6 });
    expect(answers.map((answer) => (answer.type === 'error' ? answer.report.code : answer.type))).toEqual([
      4003,
      'closed',
    ]);
  });
});
