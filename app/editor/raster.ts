// A software frame: rectangles, columns and discs written straight into pixels, so that a screen full of waveforms costs
// the same on every machine, with or without a GPU. One putImageData brings it to a canvas.

/** 0xAABBGGRR, as ImageData holds it on little-endian machines. */
export type Colour = number;

/** Mixes `over` onto `under`; `amount` from 0 to 1. The result is opaque. */
export function mix(under: Colour, over: Colour, amount: number): Colour {
  const a = Math.round(amount * 256);
  const b = 256 - a;
  const redBlue = ((((over & 0xff00ff) * a + (under & 0xff00ff) * b) / 256) | 0) & 0xff00ff;
  const green = (((((over >>> 8) & 0xff) * a + ((under >>> 8) & 0xff) * b) / 256) | 0) << 8;
  return (0xff000000 | redBlue | green) >>> 0;
}

/** Rows wider than this are faster filled by the built-in, narrower ones by a loop. */
const widthForFill = 64;

export class Raster {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8ClampedArray<ArrayBuffer>;
  readonly pixels: Uint32Array<ArrayBuffer>;

  /** Device pixels. */
  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.bytes = new Uint8ClampedArray(width * height * 4);
    this.pixels = new Uint32Array(this.bytes.buffer);
  }

  clear(colour: Colour): void {
    this.pixels.fill(colour);
  }

  /** Fills [left, right) x [top, bottom), whole pixels, clipped to the frame. */
  rect(left: number, top: number, right: number, bottom: number, colour: Colour): void {
    const x0 = Math.max(0, left);
    const x1 = Math.min(this.width, right);
    const y1 = Math.min(this.height, bottom);
    if (x1 <= x0) return;
    const { pixels, width } = this;
    for (let row = Math.max(0, top) * width; row < y1 * width; row += width) {
      if (x1 - x0 > widthForFill) pixels.fill(colour, row + x0, row + x1);
      else for (let at = row + x0; at < row + x1; at++) pixels[at] = colour;
    }
  }

  /** Mixes a colour over [left, right) x [top, bottom). */
  tint(left: number, top: number, right: number, bottom: number, colour: Colour, amount: number): void {
    const x0 = Math.max(0, left);
    const x1 = Math.min(this.width, right);
    const y1 = Math.min(this.height, bottom);
    const { pixels, width } = this;
    let from = -1;
    let to = 0;
    for (let y = Math.max(0, top); y < y1; y++) {
      for (let at = y * width + x0; at < y * width + x1; at++) {
        const under = pixels[at] ?? 0;
        if (under !== from) {
          from = under;
          to = mix(under, colour, amount);
        }
        pixels[at] = to;
      }
    }
  }

  /** One pixel column from `top` to `bottom`; fractional ends are mixed by how much of the pixel they cover. */
  column(x: number, top: number, bottom: number, colour: Colour): void {
    if (x < 0 || x >= this.width || bottom <= top) return;
    const { pixels, width, height } = this;
    const firstWhole = Math.ceil(top);
    const lastWhole = Math.floor(bottom);
    if (firstWhole > lastWhole) {
      this.#cover(x, lastWhole, bottom - top, colour);
      return;
    }
    if (firstWhole > top) this.#cover(x, firstWhole - 1, firstWhole - top, colour);
    const end = Math.min(height, lastWhole);
    for (let y = Math.max(0, firstWhole); y < end; y++) pixels[y * width + x] = colour;
    if (bottom > lastWhole) this.#cover(x, lastWhole, bottom - lastWhole, colour);
  }

  /** A filled disc with smooth edges. */
  disc(centreX: number, centreY: number, radius: number, colour: Colour): void {
    const last = Math.ceil(centreX + radius);
    for (let x = Math.floor(centreX - radius); x <= last; x++) {
      const reach = radius * radius - (x + 0.5 - centreX) ** 2;
      if (reach > 0) this.column(x, centreY - Math.sqrt(reach), centreY + Math.sqrt(reach), colour);
    }
  }

  #cover(x: number, y: number, amount: number, colour: Colour): void {
    if (y < 0 || y >= this.height) return;
    const at = y * this.width + x;
    this.pixels[at] = mix(this.pixels[at] ?? 0, colour, amount);
  }
}
