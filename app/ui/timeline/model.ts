// What all parts of the timeline view share: the scene, the view onto it, and what a gesture shows meanwhile.
import { type Accessor, createEffect, createMemo, createSignal, on, untrack } from 'solid-js';
import { unwrap } from 'solid-js/store';
import { tempoMapOf } from '../../core/tempo.ts';
import type { Seconds } from '../../core/units.ts';
import type { GestureContext, Preview } from '../../editor/gestures/gesture.ts';
import { contentHeight, defaultLaneHeight, type LaneLayout } from '../../editor/layout.ts';
import { buildScene, type Scene } from '../../editor/scene.ts';
import { clampViewport, fitRange, type Viewport } from '../../editor/viewport.ts';
import type { AtomeClient } from '../client.ts';
import { selectedIds, setViewport, snapEnabled, viewport } from '../selection.ts';

export interface TimelineModel {
  readonly client: AtomeClient;
  readonly timelineId: Accessor<string>;
  readonly scene: Accessor<Scene>;
  readonly layout: Accessor<LaneLayout>;
  readonly view: Accessor<Viewport>;
  /** Moves the view, kept where there is something to see. */
  setView(view: Viewport): void;
  setLaneHeight(pixels: number): void;
  /** Where the timeline stands or plays, in seconds; read anew at each call. */
  playhead(): Seconds;
  isPlaying(): boolean;
  readonly preview: Accessor<Preview | undefined>;
  setPreview(preview: Preview | undefined): void;
  /** The clip that the keyboard is on. */
  readonly focusedClip: Accessor<string | undefined>;
  setFocusedClip(id: string | undefined): void;
  /** What a screen reader is told. */
  readonly announcement: Accessor<string>;
  announce(words: string): void;
  context(): GestureContext;
}

const laneHeights = { least: 48, most: 240 };

export function createTimelineModel(client: AtomeClient, timelineId: Accessor<string>): TimelineModel {
  const [laneHeight, storeLaneHeight] = createSignal(defaultLaneHeight);
  const [preview, setPreview] = createSignal<Preview>();
  const [focusedClip, setFocusedClip] = createSignal<string>();
  const [announcement, announce] = createSignal('', { equals: false });

  const scene = createMemo((): Scene => {
    // Every patch has its revision: the objects themselves are then read without tracking each of their properties.
    void client.state.meta.revisionId;
    const id = timelineId();
    const objects = unwrap(client.state).objects;
    const timeline = objects[id];
    const source = timeline?.kind === 'TimelineAtome' ? timeline : { timebase: 'seconds' as const, tempo_segments: [] };
    return buildScene(objects, id, tempoMapOf(source));
  });
  const layout = createMemo((): LaneLayout => ({ laneHeight: laneHeight(), lanes: scene().lanes.length }), undefined, {
    equals: (a, b) => a.laneHeight === b.laneHeight && a.lanes === b.lanes,
  });

  const setView = (view: Viewport): void => {
    const end = untrack(scene).end + view.width * view.secondsPerPixel;
    setViewport(clampViewport(view, end, contentHeight(untrack(layout))));
  };
  const isPlaying = (): boolean => client.state.timelines[timelineId()]?.playing === true;
  const playhead = (): Seconds => {
    if (untrack(isPlaying)) return client.features.position(timelineId()).seconds;
    return untrack(() => scene().tempo.toSeconds(client.state.timelines[timelineId()]?.position ?? 0));
  };

  // The first clips of an empty timeline are shown whole.
  const shownWhole = createMemo(() => (scene().end > 0 && viewport().width > 1 ? timelineId() : undefined));
  createEffect(
    on(shownWhole, (id) => {
      if (id !== undefined) setView(fitRange(untrack(viewport), 0, untrack(scene).end));
    }),
  );

  return {
    client,
    timelineId,
    scene,
    layout,
    view: viewport,
    setView,
    setLaneHeight: (pixels) => storeLaneHeight(Math.max(laneHeights.least, Math.min(laneHeights.most, pixels))),
    playhead,
    isPlaying,
    preview,
    setPreview,
    focusedClip,
    setFocusedClip,
    announcement,
    announce,
    context: () => ({
      scene: untrack(scene),
      layout: untrack(layout),
      view: untrack(viewport),
      selected: untrack(selectedIds),
      snapping: untrack(snapEnabled),
      playhead: playhead(),
    }),
  };
}
