// Onsets and tempo of a sound, and the file they are kept in ("ATON", version 2).
//
// Little-endian. Header: u32 magic, u32 version, u32 number of onsets, u32 CRC-32 of what follows; then seven f64 (beats
// per minute or 0, first beat, confidence, four other readings of the tempo or 0), the onsets' seconds as f64, and their
// strengths as f32.
import { crc32 } from './crc32.ts';
import type { Seconds } from './units.ts';

export interface SoundTempo {
  readonly bpm: number;
  /** The first beat of the sound. */
  readonly firstBeat: Seconds;
  /** 0 to 1: how far the sound keeps to this beat; free playing stays near 0. */
  readonly confidence: number;
  /** Other tempi as which the same sound can be heard, likelier ones first. */
  readonly alternatives: readonly number[];
}

export interface SoundOnsets {
  /** Seconds from the start of the file, ascending. */
  readonly onsets: Float64Array<ArrayBuffer>;
  /** 0 to 1, of each onset. */
  readonly strengths: Float32Array<ArrayBuffer>;
  /** Null where there are too few onsets to tell. */
  readonly tempo: SoundTempo | null;
}

const magic = 0x4e4f5441;
const version = 2;
const headerBytes = 16;
/** Numbers that a tempo is made of. */
export const tempoValues = 7;
const onsetBytes = 12;

const sizeOf = (count: number): number => headerBytes + tempoValues * 8 + count * onsetBytes;

/** The tempo out of its five values. */
export function tempoOf([bpm = 0, firstBeat = 0, confidence = 0, ...others]: Iterable<number>): SoundTempo | null {
  const alternatives = others.filter((other) => other > 0);
  return bpm > 0 ? { bpm, firstBeat, confidence, alternatives } : null;
}

/** The bytes of an onset file. */
export function writeOnsets({ onsets, strengths, tempo }: SoundOnsets): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(sizeOf(onsets.length));
  const view = new DataView(bytes.buffer);
  const values = tempo ? [tempo.bpm, tempo.firstBeat, tempo.confidence, ...tempo.alternatives] : [];
  for (const [index, value] of values.slice(0, tempoValues).entries())
    view.setFloat64(headerBytes + index * 8, value, true);
  const secondsAt = sizeOf(0);
  const strengthsAt = secondsAt + onsets.length * 8;
  for (const [index, seconds] of onsets.entries()) view.setFloat64(secondsAt + index * 8, seconds, true);
  for (const [index, strength] of strengths.entries()) view.setFloat32(strengthsAt + index * 4, strength, true);
  view.setUint32(0, magic, true);
  view.setUint32(4, version, true);
  view.setUint32(8, onsets.length, true);
  view.setUint32(12, crc32(bytes.subarray(headerBytes)), true);
  return bytes;
}

/** Reads an onset file; undefined when the bytes are not a sound one of this version. */
export function readOnsets(buffer: ArrayBuffer): SoundOnsets | undefined {
  if (buffer.byteLength < sizeOf(0)) return undefined;
  const view = new DataView(buffer);
  const count = view.getUint32(8, true);
  if (view.getUint32(0, true) !== magic || view.getUint32(4, true) !== version) return undefined;
  if (buffer.byteLength !== sizeOf(count)) return undefined;
  if (view.getUint32(12, true) !== crc32(new Uint8Array(buffer, headerBytes))) return undefined;
  const values = Array.from({ length: tempoValues }, (_, index) => view.getFloat64(headerBytes + index * 8, true));
  const secondsAt = sizeOf(0);
  const strengthsAt = secondsAt + count * 8;
  const onsets = new Float64Array(count).map((_, index) => view.getFloat64(secondsAt + index * 8, true));
  const strengths = new Float32Array(count).map((_, index) => view.getFloat32(strengthsAt + index * 4, true));
  return { onsets, strengths, tempo: tempoOf(values) };
}
