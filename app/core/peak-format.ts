// The serialised peak pyramid ("ATPK", version 1), as dsp-wasm/dsp/peaks writes it and the painters read it.
//
// Little-endian. Header: u32 magic, u32 version, u32 channels, u32 levels, f64 frames, u32 binFrames, u32 factor;
// then per level f64 byte offset, f64 bins per channel; then the bins, per level, per channel, each
// i16 minimum, i16 maximum, u16 root mean square, where 16384 stands for full scale (so that overs up to 2.0 show).

export const peakMagic = 0x4b505441;
export const peakVersion = 1;
export const peakHeaderBytes = 32;
export const peakLevelBytes = 16;
export const peakBinBytes = 6;
export const peakFullScale = 16384;

export interface PeakLevel {
  /** Frames summarised by one bin. */
  readonly binFrames: number;
  /** Bins per channel. */
  readonly bins: number;
  /** Byte at which channel 0 begins; channel c begins at offset + c * bins * 6. */
  readonly offset: number;
}

export interface PeakHeader {
  readonly channels: number;
  readonly frames: number;
  readonly levels: readonly PeakLevel[];
}

/** Bytes to read from the start of a file to be sure to hold its whole header. */
export const peakHeaderLimit = peakHeaderBytes + 32 * peakLevelBytes;

/** Reads a header; undefined when the bytes are not a sound pyramid of a file of `size` bytes. */
export function readPeakHeader(bytes: ArrayBuffer, size: number): PeakHeader | undefined {
  if (bytes.byteLength < peakHeaderBytes) return undefined;
  const view = new DataView(bytes);
  if (view.getUint32(0, true) !== peakMagic || view.getUint32(4, true) !== peakVersion) return undefined;
  const channels = view.getUint32(8, true);
  const count = view.getUint32(12, true);
  const frames = view.getFloat64(16, true);
  const factor = view.getUint32(28, true);
  if (channels < 1 || channels > 32 || count > 32 || factor < 2) return undefined;
  if (bytes.byteLength < peakHeaderBytes + count * peakLevelBytes) return undefined;
  const levels: PeakLevel[] = [];
  let binFrames = view.getUint32(24, true);
  for (let index = 0; index < count; index++) {
    const at = peakHeaderBytes + index * peakLevelBytes;
    const offset = view.getFloat64(at, true);
    const bins = view.getFloat64(at + 8, true);
    if (!(offset >= 0 && bins >= 0 && offset + bins * channels * peakBinBytes <= size)) return undefined;
    levels.push({ binFrames, bins, offset });
    binFrames *= factor;
  }
  return { channels, frames, levels };
}
