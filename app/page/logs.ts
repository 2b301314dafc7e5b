// The page's log: its own entries and those of its workers, kept in a ring and downloadable.
import { getAtomeEnv } from '../core/environment.ts';
import type { LogEntry } from '../protocol/log.ts';
import { createLogger, type Logger, LogRing, logChannelName } from '../protocol/logger.ts';
import { download } from './download.ts';

export interface PageLogs {
  readonly pageId: string;
  logger(part: string): Logger;
  entries(): readonly LogEntry[];
  /** Offers all entries as one file of JSON lines. */
  save(): void;
}

const capacity = 5000;

export function createPageLogs(pageId: string): PageLogs {
  const ring = new LogRing(capacity);
  const channel = new BroadcastChannel(logChannelName(pageId));
  channel.onmessage = ({ data }: MessageEvent<LogEntry>) => ring.add(data);
  return {
    pageId,
    logger: (part) => createLogger(part, getAtomeEnv(), (entry) => ring.add(entry)),
    entries: () => ring.entries(),
    save() {
      const lines = ring.entries().map((entry) => JSON.stringify(entry));
      if (ring.dropped > 0) lines.unshift(JSON.stringify({ dropped: ring.dropped }));
      download(new Blob([`${lines.join('\n')}\n`], { type: 'application/x-ndjson' }), 'atome-flow-log.jsonl');
    },
  };
}
