// Several tabs of one browser: each shows and does the same, one of them sounds, and any of them can take over.
import { chromium } from '@playwright/test';
import type { AppState } from '../app/protocol/state.ts';
import { chromiumLaunch } from '../scripts/chromium.mjs';
import { expect, test } from './support/fixtures.ts';
import { differences, peak, readWav, soundingRange } from './support/sound.ts';
import { Studio } from './support/studio.ts';
import { openTabs, soundElsewhere, takeOver } from './support/tabs.ts';
import { errorToast } from './support/toasts.ts';
import { noise } from './support/wav.ts';
import { endWorker, workerOf } from './support/workers.ts';

/** What both the script and the views of a tab have. */
const sharedState = async (studio: Studio): Promise<Omit<AppState, 'meta'>> => {
  const { meta: _meta, ...state } = await studio.shownState();
  return state;
};

const markers = ({ objects }: Pick<AppState, 'objects'>): number[] =>
  Object.values(objects)
    .flatMap((object) => (object.kind === 'TimelineMarkerAtome' ? [object.time] : []))
    .sort((a, b) => a - b);

const projectId = async (studio: Studio): Promise<string> => (await studio.state()).activeProjectId ?? '';

test('three tabs show the same after edits in each; an undo in the second is seen in all', async ({ context }) => {
  const [first, second, third] = (await openTabs(context, 3)) as [Studio, Studio, Studio];
  await expect(soundElsewhere(first.page)).toHaveCount(0);
  await expect(soundElsewhere(second.page)).toBeVisible();
  const timeline = await first.timelineId();
  for (const [tab, studio] of [first, second, third].entries()) {
    await studio.run({ cmd: 'ADD_MARKER', timeline_id: timeline, time: tab });
  }
  const file = await second.importFile(noise('of the second.wav', 4800, 1));
  const states = await Promise.all([first, second, third].map(sharedState));
  expect(markers(states[0] as AppState)).toEqual([0, 1, 2]);
  expect(states[0]?.objects[file.id]).toMatchObject({ kind: 'AudioFileAtome', name: 'of the second' });
  expect(states[1]).toEqual(states[0]);
  expect(states[2]).toEqual(states[0]);
  await expect(third.page.getByText('of the second')).toBeVisible();

  await second.run({ cmd: 'UNDO' });
  await second.page.keyboard.press('Control+KeyZ');
  await expect.poll(async () => markers(await first.state())).toEqual([0, 1]);
  await expect(third.page.getByText('of the second')).toHaveCount(0);
  expect(await sharedState(third)).toEqual(await sharedState(first));
});

test('what one tab plays is heard in the tab that sounds, and seen in every one', async ({ context }) => {
  const [first, second] = (await openTabs(context, 2)) as [Studio, Studio];
  const file = await second.importFile(noise('long.wav', 20 * 48_000, 2));
  const { timeline } = await second.arrange([{ file, at: 0 }]);
  await second.startSound();
  expect((await first.status()).contextState).toBe('running');
  const clock = second.page.locator('.position-clock');
  const before = await clock.textContent();

  const heard = await second.record(24_000, { cmd: 'TIMELINE_PLAY', timeline_id: timeline });
  const [offline, there] = [
    await second.render(timeline, { from: 0, to: 1 }),
    await first.render(timeline, { from: 0, to: 1 }),
  ];
  expect(differences(offline, 0, there, 0, 48_000)).toBe(0);
  const { first: begin } = soundingRange(heard.channels);
  expect(begin).toBeGreaterThanOrEqual(0);
  expect(differences(heard.channels, begin, offline, 0, 24_000 - begin)).toBe(0);

  const positionOf = (studio: Studio) =>
    studio.atome.evaluate((atome, id) => atome.services.audioEngine.getTimelineState(id), timeline);
  const { seconds } = await positionOf(second);
  expect(seconds).toBeGreaterThan(0);
  await expect.poll(async () => (await positionOf(second)).seconds).toBeGreaterThan(seconds + 0.2);
  expect((await second.status()).masterFrame).toBeGreaterThan(0);
  await second.run({ cmd: 'SET_OBJECT', id: await projectId(second), properties: { active_timeline_id: timeline } });
  await expect.poll(() => clock.textContent()).not.toBe(before);
  const shown = await clock.textContent();
  await expect.poll(() => clock.textContent()).not.toBe(shown);

  await second.run({ cmd: 'TIMELINE_STOP', timeline_id: timeline });
  expect((await first.state()).timelines[timeline]?.playing).toBe(false);
  expect((await positionOf(second)).playing).toBe(false);
});

