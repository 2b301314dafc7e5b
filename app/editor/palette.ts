// The colours that painters use, resolved from the theme's tokens to pixels by the page.
import { type Colour, mix } from './raster.ts';

export interface ClipColours {
  readonly body: Colour;
  readonly stripe: Colour;
  readonly peaks: Colour;
  readonly rms: Colour;
}

export interface Palette {
  readonly background: Colour;
  readonly lane: Colour;
  readonly line: Colour;
  readonly lineStrong: Colour;
  readonly surface: Colour;
  readonly accent: Colour;
  readonly bright: Colour;
  /** By clip colour: as they sound, selected, and silent. */
  readonly clips: readonly {
    readonly normal: ClipColours;
    readonly selected: ClipColours;
    readonly silent: ClipColours;
  }[];
  /** CSS colours for text. */
  readonly text: { readonly bright: string; readonly dim: string; readonly onStripe: string };
}

/** What the theme gives; everything else follows from it. */
export interface PaletteSource {
  readonly background: Colour;
  readonly surface: Colour;
  readonly line: Colour;
  readonly lineStrong: Colour;
  readonly accent: Colour;
  readonly bright: Colour;
  readonly dim: Colour;
  readonly hues: readonly Colour[];
  readonly text: Palette['text'];
}

function clipColours(source: PaletteSource, hue: Colour, tint: number): ClipColours {
  const body = mix(source.background, hue, tint);
  return {
    body,
    stripe: mix(source.background, hue, tint + 0.22),
    peaks: mix(body, hue, 0.55),
    rms: hue,
  };
}

export function createPalette(source: PaletteSource): Palette {
  return {
    background: source.background,
    lane: mix(source.background, source.surface, 0.6),
    line: source.line,
    lineStrong: source.lineStrong,
    surface: source.surface,
    accent: source.accent,
    bright: source.bright,
    clips: source.hues.map((hue) => ({
      normal: clipColours(source, hue, 0.12),
      selected: clipColours(source, hue, 0.26),
      silent: clipColours(source, mix(source.background, source.dim, 0.55), 0.1),
    })),
    text: source.text,
  };
}
