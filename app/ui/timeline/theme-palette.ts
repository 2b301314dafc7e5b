// Reads the theme's tokens as pixels, so that canvases follow it.
import { createPalette, type Palette } from '../../editor/palette.ts';
import type { Colour } from '../../editor/raster.ts';

/** Resolves any CSS colour to a pixel by painting it. */
function createResolver(): (colour: string) => Colour {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return (colour) => {
    if (!context) return 0xff000000;
    context.fillStyle = '#000';
    context.fillRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
  };
}

/** The palette of the theme that holds for `element` now. */
export function readPalette(element: Element): Palette {
  const resolve = createResolver();
  // A custom property is computed as text; a real property of a probe resolves what it refers to.
  const probe = document.createElement('span');
  probe.hidden = true;
  element.append(probe);
  const css = (name: string): string => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const pixel = (name: string): Colour => resolve(css(name));
  const palette = createPalette({
    background: pixel('--background'),
    surface: pixel('--surface'),
    line: pixel('--line'),
    lineStrong: pixel('--line-strong'),
    accent: pixel('--accent'),
    bright: pixel('--text-bright'),
    dim: pixel('--text-dim'),
    hues: Array.from({ length: 12 }, (_, index) => pixel(`--clip-${index}`)),
    text: { bright: css('--text-bright'), dim: css('--text-dim'), onStripe: css('--text-bright') },
  });
  probe.remove();
  return palette;
}
