// The waveform of a clip inside its box: peaks from afar, the line of samples from near, dots on single samples.
import { fadeGain } from './fade.ts';
import type { Box } from './frame-shape.ts';
import type { ClipColours } from './palette.ts';
import type { PeakCache } from './peak-cache.ts';
import type { Raster } from './raster.ts';
import type { SampleCache } from './sample-cache.ts';
import type { SceneClip } from './scene.ts';
import type { Viewport } from './viewport.ts';
import { addPeaks, addSamples, type ColumnSpan, Columns, SampleReader } from './waveform-columns.ts';

/** Below so many frames per column raw samples are drawn: the finest peaks summarise as many. */
const framesPerColumnForSamples = 64;
/** From so many CSS pixels per frame on, each sample gets a dot. */
const pixelsPerFrameForDots = 5;
/** CSS pixels that each channel needs to be drawn on its own; below, channels are drawn as one. */
const heightPerChannel = 44;

export class WaveformPainter {
  readonly #peaks: PeakCache;
  readonly #samples: SampleCache;
  #columns = new Columns(4096);

  constructor(peaks: PeakCache, samples: SampleCache) {
    this.#peaks = peaks;
    this.#samples = samples;
  }

  /** @param box of the waveform, in device pixels; may reach beyond the raster. */
  paint(raster: Raster, view: Viewport, scale: number, clip: SceneClip, box: Box, colours: ClipColours): void {
    const left = Math.max(0, box.left);
    const count = Math.min(raster.width, box.right) - left;
    if (count <= 0) return;
    if (count > this.#columns.minimum.length) this.#columns = new Columns(count);
    const secondsPerColumn = view.secondsPerPixel / scale;
    const timeInClip = view.left + left * secondsPerColumn - clip.start;
    const span: ColumnSpan = {
      start: Math.max(0, (clip.sourceStart + timeInClip / clip.ratio) * clip.sampleRate),
      step: (secondsPerColumn / clip.ratio) * clip.sampleRate,
      count,
    };
    const all = Array.from({ length: clip.channels }, (_, channel) => channel);
    const apart = clip.channels > 1 && (box.bottom - box.top) / clip.channels >= heightPerChannel * scale;
    const rowHeight = (box.bottom - box.top) / (apart ? clip.channels : 1);
    // Lines of samples cross each other; only from afar do channels fill one shape.
    const drawn = apart || span.step < 1 ? all.map((channel) => [channel]) : [all];
    for (const [index, channels] of drawn.entries()) {
      const middle = box.top + rowHeight * ((apart ? index : 0) + 0.5);
      const half = rowHeight / 2 - scale;
      this.#fill(span, clip, channels);
      this.#paintColumns(raster, left, count, timeInClip, secondsPerColumn, clip, middle, half, colours);
      if (span.step * pixelsPerFrameForDots * scale <= 1) {
        for (const channel of channels)
          this.#paintDots(raster, span, left, scale, clip, channel, middle, half, colours);
      }
    }
  }

  #fill(span: ColumnSpan, clip: SceneClip, channels: readonly number[]): void {
    const columns = this.#columns;
    columns.clear(span.count);
    if (span.step < framesPerColumnForSamples) {
      const frames = Math.round(clip.fileDuration * clip.sampleRate);
      const complete = channels.every((channel) =>
        addSamples(columns, span, this.#samples, clip.hash, channel, frames),
      );
      if (complete) return;
      columns.clear(span.count);
    }
    const pyramid = this.#peaks.pyramid(clip.hash);
    if (!pyramid) return;
    for (const channel of channels) {
      if (channel < pyramid.header.channels) addPeaks(columns, span, pyramid, channel);
    }
  }

  #paintColumns(
    raster: Raster,
    left: number,
    count: number,
    timeInClip: number,
    secondsPerColumn: number,
    clip: SceneClip,
    middle: number,
    half: number,
    colours: ClipColours,
  ): void {
    const { minimum, maximum, rms } = this.#columns;
    const faded = clip.fadeIn > 0 || clip.fadeOut > 0;
    // Without RMS (raw samples) the line itself is bright.
    const line = (rms[0] ?? 0) === 0 && (rms[count - 1] ?? 0) === 0 && (rms[count >> 1] ?? 0) === 0;
    for (let column = 0; column < count; column++) {
      const low = minimum[column] ?? 0;
      const high = maximum[column] ?? 0;
      if (low > high) continue;
      const fade = faded ? fadeGain(clip, timeInClip + (column + 0.5) * secondsPerColumn) : 1;
      const gain = clip.gain * fade * half;
      const top = middle - Math.min(half, high * gain);
      const bottom = middle + Math.min(half, -low * gain);
      const thin = Math.max(0, 1 - (bottom - top)) / 2;
      raster.column(left + column, top - thin, bottom + thin, line ? colours.rms : colours.peaks);
      const body = Math.min((rms[column] ?? 0) * gain, half);
      if (body > 0.5)
        raster.column(left + column, Math.max(top, middle - body), Math.min(bottom, middle + body), colours.rms);
    }
  }

  #paintDots(
    raster: Raster,
    span: ColumnSpan,
    left: number,
    scale: number,
    clip: SceneClip,
    channel: number,
    middle: number,
    half: number,
    colours: ClipColours,
  ): void {
    const frames = Math.round(clip.fileDuration * clip.sampleRate);
    const reader = new SampleReader(this.#samples, clip.hash, channel, frames);
    const last = Math.floor(Math.min(span.start + span.count * span.step, clip.sourceEnd * clip.sampleRate - 1e-3));
    for (let frame = Math.ceil(span.start - 1e-6); frame <= last; frame++) {
      const value = reader.at(frame);
      if (value === undefined) return;
      const gain = clip.gain * fadeGain(clip, (frame / clip.sampleRate - clip.sourceStart) * clip.ratio);
      const y = middle - Math.max(-1, Math.min(1, value * gain)) * half;
      raster.disc(left + (frame - span.start) / span.step, y, 2.5 * scale, colours.rms);
    }
  }
}
