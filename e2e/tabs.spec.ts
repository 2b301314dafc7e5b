// Several tabs of one browser: each shows and does the same, one of them sounds, and any of them can take over.
import type { AppState } from '../app/protocol/state.ts';
import { expect, test } from './support/fixtures.ts';
import type { Studio } from './support/studio.ts';
import { openTabs, soundElsewhere } from './support/tabs.ts';
import { noise } from './support/wav.ts';

/** What both the script and the views of a tab have. */
const sharedState = async (studio: Studio): Promise<Omit<AppState, 'meta'>> => {
  const { meta: _meta, ...state } = await studio.shownState();
  return state;
};

const markers = ({ objects }: Pick<AppState, 'objects'>): number[] =>
  Object.values(objects)
    .flatMap((object) => (object.kind === 'TimelineMarkerAtome' ? [object.time] : []))
    .sort((a, b) => a - b);

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
