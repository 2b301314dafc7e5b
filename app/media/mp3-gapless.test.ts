// The heard part of MP3s: from the fixtures and from frames made by hand.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mp3HeardRange } from './mp3-gapless.ts';

const fixture = (name: string): Blob =>
  new Blob([readFileSync(new URL(`../../e2e/fixtures/${name}`, import.meta.url))]);

/** An MPEG 1 stereo frame of 44.1 kHz with an Info tag: 100 frames, with the given delay and padding. */
function infoFrame(delay: number, padding: number, encoder = 'LAME3.100'): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(417);
  bytes.set([0xff, 0xfb, 0x90, 0x00]);
  bytes.set(new TextEncoder().encode('Info'), 36);
  bytes.set([0, 0, 0, 1, 0, 0, 0, 100], 40);
  bytes.set(new TextEncoder().encode(encoder), 48);
  bytes.set([delay >> 4, ((delay & 15) << 4) | (padding >> 8), padding & 255], 69);
  return bytes;
}

test('22,050 frames are heard of the fixtures, with and without a cover image in front', async () => {
  for (const name of ['tone.mp3', 'tone-cover.mp3']) {
    const range = await mp3HeardRange(fixture(name));
    expect(Math.round((range?.start ?? 0) * 44_100)).toBe(1105);
    expect(Math.round(((range?.end ?? 0) - (range?.start ?? 0)) * 44_100)).toBe(22_050);
  }
});

test('delay and padding are counted with the 529 frames of the decoder', async () => {
  const range = await mp3HeardRange(new Blob([infoFrame(576, 1000)]));
  expect((range?.start ?? 0) * 44_100).toBeCloseTo(1105, 6);
  expect((range?.end ?? 0) * 44_100).toBeCloseTo(100 * 1152 - 471, 6);
});

test('an Info tag without an encoder, a stream without a tag and text tell nothing', async () => {
  expect(await mp3HeardRange(new Blob([infoFrame(576, 1000, '')]))).toBeUndefined();
  expect(await mp3HeardRange(new Blob([infoFrame(0, 0).slice(0, 30)]))).toBeUndefined();
  expect(await mp3HeardRange(new Blob(['ID3 and then only words']))).toBeUndefined();
});
