import { describe, expect, it } from 'vitest';
import { crc32 } from './crc32.ts';
import { readOnsets, type SoundOnsets, writeOnsets } from './onset-format.ts';

const sound: SoundOnsets = {
  onsets: Float64Array.of(0.1, 0.5000000001, 12_345.678),
  strengths: Float32Array.of(0.25, 1, 0),
  tempo: { bpm: 123.456, firstBeat: 0.1, confidence: 0.93, alternatives: [61.728] },
};

describe('the onset file', () => {
  it('gives back what was written, with and without a tempo, and of no onsets', () => {
    const silent: SoundOnsets = { onsets: new Float64Array(), strengths: new Float32Array(), tempo: null };
    for (const written of [sound, { ...sound, tempo: null }, silent]) {
      expect(readOnsets(writeOnsets(written).buffer)).toEqual(written);
    }
  });

  it('is refused with any byte changed, cut short or longer', () => {
    const whole = writeOnsets(sound);
    for (let at = 0; at < whole.length; at++) {
      const damaged = whole.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0x10;
      expect(readOnsets(damaged.buffer)).toBeUndefined();
      expect(readOnsets(whole.slice(0, at).buffer)).toBeUndefined();
    }
    expect(readOnsets(Uint8Array.from([...whole, 0]).buffer)).toBeUndefined();
  });
});

it('the checksum of "123456789" is cbf43926', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});
