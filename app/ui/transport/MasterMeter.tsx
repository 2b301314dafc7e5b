// The master's level with peak hold, and the fader that sets it.
import { createEffect, createSignal, type JSX, onCleanup, onMount } from 'solid-js';
import { useClient } from '../client.ts';
import { Fader } from '../controls/Fader.tsx';
import { gainOfLevel, levelOfGain, levelScale } from '../controls/scales.ts';
import { onFrame } from '../frame-loop.ts';
import { text } from '../text.ts';
import { shownTheme } from '../theme.ts';
import { MeterBallistics, meterFloor } from './meter-ballistics.ts';
import { type MeterColors, paintMeter } from './meter-painter.ts';

const masterScale = levelScale(12);

export function MasterMeter(): JSX.Element {
  const client = useClient();
  const setLevel = (level: number): void => {
    void client.run({ cmd: 'SET_MASTER_GAIN', gain: gainOfLevel(level) });
  };
  return (
    <div class="master">
      <Meter />
      <Fader
        label={text('transport.masterLevel')}
        scale={masterScale}
        value={levelOfGain(client.state.transport.masterGain)}
        onMove={setLevel}
        onCancel={setLevel}
        onCommit={setLevel}
      />
    </div>
  );
}

function Meter(): JSX.Element {
  const client = useClient();
  const left = new MeterBallistics();
  const right = new MeterBallistics();
  const readout = document.createTextNode('−∞');
  const [clipped, setClipped] = createSignal(false);
  let canvas: HTMLCanvasElement | undefined;
  let colors: MeterColors | undefined;
  createEffect(() => {
    shownTheme();
    colors = undefined;
  });

  onMount(() => {
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    const host = canvas;
    let still = false;
    const observer = new ResizeObserver(() => {
      const ratio = Math.min(2, devicePixelRatio);
      host.width = Math.round(host.clientWidth * ratio);
      host.height = Math.round(host.clientHeight * ratio);
      still = false;
    });
    observer.observe(host);
    const stop = onFrame((_time, elapsed) => {
      const { peak } = client.features.master();
      left.update(peak[0], elapsed);
      right.update(peak[1], elapsed);
      if (peak[0] > 1 || peak[1] > 1) setClipped(true);
      if (left.resting && right.resting && still && colors) return;
      colors ??= colorsOf(host);
      paintMeter(context, host.width, host.height, [left, right], colors);
      const words = levelText(Math.max(left.peak, right.peak));
      if (readout.data !== words) readout.data = words;
      still = left.resting && right.resting;
    });
    onCleanup(() => {
      stop();
      observer.disconnect();
    });
  });

  return (
    <div class="meter">
      <canvas ref={canvas} class="meter-canvas" role="img" aria-label={text('transport.masterMeter')} />
      <button
        type="button"
        class="meter-readout"
        data-clipped={clipped() ? '' : undefined}
        aria-label={clipped() ? text('transport.clipped') : text('transport.peak')}
        title={clipped() ? text('transport.clipped') : text('transport.peak')}
        onClick={() => setClipped(false)}
      >
        {readout}
      </button>
    </div>
  );
}

const levelText = (level: number): string =>
  level <= meterFloor ? '−∞' : `${level < -0.049 ? '−' : ''}${Math.abs(level).toFixed(1)}`;

function colorsOf(element: Element): MeterColors {
  const style = getComputedStyle(element);
  const color = (name: string): string => style.getPropertyValue(name).trim();
  return {
    track: color('--line'),
    low: color('--good'),
    high: color('--warning'),
    over: color('--record'),
    mark: color('--surface'),
  };
}
