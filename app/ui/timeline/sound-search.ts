// Waits for what is searched in sounds, with a word and a way out where it takes long.
import { reportOf } from '../../protocol/errors.ts';
import type { AtomeClient } from '../client.ts';
import { text } from '../text.ts';

/** Waits shorter than this need no words. */
const patienceMilliseconds = 500;

/** @returns undefined, and says why, when it cannot be had. @param hashes of the sounds in which it is searched */
export async function searchSounds<Found>(
  client: AtomeClient,
  hashes: Iterable<string>,
  words: string,
  search: Promise<Found>,
): Promise<Found | undefined> {
  const cancel = (): void => {
    for (const hash of new Set(hashes)) void client.waveforms.cancelOnsets(hash);
  };
  const patience = setTimeout(() => {
    client.notify({ kind: 'info', text: words, action: { label: text('dialog.cancel'), run: cancel } });
  }, patienceMilliseconds);
  try {
    return await search;
  } catch (thrown) {
    const report = reportOf(thrown, 'ERR_WORKER');
    if (report.name !== 'ERR_ANALYSIS_CANCELLED') client.report(report);
    return undefined;
  } finally {
    clearTimeout(patience);
    const shown = client.notices().find((notice) => notice.text === words);
    if (shown) client.dismiss(shown.id);
  }
}
