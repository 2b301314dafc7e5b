// Paints the master meter: two bars, peak lines and the marks of the scale.
import { type MeterBallistics, meterFloor } from './meter-ballistics.ts';

export interface MeterColors {
  readonly track: string;
  readonly low: string;
  readonly high: string;
  readonly over: string;
  readonly mark: string;
}

const ceiling = 3;
const marks = [-48, -24, -12, -6, 0];

const place = (level: number): number => (Math.min(level, ceiling) - meterFloor) / (ceiling - meterFloor);

/** Paints into `width` by `height` pixels of the context. */
export function paintMeter(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  channels: readonly MeterBallistics[],
  colors: MeterColors,
): void {
  context.clearRect(0, 0, width, height);
  const gap = Math.max(1, Math.round(height / 9));
  const bar = (height - gap * (channels.length - 1)) / channels.length;
  channels.forEach((channel, index) => {
    const top = index * (bar + gap);
    context.fillStyle = colors.track;
    context.fillRect(0, top, width, bar);
    fill(context, colors.low, meterFloor, Math.min(channel.level, -6), top, bar, width);
    fill(context, colors.high, -6, Math.min(channel.level, 0), top, bar, width);
    fill(context, colors.over, 0, channel.level, top, bar, width);
    if (channel.peak > meterFloor) {
      context.fillStyle = channel.peak >= 0 ? colors.over : channel.peak > -6 ? colors.high : colors.low;
      context.fillRect(Math.round(place(channel.peak) * width) - 1, top, 2, bar);
    }
  });
  context.fillStyle = colors.mark;
  for (const mark of marks) context.fillRect(Math.round(place(mark) * width), 0, 1, height);
}

function fill(
  context: CanvasRenderingContext2D,
  color: string,
  from: number,
  to: number,
  top: number,
  height: number,
  width: number,
): void {
  if (to <= from) return;
  const left = place(from) * width;
  context.fillStyle = color;
  context.fillRect(left, top, place(to) * width - left, height);
}
