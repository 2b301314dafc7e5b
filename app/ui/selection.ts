// What the person has selected and how they look at the timeline: discrete view state shared by all panels.
import { createSignal } from 'solid-js';
import type { Viewport } from '../editor/viewport.ts';
import type { AudioClipAtome } from '../protocol/kinds.ts';
import { readPreference, writePreference } from './preferences.ts';

/** Copied clips; their times are kept in seconds from the earliest of them. */
export interface Clipboard {
  readonly clips: readonly { readonly clip: AudioClipAtome; readonly offset: number }[];
}

const [selectedIds, setSelectedIds] = createSignal<ReadonlySet<string>>(new Set());
const [clipboard, setClipboard] = createSignal<Clipboard>();
const [snapEnabled, storeSnapEnabled] = createSignal(readPreference('snap') !== 'off');
const [followPlayhead, storeFollowPlayhead] = createSignal(readPreference('follow') !== 'off');
const [viewport, setViewport] = createSignal<Viewport>({
  left: 0,
  secondsPerPixel: 0.05,
  top: 0,
  width: 1,
  height: 1,
});

export { clipboard, followPlayhead, selectedIds, setClipboard, setViewport, snapEnabled, viewport };

/** Whether dragged things keep to the grid, clip edges, markers and the playhead. */
export const setSnapEnabled = (on: boolean): void => {
  storeSnapEnabled(on);
  writePreference('snap', on ? 'on' : 'off');
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
