// What all parts of the timeline view share: the scene, the view onto it, and what a gesture shows meanwhile.
import {
  type Accessor,
  createEffect,
  createMemo,
  createSignal,
  createUniqueId,
  on,
  onCleanup,
  untrack,
} from 'solid-js';
import { unwrap } from 'solid-js/store';
import { tempoMapOf } from '../../core/tempo.ts';
import type { Seconds } from '../../core/units.ts';
import type { GestureContext, Preview } from '../../editor/gestures/gesture.ts';
import { contentHeight, fittingLaneHeight, type LaneLayout } from '../../editor/layout.ts';
import { buildScene, type Scene } from '../../editor/scene.ts';
import { Transients } from '../../editor/transients.ts';
import { clampViewport, fitRange, type Viewport } from '../../editor/viewport.ts';
import type { AtomeClient } from '../client.ts';
import { readPreference, writePreference } from '../preferences.ts';
import { rippling, selectedIds, snapEnabled, snapModes, stretching } from '../selection.ts';
import { stampOf } from '../session-view.ts';
import { findShort } from '../stretch/file-tempo.ts';
import { knownTempo } from '../stretch/known-tempo.ts';
import { keepView, keptView } from './kept-view.ts';

export interface TimelineModel {
  readonly client: AtomeClient;
  readonly timelineId: Accessor<string>;
  /** Of the element that holds its clips for keyboards and screen readers. */
  readonly gridId: string;
  readonly scene: Accessor<Scene>;
  readonly layout: Accessor<LaneLayout>;
  readonly view: Accessor<Viewport>;
  /** Moves the view, kept where there is something to see. */
  setView(view: Viewport): void;
  /** Undefined: as the window allows. */
  setLaneHeight(pixels: number | undefined): void;
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
  /** Attacks in the sounds of clips. */
  readonly transients: Transients;
  /** Changes when those of one more sound are known. */
  readonly transientsLoaded: Accessor<number>;
  context(): GestureContext;
}

/** Before the window has been measured. */
const untouched: Viewport = { left: 0, secondsPerPixel: 0.05, top: 0, width: 1, height: 1 };
const transientBytes = 16 << 20;
const laneHeights = { least: 48, most: 240 };

export function createTimelineModel(client: AtomeClient, timelineId: Accessor<string>): TimelineModel {
  const [chosenHeight, storeLaneHeight] = createSignal(Number(readPreference('laneHeight')) || undefined);
  const gridId = createUniqueId();
  const [viewport, setViewport] = createSignal<Viewport>(untouched);
  const [preview, setPreview] = createSignal<Preview>();
  const [focusedClip, setFocusedClip] = createSignal<string>();
  const [announcement, announce] = createSignal('', { equals: false });
  const [transientsLoaded, setTransientsLoaded] = createSignal(0);
  const transients = new Transients(client.waveforms, transientBytes, () => setTransientsLoaded((count) => count + 1));

  const scene = createMemo((): Scene => {
    // Every patch has its revision: the objects themselves are then read without tracking each of their properties.
    void stampOf(client.state);
    const id = timelineId();
    const objects = unwrap(client.state).objects;
    const timeline = objects[id];
    const source = timeline?.kind === 'TimelineAtome' ? timeline : { timebase: 'seconds' as const, tempo_segments: [] };
    return buildScene(objects, id, tempoMapOf(source));
  });
  const layout = createMemo(
    (): LaneLayout => {
      const lanes = scene().lanes.length;
      return { laneHeight: chosenHeight() ?? fittingLaneHeight(lanes, viewport().height), lanes };
    },
    undefined,
    { equals: (a, b) => a.laneHeight === b.laneHeight && a.lanes === b.lanes },
  );
  const setLaneHeight = (pixels: number | undefined): void => {
    const height = pixels && Math.round(Math.max(laneHeights.least, Math.min(laneHeights.most, pixels)));
    storeLaneHeight(height);
    writePreference('laneHeight', String(height ?? ''));
  };

  const setView = (view: Viewport): void => {
    const end = untrack(scene).end + view.width * view.secondsPerPixel;
    setViewport(clampViewport(view, end, contentHeight(untrack(layout))));
  };
  const isPlaying = (): boolean => client.state.timelines[timelineId()]?.playing === true;
  const playhead = (): Seconds => {
    if (untrack(isPlaying)) return client.features.position(timelineId()).seconds;
    return untrack(() => scene().tempo.toSeconds(client.state.timelines[timelineId()]?.position ?? 0));
  };

  // A visit begins where the last one ended; the first clips of an empty timeline are shown whole.
  let kept = keptView(untrack(timelineId));
  const shownWhole = createMemo(() => (scene().end > 0 && viewport().width > 1 ? timelineId() : undefined));
  createEffect(
    on(shownWhole, (id) => {
      if (id === undefined) return;
      const view = untrack(viewport);
      setView(kept ? { ...view, ...kept } : fitRange(view, 0, untrack(scene).end));
      kept = undefined;
    }),
  );
  const keep = (): void => keepView(untrack(timelineId), untrack(viewport));
  window.addEventListener('pagehide', keep);
  onCleanup(() => window.removeEventListener('pagehide', keep));

  return {
    client,
    timelineId,
    gridId,
    scene,
    layout,
    view: viewport,
    setView,
    setLaneHeight,
    playhead,
    isPlaying,
    preview,
    setPreview,
    focusedClip,
    setFocusedClip,
    announcement,
    announce,
    transients,
    transientsLoaded,
    context: () => ({
      scene: untrack(scene),
      layout: untrack(layout),
      view: untrack(viewport),
      selected: untrack(selectedIds),
      snapping: untrack(snapEnabled),
      snapTo: untrack(snapModes),
      transientsIn: (clip, from, to) => transients.in(clip, from, to),
      playhead: playhead(),
      ripple: untrack(rippling),
      stretching: untrack(stretching),
      tempoOf: ({ source, hash, fileDuration }) =>
        untrack(() => {
          findShort(client.waveforms, hash, fileDuration);
          return source.kind === 'AudioClipAtome' ? knownTempo(client.state, source.audio_file_id)?.bpm : undefined;
        }),
    }),
  };
}
