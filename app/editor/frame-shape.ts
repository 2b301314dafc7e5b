// Measures shared by the painters, in device pixels.

/** How a frame is painted. */
export interface FrameShape {
  /** Device pixels per CSS pixel. */
  readonly scale: number;
  /** Rows above the lanes (the ruler). */
  readonly top: number;
}

/** Whole device pixels; may reach beyond the raster. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}
