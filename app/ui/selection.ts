// What the person has selected and how they look at the timeline: discrete view state shared by all panels.
import { createSignal } from 'solid-js';
import type { Viewport } from '../editor/viewport.ts';
import type { AudioClipAtome } from '../protocol/kinds.ts';

/** Copied clips; their times are kept in seconds from the earliest of them. */
export interface Clipboard {
  readonly clips: readonly { readonly clip: AudioClipAtome; readonly offset: number }[];
}

const [selectedIds, setSelectedIds] = createSignal<ReadonlySet<string>>(new Set());
const [clipboard, setClipboard] = createSignal<Clipboard>();
const [snapEnabled, setSnapEnabled] = createSignal(true);
const [followPlayhead, setFollowPlayhead] = createSignal(true);
const [viewport, setViewport] = createSignal<Viewport>({
  left: 0,
  secondsPerPixel: 0.05,
  top: 0,
  width: 1,
  height: 1,
});

/** Ids of the selected clips. */
/** Whether dragged things keep to the grid, clip edges, markers and the playhead. */
/** Whether the timeline turns its page when the playhead leaves it. */
/** The part of the timeline that is in sight. */
export {
  clipboard,
  followPlayhead,
  selectedIds,
  setClipboard,
  setFollowPlayhead,
  setSnapEnabled,
  setViewport,
  snapEnabled,
  viewport,
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
