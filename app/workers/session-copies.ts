// Keeps the store's copy of the objects young, so that the next start is fast: right after this one, and in pauses.
import type { Disposer } from '../core/disposer.ts';
import { reportOf } from '../protocol/errors.ts';
import type { Logger } from '../protocol/logger.ts';
import type { SessionApi } from '../session/types.ts';
import type { CopyingObjectStore } from '../storage/types.ts';

/** Versions that a start reads beside the copy in no time. */
const fewVersions = 64;
/** So many edits, and then none for so long, make a pause worth a copy. */
const editsForCopy = 256;
const pauseMilliseconds = 2000;

export function keepCopies(
  session: Pick<SessionApi, 'onTransaction'>,
  store: Pick<CopyingObjectStore, 'copyObjects'>,
  logger: Logger,
): Disposer {
  let edits = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const copy = async (): Promise<void> => {
    edits = 0;
    try {
      await store.copyObjects(fewVersions);
    } catch (thrown) {
      logger.warning(
        'the objects could not be copied: the next start takes its time',
        reportOf(thrown, 'ERR_STORAGE_WRITE'),
      );
    }
  };
  void copy();
  const unfollow = session.onTransaction(() => {
    if (++edits < editsForCopy) return;
    clearTimeout(timer);
    timer = setTimeout(() => void copy(), pauseMilliseconds);
  });
  return () => {
    unfollow();
    clearTimeout(timer);
  };
}
