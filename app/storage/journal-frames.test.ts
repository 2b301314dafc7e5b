import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FrameFile, framesIn, framesOf, headerBytes, lastFrame } from './journal-frames.ts';

const fileOf = (bytes: Uint8Array): FrameFile => ({
  size: bytes.length,
  read(into, at) {
    const part = bytes.subarray(at, at + into.length);
    into.set(part);
    return part.length;
  },
});

function readAll(bytes: Uint8Array): { texts: string[]; unreadable: number } {
  let unreadable = 0;
  const frames = framesIn(fileOf(bytes), (count) => {
    unreadable += count;
  });
  return { texts: Array.from(frames, ({ text }) => text), unreadable };
}

const texts = ['a', '', 'ü€😀', 'x'.repeat(70_000), '{"id":"1"}'];

test('texts come back as they were, whatever they hold', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), (any) => {
      const bytes = framesOf(any);
      expect(readAll(bytes)).toEqual({ texts: any, unreadable: 0 });
      const last = lastFrame(fileOf(bytes));
      expect(last).toEqual(any.length === 0 ? undefined : { text: any.at(-1), end: bytes.length });
    }),
  );
});

test('a file cut off at any byte has all frames before it, and the last of them is found', () => {
  const short = ['one', 'two', 'three'];
  const bytes = framesOf(short);
  const ends = short.map((_, count) => framesOf(short.slice(0, count + 1)).length);
  for (let size = 0; size <= bytes.length; size++) {
    const whole = ends.filter((end) => end <= size);
    const cut = bytes.subarray(0, size);
    expect(readAll(cut)).toEqual({ texts: short.slice(0, whole.length), unreadable: size - (whole.at(-1) ?? 0) });
    expect(lastFrame(fileOf(cut))?.end).toBe(whole.at(-1));
  }
});

test('any changed byte costs its own frame, is told, and no other frame is lost', () => {
  const bytes = framesOf(texts);
  const ends = texts.map((_, count) => framesOf(texts.slice(0, count + 1)).length);
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, difference) => {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] ?? 0) ^ difference;
      const hit = ends.findIndex((end) => at < end);
      const length = headerBytes + new TextEncoder().encode(texts[hit]).length;
      expect(readAll(damaged)).toEqual({ texts: texts.filter((_, index) => index !== hit), unreadable: length });
      const last = hit === texts.length - 1 ? texts.length - 2 : texts.length - 1;
      expect(lastFrame(fileOf(damaged))).toEqual({ text: texts[last], end: ends[last] });
    }),
    { numRuns: 300 },
  );
});

test('the last frame is found behind and in front of anything, across the borders of what is read at a time', () => {
  const frame = framesOf(['found']);
  for (const before of [0, 1, 65_530, 65_536]) {
    for (const behind of [0, 3, 65_520, 65_536 - frame.length, 65_536, 200_000]) {
      const bytes = new Uint8Array(before + frame.length + behind).fill(0xf5);
      bytes.set(frame, before);
      expect(lastFrame(fileOf(bytes))).toEqual({ text: 'found', end: before + frame.length });
    }
  }
});