test('a tab without the sound exports, and its sounds are everybody’s', async ({ context }) => {
  const [first, second] = (await openTabs(context, 2)) as [Studio, Studio];
  const timeline = await second.timelineId();
  const file = await second.importFile(noise('sound.wav', 9600, 3));
  await second.run({ cmd: 'ADD_CLIP', timeline_id: timeline, audio_file_id: file.id, play_position: 0 });
  await second.page.keyboard.press('Control+KeyE');
  const downloading = second.page.waitForEvent('download');
  await second.page
    .getByRole('dialog', { name: 'Export the mix' })
    .getByRole('button', { name: 'Export', exact: true })
    .click();
  const { samples } = await readWav(await (await downloading).path());
  expect(samples[0]).toHaveLength(9600);

  const hash = file.content_hash;
  expect(await first.atome.evaluate((atome, sound) => atome.services.blobs.has(sound), hash)).toBe(true);
  const refused = second.atome.evaluate((atome, sound) => atome.services.blobs.delete(sound), hash);
  await expect(refused).rejects.toThrow('a file of the project uses this sound');
  expect(await second.atome.evaluate((atome, id) => atome.session.history(id, 'name'), file.id)).toHaveLength(1);
});

test('two tabs export at once: each has a file of its own, which the other’s next export leaves alone', async ({
  context,
}) => {
  const [first, second] = (await openTabs(context, 2)) as [Studio, Studio];
  await second.importFile(noise('sound.wav', 9600, 3));
  const files = await Promise.all(
    [first, second].map((studio) => studio.atome.evaluateHandle((atome) => atome.exportProject())),
  );
  await second.atome.evaluate((atome) => atome.exportProject());
  const read = files[0]?.evaluate(async (file) => (await file.arrayBuffer()).byteLength === file.size);
  expect(await read).toBe(true);

  const exportsOf = (studio: Studio) =>
    studio.page.evaluate(async () => {
      const root = await navigator.storage.getDirectory();
      const names: string[] = [];
      for await (const name of (await root.getDirectoryHandle('exports')).keys()) names.push(name);
      return names;
    });
  expect(await exportsOf(first)).toHaveLength(2);
  await first.page.close();
  await expect
    .poll(async () => {
      await second.atome.evaluate((atome) => atome.exportProject());
      return exportsOf(second);
    })
    .toHaveLength(1);
});

/** Fifty edits of a tab, eight at a time; `begun` resolves in the middle of them. */
async function fiftyEdits(studio: Studio) {
  const timeline = await studio.timelineId();
  const edits = await studio.atome.evaluateHandle((atome, timelineId) => {
    const middle = Promise.withResolvers<void>();
    let next = 0;
    const replies: { readonly ok: boolean }[] = [];
    const work = async (): Promise<void> => {
      while (next < 50) {
        replies.push(await atome.session.dispatch({ cmd: 'ADD_MARKER', timeline_id: timelineId, time: next++ }));
        if (replies.length === 12) middle.resolve();
      }
    };
    const all = Promise.all(Array.from({ length: 8 }, work)).then(() => replies.every(({ ok }) => ok));
    return { all, middle: middle.promise };
  }, timeline);
  return {
    begun: edits.evaluate(({ middle }) => middle),
    done: () => edits.evaluate(({ all }) => all),
  };
}

const endings: Readonly<Record<string, (owner: Studio) => Promise<void>>> = {
  closes: ({ page }) => page.close(),
  crashes: async ({ page }) => {
    const crashed = page.waitForEvent('crash');
    void page.goto('chrome://crash').catch(() => undefined);
    await crashed;
  },
  'loses its session worker': async ({ page }) => endWorker(await workerOf(page, 'session')),
};

for (const [what, end] of Object.entries(endings)) {
  test(`the owner ${what} while another tab edits: every edit is there once, and one of the others goes on`, async ({
    context,
    pageErrors,
  }) => {
    pageErrors.expect(/chrome:\/\/crash/);
    const [first, second, third] = (await openTabs(context, 3)) as [Studio, Studio, Studio];
    const { undoDepth } = (await second.state()).history;
    const edits = await fiftyEdits(second);
    await edits.begun;
    await end(first);
    expect(await edits.done()).toBe(true);
    const state = await sharedState(second);
    expect(markers(state)).toEqual(Array.from({ length: 50 }, (_, time) => time));
    expect(state.history.undoDepth).toBe(undoDepth + 50);
    expect(await sharedState(third)).toEqual(state);
    const owners = await Promise.all([second, third].map(({ page }) => soundElsewhere(page).count()));
    expect(owners.sort()).toEqual([0, 1]);
    await third.run({ cmd: 'UNDO' });
    expect(markers(await sharedState(second))).toHaveLength(49);
  });
}

test('the tab that asks gets the sound, and not the one that has waited for longer', async ({ context }) => {
  const [first, second, third] = (await openTabs(context, 3)) as [Studio, Studio, Studio];
  await takeOver(third.page);
  await expect(soundElsewhere(first.page)).toBeVisible();
  await expect(soundElsewhere(second.page)).toBeVisible();
  await second.run({ cmd: 'ADD_MARKER', timeline_id: await second.timelineId(), time: 1 });
  expect(markers(await sharedState(first))).toEqual([1]);
  await third.startSound();
  await third.passFrames(1);
});

