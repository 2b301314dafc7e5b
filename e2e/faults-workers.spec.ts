// A part of the program that stops: the page says so and offers to reload, the sound goes on, nothing stored is lost.
import { errorCatalogue } from '../app/protocol/errors.ts';
import { expect, test } from './support/fixtures.ts';
import { storedOn } from './support/stored.ts';
import { Studio } from './support/studio.ts';
import { errorToast } from './support/toasts.ts';
import { noise } from './support/wav.ts';
import { endWorker, workerOf } from './support/workers.ts';

const stopped = { ok: false, error: { name: 'ERR_WORKER', code: errorCatalogue.ERR_WORKER.code } };

test('the session worker ends: commands are refused at once, the sound plays on, and a reload brings everything back', async ({
  page,
}) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(noise('long.wav', 20 * 48_000, 1));
  const { timeline } = await studio.arrange([{ file, at: 0 }]);
  await studio.startSound();
  await studio.run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline });
  const before = { objects: (await studio.state()).objects, stored: await storedOn(page) };

  await endWorker(await workerOf(page, 'session'));
  const toast = errorToast(page, 'ERR_WORKER', 'session');
  await expect(toast).toBeVisible();
  expect(await studio.dispatch({ cmd: 'ADD_MARKER', timeline_id: timeline, time: 1 })).toMatchObject(stopped);
  await studio.passFrames(24_000);

  const loaded = page.waitForEvent('load');
  await toast.getByRole('button', { name: 'Reload the page' }).click();
  await loaded;
  const again = await Studio.of(page);
  expect((await again.state()).objects).toEqual(before.objects);
  expect(await storedOn(page)).toEqual(before.stored);
});

test('the disk worker ends: the page says so, and the session still takes edits', async ({ page }) => {
  const studio = await Studio.open(page);
  await endWorker(await workerOf(page, 'disk'));
  await expect(errorToast(page, 'ERR_WORKER', 'disk')).toBeVisible();
  expect(
    await studio.dispatch({ cmd: 'CREATE_TIMELINE', name: 'After', type: 'audio', timebase: 'seconds' }),
  ).toMatchObject({
    ok: true,
  });
});

test('the media worker ends in the middle of an import: it fails in words, and a reload makes it work again', async ({
  page,
}) => {
  const studio = await Studio.open(page);
  await studio.importFile(noise('first.wav', 4800, 1));
  const importing = await studio.atome.evaluateHandle((atome) => {
    const long = new File([new TextEncoder().encode('RIFF'), new Uint8Array(256 << 20)], 'long.wav');
    return {
      outcome: atome.importFile(long).then(
        () => 'stored',
        (reason: Error) => reason.name,
      ),
    };
  });
  await endWorker(await workerOf(page, 'media'));
  expect(await importing.evaluate(({ outcome }) => outcome)).not.toBe('stored');
  await expect(errorToast(page, 'ERR_WORKER', 'media')).toBeVisible();
  await expect(studio.importFile(noise('refused.wav', 4800, 2))).rejects.toThrow(errorCatalogue.ERR_WORKER.text);
  const again = await studio.reload();
  expect((await again.importFile(noise('taken.wav', 4800, 3))).frames).toBe(4800);
});

test('a worker that throws on its own is told of, and goes on', async ({ page, pageErrors }) => {
  pageErrors.expect(/made to fail/);
  const studio = await Studio.open(page);
  const session = await workerOf(page, 'session');
  await session.evaluate(() => {
    setTimeout(() => {
      throw new Error('made to fail');
    });
  });
  await expect(errorToast(page, 'ERR_WORKER', 'session')).toBeVisible();
  expect((await studio.dispatch({ cmd: 'UNDO' })).ok).toBe(false);
  expect((await studio.dispatch({ cmd: 'CREATE_TIMELINE', name: 'x', type: 'audio', timebase: 'beats' })).ok).toBe(
    true,
  );
});
