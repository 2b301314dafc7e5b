// What the person has selected and how they look at the timeline: discrete view state shared by all panels.
import { createSignal } from 'solid-js';
import type { SnapModes } from '../editor/gestures/gesture.ts';
import type { AnyClip } from '../protocol/kinds.ts';
import { readPreference, writePreference } from './preferences.ts';

/** Copied clips; their times are kept in seconds from the earliest of them. */
export interface Clipboard {
  readonly clips: readonly { readonly clip: AnyClip; readonly offset: number }[];
}

const [selectedIds, setSelectedIds] = createSignal<ReadonlySet<string>>(new Set());
const [clipboard, setClipboard] = createSignal<Clipboard>();
const [snapEnabled, storeSnapEnabled] = createSignal(readPreference('snap') !== 'off');
const [snapModes, storeSnapModes] = createSignal(readSnapModes());
const [rippling, storeRippling] = createSignal(readPreference('ripple') === 'on');
/** Whether dragged edges of clips stretch their sound rather than trim it. */
const [stretching, setStretching] = createSignal(false);
const [scrubSound, storeScrubSound] = createSignal(readPreference('scrub') !== 'off');
const [followPlayhead, storeFollowPlayhead] = createSignal(readPreference('follow') !== 'off');

export {
  clipboard,
  followPlayhead,
  rippling,
  scrubSound,
  selectedIds,
  setClipboard,
  setStretching,
  snapEnabled,
  snapModes,
  stretching,
};

/** What was kept: the names of the modes that are on; the grid and the markers are to begin with. */
function readSnapModes(): SnapModes {
  const on = (readPreference('snapTo') ?? 'grid markers').split(' ');
  return { grid: on.includes('grid'), markers: on.includes('markers'), transients: on.includes('transients') };
}

/** Switches one of what dragged things keep to; switching it on switches snapping on. */
export const toggleSnapMode = (mode: keyof SnapModes): void => {
  const modes = { ...snapModes(), [mode]: !snapModes()[mode] };
  storeSnapModes(modes);
  const names = Object.entries(modes).flatMap(([name, on]) => (on ? name : []));
  writePreference('snapTo', names.join(' '));
  if (modes[mode]) setSnapEnabled(true);
};

/** Whether dragged things keep to clip edges, the playhead and what the modes say. */
export const setSnapEnabled = (on: boolean): void => {
  storeSnapEnabled(on);
  writePreference('snap', on ? 'on' : 'off');
};

/** Whether what lies behind deleted, moved and trimmed clips moves along. */
export const setRippling = (on: boolean): void => {
  storeRippling(on);
  writePreference('ripple', on ? 'on' : 'off');
};

/** Whether a playhead that is dragged is heard. */
export const setScrubSound = (on: boolean): void => {
  storeScrubSound(on);
  writePreference('scrub', on ? 'on' : 'off');
};

/** Whether the timeline turns its page when the playhead leaves it. */
export const setFollowPlayhead = (on: boolean): void => {
  storeFollowPlayhead(on);
  writePreference('follow', on ? 'on' : 'off');
};

/** Replaces the selection. */
export const select = (ids: Iterable<string>): void => {
  setSelectedIds(new Set(ids));
};

export const clearSelection = (): void => {
  if (selectedIds().size > 0) select([]);
};

/** Adds a clip to the selection, or takes it out. */
export const toggleSelected = (id: string): void => {
  const next = new Set(selectedIds());
  if (!next.delete(id)) next.add(id);
  setSelectedIds(next);
};
