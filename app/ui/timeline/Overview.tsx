// The whole project in a strip; dragging goes there.
import { createEffect, createMemo, createSignal, type JSX, onCleanup, onMount } from 'solid-js';
import { overviewLength, paintOverview } from '../../editor/paint-overview.ts';
import { timeToX } from '../../editor/viewport.ts';
import { text } from '../text.ts';
import { shownTheme } from '../theme.ts';
import type { TimelineModel } from './model.ts';
import { createRepaint } from './repaint.ts';
import { themePalette } from './theme-palette.ts';

/** How far an arrow key goes, in widths of the view. */
const keyStep = 0.25;

export function Overview(props: { readonly model: TimelineModel }): JSX.Element {
  const { model } = props;
  const canvas = (<canvas class="overview-canvas" />) as HTMLCanvasElement;
  const context = canvas.getContext('2d', { alpha: false });
  const [width, setWidth] = createSignal(1);
  const length = createMemo(() => overviewLength(model.scene()));
  const repaint = createRepaint(() => {
    const scale = Math.min(2, devicePixelRatio);
    const size = { width: Math.round(width() * scale), height: Math.round(canvas.clientHeight * scale) };
    if (!context || size.width < 2 || size.height < 2) return;
    canvas.width = size.width;
    canvas.height = size.height;
    const raster = paintOverview(model.scene(), themePalette(), size.width, size.height);
    context.putImageData(new ImageData(raster.bytes, size.width, size.height), 0, 0);
  });
  createEffect(() => {
    model.scene();
    width();
    shownTheme();
    repaint();
  });
  const goTo = (clientX: number): void => {
    const view = model.view();
    const time = ((clientX - canvas.getBoundingClientRect().left) / width()) * length();
    model.setView({ ...view, left: time - (view.width / 2) * view.secondsPerPixel });
  };
  const windowStyle = () => {
    const view = model.view();
    const scale = { ...view, left: 0, secondsPerPixel: length() / width() };
    const left = Math.max(0, timeToX(scale, view.left));
    const right = Math.min(width(), timeToX(scale, view.left + view.width * view.secondsPerPixel));
    return { transform: `translateX(${left}px)`, width: `${Math.max(3, right - left)}px` };
  };
  onMount(() => {
    const observer = new ResizeObserver(() => setWidth(canvas.clientWidth));
    observer.observe(canvas);
    onCleanup(() => observer.disconnect());
  });
  return (
    <div
      class="overview"
      role="scrollbar"
      tabIndex={0}
      aria-label={text('view.overview')}
      aria-orientation="horizontal"
      aria-controls={model.gridId}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round((100 * Math.max(0, model.view().left)) / length())}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        goTo(event.clientX);
      }}
      onPointerMove={(event) => {
        if (event.buttons === 1 && event.currentTarget.hasPointerCapture(event.pointerId)) goTo(event.clientX);
      }}
      onKeyDown={(event) => {
        const direction = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
        if (direction === 0) return;
        event.preventDefault();
        const view = model.view();
        model.setView({ ...view, left: view.left + direction * keyStep * view.width * view.secondsPerPixel });
      }}
    >
      {canvas}
      <div class="overview-window" style={windowStyle()} />
    </div>
  );
}