test('when the owner goes, timelines stand where they were, levels stay, and the page says that it stopped', async ({
  context,
}) => {
  const [first, second] = (await openTabs(context, 2)) as [Studio, Studio];
  const file = await first.importFile(noise('long.wav', 20 * 48_000, 4));
  const { timeline } = await first.arrange([{ file, at: 0 }]);
  const resting = await first.timelineId();
  await first.run({ cmd: 'TIMELINE_SEEK', timeline_id: resting, to: 7 });
  await first.run({ cmd: 'SET_MASTER_GAIN', gain: 0.5 });
  await first.startSound();
  await first.run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: { type: 'time', value: 10 } });
  await first.passFrames(48_000);
  await first.page.close();
  await expect(soundElsewhere(second.page)).toHaveCount(0);
  await expect(second.page.getByText('The sound comes from here now; playing has stopped.')).toBeVisible();
  const { timelines, transport } = await second.state();
  expect(timelines[resting]).toMatchObject({ playing: false, position: 7 });
  expect(timelines[timeline]?.playing).toBe(false);
  expect(timelines[timeline]?.position).toBeGreaterThan(10.5);
  expect(timelines[timeline]?.position).toBeLessThan(19);
  expect(transport.masterGain).toBe(0.5);

  await second.startSound();
  const offline = await second.render(timeline, { from: 0, to: 20 });
  const heard = await second.record(9600, { cmd: 'TIMELINE_PLAY', timeline_id: timeline });
  expect(peak(heard.channels)).toBeGreaterThan(0.1);
  expect(peak(heard.channels)).toBeLessThanOrEqual(peak(offline) / 2);
});

test('a tab that the browser lets not sound is told of in the one that plays, which can take over', async ({
  site,
}) => {
  const { args, ...launch } = chromiumLaunch();
  const browser = await chromium.launch({ ...launch, args: args.filter((flag) => !flag.startsWith('--autoplay')) });
  try {
    const context = await browser.newContext({ baseURL: site.url });
    // Whatever a test evaluates counts as a gesture: the owner is left alone.
    await (await context.newPage()).goto('./');
    const studio = await Studio.open(await context.newPage());
    await expect(soundElsewhere(studio.page)).toBeVisible();
    const timeline = await studio.timelineId();
    await studio.run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline });
    const toast = errorToast(studio.page, 'ERR_SOUND_ELSEWHERE');
    await toast.getByRole('button', { name: 'Take over here' }).click();
    await expect(soundElsewhere(studio.page)).toHaveCount(0);
    await studio.run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline });
    expect((await studio.status()).contextState).toBe('running');
  } finally {
    await browser.close();
  }
});

test('an owner that does not answer is waited for in words, and inherited', async ({ context, pageErrors }) => {
  pageErrors.expect(/favicon/);
  const [silent, page] = [await context.newPage(), await context.newPage()];
  await silent.goto('./icons/icon.svg');
  await silent.evaluate(
    () =>
      new Promise<void>((held) => {
        void navigator.locks.request('atome-flow-owner', () => {
          held();
          return new Promise(() => undefined);
        });
      }),
  );
  await page.goto('./');
  await expect(page.getByRole('heading', { name: 'Open in another tab' })).toBeVisible();
  await silent.close();
  const studio = await Studio.of(page);
  await expect(page.getByRole('heading', { name: 'Open in another tab' })).toHaveCount(0);
  await studio.run({ cmd: 'ADD_MARKER', timeline_id: await studio.timelineId(), time: 1 });
});

test('with the simpler engine the sound moves from tab to tab as well', async ({ context }) => {
  const opened = await Studio.open(await context.newPage());
  await opened.page.evaluate(() => localStorage.setItem('atome.audioBackend', 'webaudio'));
  const first = await opened.reload();
  const [second] = (await openTabs(context, 1)) as [Studio];
  const timeline = await second.timelineId();
  for (const owner of [first, second, first]) {
    if ((await soundElsewhere(owner.page).count()) > 0) await takeOver(owner.page);
    const other = owner === first ? second : first;
    await expect(soundElsewhere(other.page)).toBeVisible();
    await other.run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: { type: 'time', value: 4 } });
    expect(await owner.status()).toMatchObject({ backend: 'webaudio', contextState: 'running' });
    const position = () =>
      other.atome.evaluate((atome, id) => atome.services.audioEngine.getTimelineState(id), timeline);
    // At 120 beats per minute the fourth beat is at two seconds.
    await expect.poll(async () => (await position()).seconds).toBeGreaterThan(2.1);
    await other.run({ cmd: 'TIMELINE_STOP', timeline_id: timeline });
  }
});
