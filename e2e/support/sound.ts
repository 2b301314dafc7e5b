// Sound as tests read it: samples out of the page, and what to ask of them.
import { readFile } from 'node:fs/promises';
import type { JSHandle } from '@playwright/test';

/** One array per channel. */
export type Sound = readonly Float32Array[];

export interface Recording {
  /** Master frame of the first sample. */
  readonly startFrame: number;
  readonly channels: Sound;
}

/** Samples out of the page; as text of bytes, because JSON of floats is slow. */
export async function floatsOf(handle: JSHandle<{ readonly channels: readonly Float32Array[] }>): Promise<Sound> {
  const texts = await handle.evaluate(({ channels }) =>
    Promise.all(
      channels.map(
        (channel) =>
          new Promise<string>((resolve, reject) => {
            const reader = new FileReader();
            reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
            reader.onerror = () => reject(reader.error);
            reader.readAsDataURL(new Blob([new Float32Array(channel)]));
          }),
      ),
    ),
  );
  return texts.map((text) => new Float32Array(new Uint8Array(Buffer.from(text, 'base64')).buffer));
}

/** Frames from the first to the last sample that is not zero, in any channel; both -1 in silence. */
export function soundingRange(sound: Sound): { readonly first: number; readonly last: number } {
  const frames = sound[0]?.length ?? 0;
  const sounds = (frame: number): boolean => sound.some((channel) => channel[frame] !== 0);
  let first = 0;
  while (first < frames && !sounds(first)) first++;
  if (first === frames) return { first: -1, last: -1 };
  let last = frames - 1;
  while (!sounds(last)) last--;
  return { first, last };
}

/** The frame from which on `whole` goes like `part` from `at` on, by 32 frames of all channels; -1 where nowhere. */
export function frameOf(part: Sound, at: number, whole: Sound): number {
  const frames = (whole[0]?.length ?? 0) - 32;
  for (let frame = 0; frame <= frames; frame++) {
    if (part[0]?.[at] === whole[0]?.[frame] && differences(part, at, whole, frame, 32) === 0) return frame;
  }
  return -1;
}

/** How many samples differ between `frames` frames of two sounds, from where each begins. */
export function differences(
  heard: Sound,
  heardFrom: number,
  expected: Sound,
  expectedFrom: number,
  frames: number,
): number {
  let count = Math.abs(heard.length - expected.length) * frames;
  for (const [index, channel] of expected.entries()) {
    for (let frame = 0; frame < frames; frame++) {
      if (heard[index]?.[heardFrom + frame] !== channel[expectedFrom + frame]) count++;
    }
  }
  return count;
}

/** The largest difference between neighbouring samples of any channel, over a range of frames. */
export function largestStep(sound: Sound, from = 1, to = sound[0]?.length ?? 0): number {
  let largest = 0;
  for (const channel of sound) {
    for (let frame = Math.max(1, from); frame < to; frame++) {
      largest = Math.max(largest, Math.abs((channel[frame] ?? 0) - (channel[frame - 1] ?? 0)));
    }
  }
  return largest;
}

/** The largest magnitude over a range of frames. */
export function peak(sound: Sound, from = 0, to = sound[0]?.length ?? 0): number {
  let largest = 0;
  for (const channel of sound) {
    for (let frame = from; frame < to; frame++) largest = Math.max(largest, Math.abs(channel[frame] ?? 0));
  }
  return largest;
}

export interface WavFile {
  /** 1 integers, 3 floats. */
  readonly formatTag: number;
  readonly bits: number;
  readonly sampleRate: number;
  readonly channels: number;
  /** Raw samples as numbers: integers of `bits` bits, or floats. */
  readonly samples: readonly number[][];
}

/** Reads a plain RIFF WAVE file, by the letter: a wrong size anywhere is an error. */
export async function readWav(path: string): Promise<WavFile> {
  const bytes = await readFile(path);
  const word = (at: number): string => bytes.toString('latin1', at, at + 4);
  if (word(0) !== 'RIFF' || word(8) !== 'WAVE') throw new Error('not a WAVE file');
  if (bytes.readUInt32LE(4) !== bytes.length - 8) throw new Error('the size in the RIFF header is wrong');
  const chunks = new Map<string, Buffer>();
  for (let at = 12; at < bytes.length; ) {
    const size = bytes.readUInt32LE(at + 4);
    if (at + 8 + size > bytes.length) throw new Error(`chunk ${word(at)} is longer than the file`);
    chunks.set(word(at), bytes.subarray(at + 8, at + 8 + size));
    at += 8 + size + (size % 2);
  }
  const format = chunks.get('fmt ');
  const data = chunks.get('data');
  if (!format || !data) throw new Error('a chunk is missing');
  const tag = format.readUInt16LE(0);
  const channels = format.readUInt16LE(2);
  const bits = format.readUInt16LE(14);
  // Extensible formats name the real one at the head of their GUID.
  const formatTag = tag === 0xfffe ? format.readUInt16LE(24) : tag;
  const width = bits / 8;
  const frames = data.length / width / channels;
  const read = (at: number): number => (formatTag === 3 ? data.readFloatLE(at) : data.readIntLE(at, width));
  const samples = Array.from({ length: channels }, (_, channel) =>
    Array.from({ length: frames }, (_, frame) => read((frame * channels + channel) * width)),
  );
  return { formatTag, bits, sampleRate: format.readUInt32LE(4), channels, samples };
}

/** Frames at which silence ends. */
export function onsets(samples: Float32Array | undefined): number[] {
  const frames: number[] = [];
  for (const [frame, sample] of (samples ?? []).entries()) {
    const before = [samples?.[frame - 1] ?? 0, samples?.[frame - 2] ?? 0];
    if (sample !== 0 && before.every((value) => value === 0)) frames.push(frame);
  }
  return frames;
}
