// The browser has lost the project, and its journal is damaged as well.
import { expect, test } from './support/fixtures.ts';
import { Studio } from './support/studio.ts';
import { expectError } from './support/toasts.ts';

test('a damaged journal of a lost project gives back all edits but the damaged one, and says so', async ({
  page,
  pageErrors,
}) => {
  const studio = await Studio.open(page);
  const timeline_id = await studio.timelineId();
  for (const time of [1, 2, 3]) await studio.run({ cmd: 'ADD_MARKER', timeline_id, time });
  // Of the same origin, and nothing of the program runs there.
  pageErrors.expect(/icon-192\.png|favicon/);
  await page.goto('./icons/icon-192.png');
  await page.evaluate(async () => {
    await new Promise<void>((resolve, reject) => {
      const deleting = indexedDB.deleteDatabase('atome-project');
      deleting.onsuccess = () => resolve();
      deleting.onerror = () => reject(deleting.error ?? new Error('not deleted'));
    });
    const data = await (await navigator.storage.getDirectory()).getDirectoryHandle('data');
    const journal = await (await data.getDirectoryHandle('journal')).getFileHandle('atome-project.1.journal');
    const bytes = new Uint8Array(await (await journal.getFile()).arrayBuffer());
    const second = new TextDecoder('latin1').decode(bytes).indexOf('"time",[],[2]');
    if (second < 0) throw new Error('the second marker is not in the journal');
    bytes[second] = 0;
    const writable = await journal.createWritable();
    await writable.write(bytes);
    await writable.close();
  });

  const again = await Studio.open(page);
  await expectError(page, 'ERR_PROJECT_LOST');
  await expectError(page, 'ERR_JOURNAL_DAMAGED', 'bytes');
  const objects = Object.values((await again.state()).objects);
  const times = objects.flatMap((object) => (object.kind === 'TimelineMarkerAtome' ? [object.time] : []));
  expect(times.sort()).toEqual([1, 3]);
});
