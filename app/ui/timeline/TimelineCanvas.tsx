// The canvas of the timeline: painted only when something it shows has changed, at most once per frame.
import { createEffect, createMemo, type JSX, onCleanup, onMount } from 'solid-js';
import { type FrameInput, FramePainter } from '../../editor/frame-painter.ts';
import { rulerHeight } from '../../editor/layout.ts';
import { LoadQueue } from '../../editor/load-queue.ts';
import { WaveformPainter } from '../../editor/paint-waveform.ts';
import { PeakCache } from '../../editor/peak-cache.ts';
import { SampleCache } from '../../editor/sample-cache.ts';
import { showsTransients } from '../../editor/transients.ts';
import { isUnfolded } from '../lanes/lane-folds.ts';
import { selectedIds, snapEnabled, snapModes } from '../selection.ts';
import { shownTheme } from '../theme.ts';
import type { TimelineModel } from './model.ts';
import { createRepaint } from './repaint.ts';
import { themePalette } from './theme-palette.ts';

const cacheBytes = { peaks: 48 << 20, samples: 32 << 20 };
const loadsAtOnce = 6;
/** More device pixels per CSS pixel cannot be told apart in a moving waveform. */
const greatestScale = 2;
const nothing: ReadonlySet<string> = new Set();

export interface TimelineCanvasProps {
  readonly model: TimelineModel;
  readonly hovered: string | undefined;
}

export function TimelineCanvas(props: TimelineCanvasProps): JSX.Element {
  const canvas = (<canvas class="timeline-canvas" />) as HTMLCanvasElement;
  const context = canvas.getContext('2d', { alpha: false });
  const queue = new LoadQueue(loadsAtOnce, () => repaint());
  const { waveforms } = props.model.client;
  const peaks = new PeakCache(waveforms, queue, cacheBytes.peaks);
  const samples = new SampleCache(waveforms, queue, cacheBytes.samples);
  const painter = new FramePainter(new WaveformPainter(peaks, samples));

  let input: Omit<FrameInput, 'palette' | 'scale'> | undefined;
  const repaint = createRepaint(() => {
    if (!context || !input || !canvas.isConnected) return;
    const scale = Math.min(greatestScale, devicePixelRatio);
    const width = Math.round(input.view.width * scale);
    const height = Math.round((input.view.height + rulerHeight) * scale);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    queue.beginFrame();
    painter.paint(context, { ...input, palette: themePalette(), scale });
  });

  const shownScene = createMemo(() => {
    const all = props.model.scene();
    // Where the markers have their lane, the ruler need not name them.
    const markers = isUnfolded('markers') ? all.markers.map((marker) => ({ ...marker, name: '' })) : all.markers;
    const scene = { ...all, markers };
    const loop = props.model.preview()?.loop;
    return loop ? { ...scene, loop: { ...loop, enabled: true } } : scene;
  });
  const shownTransients = createMemo((): FrameInput['transientsIn'] => {
    const { transients, transientsLoaded, view } = props.model;
    if (!snapEnabled() || !snapModes().transients || !showsTransients(view())) return undefined;
    transientsLoaded();
    return (clip, from, to) => transients.in(clip, from, to);
  });
  createEffect(() => {
    const preview = props.model.preview();
    const ghosts = preview?.ghosts ?? [];
    input = {
      scene: shownScene(),
      layout: props.model.layout(),
      view: props.model.view(),
      selected: preview?.selection ?? selectedIds(),
      focused: props.model.focusedClip(),
      hovered: ghosts.length > 0 ? undefined : props.hovered,
      ghosts,
      hidden: preview?.copies || ghosts.length === 0 ? nothing : new Set(ghosts.map((ghost) => ghost.id)),
      transientsIn: shownTransients(),
    };
    repaint();
  });
  // Files may have come since a load failed.
  createEffect(() => {
    props.model.scene();
    queue.retry();
  });
  createEffect(() => {
    shownTheme();
    repaint();
  });

  onMount(() => {
    const host = canvas.parentElement;
    if (!host) return;
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = host;
      if (width === 0 || height <= rulerHeight) return;
      props.model.setView({ ...props.model.view(), width, height: height - rulerHeight });
    };
    const observer = new ResizeObserver(measure);
    observer.observe(host);
    measure();
    void document.fonts.ready.then(repaint);
    onCleanup(() => observer.disconnect());
  });

  return canvas;
}
