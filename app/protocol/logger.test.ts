import { expect, test } from 'vitest';
import type { LogEntry } from './log.ts';
import { createLogger, LogRing } from './logger.ts';

test('each environment keeps its own levels', () => {
  const kept = (env: 'dev' | 'test' | 'prod'): string[] => {
    const entries: LogEntry[] = [];
    const logger = createLogger('session', env, (entry) => entries.push(entry));
    logger.debug('a');
    logger.functional('b');
    logger.info('c');
    logger.error('d', { code: 1001 });
    return entries.map((entry) => entry.level);
  };
  expect(kept('dev')).toEqual(['debug', 'functional', 'info', 'error']);
  expect(kept('test')).toEqual(['functional', 'info', 'error']);
  expect(kept('prod')).toEqual(['info', 'error']);
});

test('a full ring lets the oldest go and counts them', () => {
  const ring = new LogRing(3);
  for (let time = 0; time < 5; time++) ring.add({ time, level: 'info', part: 'ui', message: String(time) });
  expect(ring.entries().map((entry) => entry.time)).toEqual([2, 3, 4]);
  expect(ring.dropped).toBe(2);
});
