// Where waveform data comes from; the page passes its media worker in.

export interface WaveformSource {
  /** The serialised peak pyramid of a blob, read by slices only. */
  peaks(hash: string): Promise<Blob>;
  /** Planar float32 of [start, start + frames), clipped to the file. */
  samples(hash: string, start: number, frames: number): Promise<Float32Array[]>;
}
