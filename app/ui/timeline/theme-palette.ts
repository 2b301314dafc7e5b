// The theme's tokens as pixels, so that canvases follow it; resolved once for each theme.
import { createPalette, type Palette } from '../../editor/palette.ts';
import type { Colour } from '../../editor/raster.ts';
import { shownTheme } from '../theme.ts';

const hueNames = Array.from({ length: 12 }, (_, index) => `--clip-${index}`);
const names = [
  '--background',
  '--surface',
  '--line',
  '--line-strong',
  '--accent',
  '--text-bright',
  '--text-dim',
  ...hueNames,
];

const palettes = new Map<string, Palette>();

/** The palette of the theme that is shown now; reactive. */
export function themePalette(): Palette {
  const theme = shownTheme();
  const known = palettes.get(theme);
  if (known) return known;
  const palette = readPalette();
  palettes.set(theme, palette);
  return palette;
}

function readPalette(): Palette {
  const colours = resolvedColours();
  const pixels = pixelsOf(colours);
  const at = (name: string): number => names.indexOf(name);
  const css = (name: string): string => colours[at(name)] ?? '';
  const pixel = (name: string): Colour => pixels[at(name)] ?? 0xff000000;
  return createPalette({
    background: pixel('--background'),
    surface: pixel('--surface'),
    line: pixel('--line'),
    lineStrong: pixel('--line-strong'),
    accent: pixel('--accent'),
    bright: pixel('--text-bright'),
    dim: pixel('--text-dim'),
    hues: hueNames.map(pixel),
    text: { bright: css('--text-bright'), dim: css('--text-dim'), onStripe: css('--text-bright') },
  });
}

/** A custom property is computed as text; a real property of a probe resolves what it refers to. */
function resolvedColours(): string[] {
  const probes = names.map((name) => {
    const probe = document.createElement('span');
    probe.style.color = `var(${name})`;
    return probe;
  });
  const host = document.createElement('div');
  host.hidden = true;
  host.append(...probes);
  document.body.append(host);
  const colours = probes.map((probe) => getComputedStyle(probe).color);
  host.remove();
  return colours;
}

/** Any CSS colour becomes a pixel by being painted. */
function pixelsOf(colours: readonly string[]): Colour[] {
  const canvas = document.createElement('canvas');
  canvas.width = colours.length;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return [];
  context.fillStyle = '#000';
  context.fillRect(0, 0, colours.length, 1);
  for (const [index, colour] of colours.entries()) {
    context.fillStyle = colour;
    context.fillRect(index, 0, 1, 1);
  }
  const { data } = context.getImageData(0, 0, colours.length, 1);
  return colours.map((_, index) => {
    const [red = 0, green = 0, blue = 0] = data.subarray(index * 4);
    return (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
  });
}
