// What views read of the state: objects by kind, the same as long as the state is, and those of the next one after it.
import { createEffect, createRoot } from 'solid-js';
import { expect, test } from 'vitest';
import { createStateStore } from '../page/state-store.ts';
import type { AppState, StatePatch } from '../protocol/state.ts';
import { addTestFile, createdBy, openTestSession } from '../session/testing/fixtures.ts';
import { hasAny, isKnown, plainObjectsOf } from './session-view.ts';

async function opened() {
  const { session, timelineId } = await openTestSession();
  const store = createStateStore();
  const patches: StatePatch[] = [];
  session.onPatch((patch) => patches.push(structuredClone(patch)));
  const follow = (): void => {
    for (const patch of patches.splice(0)) store.apply(patch);
  };
  return { session, timelineId, store, follow };
}

/** The names of all markers, every time they are told anew. */
function watchMarkers(state: AppState) {
  const told: string[][] = [];
  const end = createRoot((dispose) => {
    createEffect(() => told.push(plainObjectsOf(state, 'TimelineMarkerAtome').map(({ name }) => name)));
    return dispose;
  });
  return { told, end };
}

test('before the session has told its state nothing is there, and then everything', async () => {
  const { session, store } = await opened();
  expect(isKnown(store.state)).toBe(false);
  expect(hasAny(store.state, 'ProjectAtome')).toBe(false);
  store.begin(structuredClone(session.getState()));
  expect(isKnown(store.state)).toBe(true);
  expect(hasAny(store.state, 'ProjectAtome')).toBe(true);
  expect(hasAny(store.state, 'TimelineMarkerAtome')).toBe(false);
});

test('whoever looks at the objects of a kind sees every change of them', async () => {
  const { session, timelineId, store, follow } = await opened();
  store.begin(structuredClone(session.getState()));
  const { told, end } = watchMarkers(store.state);
  const add = { cmd: 'ADD_MARKER', timeline_id: timelineId } as const;
  const [id = ''] = createdBy(await session.dispatch({ ...add, time: 1, name: 'Verse' }));
  follow();
  await session.dispatch({ cmd: 'SET_OBJECT', id, properties: { name: 'Chorus' } });
  follow();
  await session.dispatch({ cmd: 'REMOVE_OBJECT', id });
  follow();
  expect(told.map((names) => names.join()).filter((names, index, all) => names !== all[index - 1])).toEqual([
    '',
    'Verse',
    'Chorus',
    '',
  ]);
  end();
});

test('another session at the same revision shows what it has', async () => {
  const [one, other] = [await opened(), await opened()];
  await one.session.dispatch({ cmd: 'ADD_MARKER', timeline_id: one.timelineId, time: 1, name: 'One' });
  await addTestFile(other.session);
  const [first, second] = [one.session.getState(), other.session.getState()];
  one.store.begin(structuredClone(first));
  const { told, end } = watchMarkers(one.store.state);
  const { revisionId } = first.meta;
  one.store.reset({
    ...structuredClone(second),
    meta: { ...second.meta, revisionId, serverTime: first.meta.serverTime + 1 },
  });
  expect(told).toEqual([['One'], []]);
  expect(hasAny(one.store.state, 'AudioFileAtome')).toBe(true);
  end();
});
