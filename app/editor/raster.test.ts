import { describe, expect, it } from 'vitest';
import { fadeCurve } from './fade.ts';
import { paintTransients } from './paint-transients.ts';
import { mix, Raster } from './raster.ts';

const black = 0xff000000;
const white = 0xffffffff;

describe('raster', () => {
  it('covers pixels by their share: a column from 0.25 to 2.5 is 75 %, 100 %, 50 %', () => {
    const raster = new Raster(1, 4);
    raster.clear(black);
    raster.column(0, 0.25, 2.5, white);
    expect([...raster.pixels].map((pixel) => pixel & 0xff)).toEqual([191, 255, 127, 0]);
  });

  it('keeps rectangles inside the frame', () => {
    const raster = new Raster(4, 4);
    raster.rect(-5, 2, 2, 99, white);
    expect([...raster.pixels].filter((pixel) => pixel === white)).toHaveLength(4);
    expect(raster.pixels[2 * 4 + 1]).toBe(white);
  });

  it('mixes each channel and stays opaque', () => {
    expect(mix(0xff102030, 0xff304050, 0.5)).toBe(0xff203040);
    expect(mix(black, white, 1)).toBe(white);
  });
});

describe('transients', () => {
  it('are lines as high as the waveform, at their pixels, and none beside the clip', () => {
    const raster = new Raster(20, 4);
    raster.clear(black);
    const view = { left: 1, secondsPerPixel: 0.01, top: 0, width: 10, height: 2 };
    const box = { left: 2, top: 1, right: 18, bottom: 3 };
    paintTransients(raster, view, 2, Float64Array.of(1, 1.03, 1.0801, 1.2), box, white);
    const painted = [...raster.pixels].flatMap((pixel, at) =>
      pixel === black ? [] : [[at % 20, Math.floor(at / 20)]],
    );
    expect(painted).toEqual([6, 7, 16, 17].map((x) => [x, 1]).concat([6, 7, 16, 17].map((x) => [x, 2])));
  });
});

describe('fade', () => {
  it('follows 3x² − 2x³', () => {
    expect([0, 0.25, 0.5, 0.75, 1].map(fadeCurve)).toEqual([0, 0.15625, 0.5, 0.84375, 1]);
  });
});
