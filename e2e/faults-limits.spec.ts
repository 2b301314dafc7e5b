// Failures of the engine, of a render and of an export: each is told by its own code, and the work goes on.
import { engineConstants } from '../app/protocol/engine-layout.ts';
import { expect, test } from './support/fixtures.ts';
import { storedOn } from './support/stored.ts';
import { Studio } from './support/studio.ts';
import { expectError } from './support/toasts.ts';
import { noise } from './support/wav.ts';
import { endWorker, workerOf } from './support/workers.ts';

/** Begins an export of three hours, which cannot end before it is made to fail. */
async function beginExport(studio: Studio): Promise<void> {
  const { page } = studio;
  const file = await studio.importFile(noise('take.wav', 4800, 1));
  const timeline_id = await studio.timelineId();
  await studio.run({ cmd: 'ADD_CLIP', timeline_id, audio_file_id: file.id, play_position: 21_600 });
  await page.keyboard.press('Control+KeyE');
  const dialog = page.getByRole('dialog', { name: 'Export the mix' });
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  const bar = dialog.getByRole('progressbar');
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(0);
}

test('more timelines than the engine holds: ERR_ENGINE_LIMIT is told, and the session keeps them all', async ({
  page,
}) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(noise('take.wav', 4800, 1));
  const ids = Array.from({ length: engineConstants.MAX_TIMELINES + 1 }, () => crypto.randomUUID());
  await studio.run({
    cmd: 'BATCH',
    commands: ids.flatMap((id) => [
      { cmd: 'CREATE_TIMELINE', id, name: 'One of many', type: 'audio', timebase: 'seconds' } as const,
      { cmd: 'ADD_CLIP', timeline_id: id, audio_file_id: file.id, play_position: 0 } as const,
    ]),
  });
  await expectError(page, 'ERR_ENGINE_LIMIT');
  const { objects } = await (await studio.reload()).state();
  expect(ids.filter((id) => objects[id] === undefined)).toEqual([]);
});

test('the worker of an export ends: ERR_RENDER is told, and what it left is swept', async ({ page }) => {
  const studio = await Studio.open(page);
  await beginExport(studio);
  await endWorker(await workerOf(page, 'render'));
  await expectError(page, 'ERR_RENDER');
  await studio.reload();
  await expect.poll(async () => (await storedOn(page)).unfinished).toEqual([]);
});

test('an export that cannot be written: ERR_EXPORT is told, and nothing of it is left', async ({ page }) => {
  const studio = await Studio.open(page);
  await beginExport(studio);
  await (await workerOf(page, 'render')).evaluate(() => {
    const { prototype } = Reflect.get(globalThis, 'FileSystemSyncAccessHandle') as { readonly prototype: object };
    Object.assign(prototype, {
      write: () => {
        throw new DOMException('refused', 'InvalidStateError');
      },
    });
  });
  await expectError(page, 'ERR_EXPORT');
  await expect.poll(async () => (await storedOn(page)).unfinished).toEqual([]);
});
