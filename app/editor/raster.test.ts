import { describe, expect, it } from 'vitest';
import { fadeCurve } from './fade.ts';
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

describe('fade', () => {
  it('follows 3x² − 2x³', () => {
    expect([0, 0.25, 0.5, 0.75, 1].map(fadeCurve)).toEqual([0, 0.15625, 0.5, 0.84375, 1]);
  });
});
