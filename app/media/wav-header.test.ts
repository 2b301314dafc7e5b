// The WAV headers this program writes, read by its own parser and byte by byte.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { headerStatus, sampleFormats } from '../protocol/engine-layout.ts';
import { MediaKernel } from './media-kernel.ts';
import { type WavSampleFormat, wavFrameBytes, wavHeader } from './wav-header.ts';

const engine = new URL('../../build/engine.wasm', import.meta.url);
const kernel = new MediaKernel(new WebAssembly.Module(readFileSync(engine)));
const text = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));

describe('wavHeader', () => {
  const formats: WavSampleFormat[] = ['I16', 'I24', 'F32'];
  const cases = formats.flatMap((format) => [1, 2, 6, 32].map((channels) => ({ format, channels })));

  test.each(cases)('$format with $channels channels is read back, growing or not', ({ format, channels }) => {
    for (const growing of [false, true]) {
      const shape = { format, channels, sampleRate: 96_000, frames: 1001, growing };
      const header = wavHeader(shape);
      expect(kernel.parseHeader(header, header.byteLength + 1001 * wavFrameBytes(shape))).toEqual({
        status: headerStatus.OK,
        format: sampleFormats[format],
        channels,
        sampleRate: 96_000,
        repaired: false,
        container: 'wav',
        dataOffset: header.byteLength,
        frames: 1001,
        wantedBytes: 0,
      });
    }
  });

  test('stereo 16-bit is the canonical 44 bytes', () => {
    const header = wavHeader({ format: 'I16', channels: 2, sampleRate: 44_100, frames: 10 });
    const view = new DataView(header.buffer);
    expect(header.byteLength).toBe(44);
    expect([text(header, 0), text(header, 8), text(header, 36)]).toEqual(['RIFF', 'WAVE', 'data']);
    expect([view.getUint32(4, true), view.getUint32(28, true), view.getUint32(40, true)]).toEqual([76, 176_400, 40]);
  });

  test('the samples of a growing float file begin at byte 92, whatever its length', () => {
    for (const frames of [0, 1, 2 ** 29 - 20, 2 ** 29, 2 ** 40]) {
      const header = wavHeader({ format: 'F32', channels: 2, sampleRate: 48_000, frames, growing: true });
      expect(header.byteLength).toBe(92);
    }
  });

  test('it turns into RF64 exactly when a 32-bit size does not hold it, and is still read right', () => {
    const shape = { format: 'I16', channels: 2, sampleRate: 48_000, growing: true } as const;
    const most = Math.floor((0xffffffff - 80 + 8 - 1) / 4);
    for (const [frames, id] of [
      [most, 'RIFF'],
      [most + 1, 'RF64'],
      [2 ** 34, 'RF64'],
    ] as const) {
      const header = wavHeader({ ...shape, frames });
      const parsed = kernel.parseHeader(header, header.byteLength + frames * 4);
      expect(text(header, 0)).toBe(id);
      expect({ status: parsed.status, frames: parsed.frames, repaired: parsed.repaired }).toEqual({
        status: headerStatus.OK,
        frames,
        repaired: false,
      });
    }
  });

  test('refuses what a WAV cannot be', () => {
    expect(() => wavHeader({ format: 'I16', channels: 0, sampleRate: 48_000, frames: 1 })).toThrow('1 to 32 channels');
  });
});
