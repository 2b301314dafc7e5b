import { beforeAll, describe, expect, it } from 'vitest';
import { renderFrames } from './offline-renderer.ts';
import { exportFormats, PcmEncoder } from './pcm-encoder.ts';
import { compileEngine } from './testing/engine-file.ts';
import { clipOf, deltasOf, noiseFile, openSourceOf, timelineId } from './testing/sessions.ts';
import { exportWav } from './wav-export.ts';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await compileEngine();
});

describe('PcmEncoder', () => {
  it('rounds and clips to 16 bits, interleaved and little-endian', () => {
    const encoder = new PcmEncoder(module, exportFormats.I16, 2, 8);
    const left = Float32Array.of(0, 1, -1, 0.5 / 32_768 + 1e-6);
    const right = Float32Array.of(0.25, 2, -2, -0.25);
    const bytes = encoder.encode([left, right], 4);
    expect([...new Int16Array(bytes.buffer)]).toEqual([0, 8192, 32_767, 32_767, -32_768, -32_768, 1, -8192]);
  });

  it('gives every 16-bit and 24-bit sample back as it was imported', () => {
    const encode = (format: 1 | 2, bits: number, values: number[]) => {
      const encoder = new PcmEncoder(module, format, 1, values.length);
      const bytes = encoder.encode([Float32Array.from(values, (value) => value / 2 ** (bits - 1))], values.length);
      const view = new DataView(bytes.buffer);
      const width = bits / 8;
      return values.map((_, index) =>
        bits === 16
          ? view.getInt16(index * width, true)
          : view.getUint16(index * width, true) | (view.getInt8(index * width + 2) << 16),
      );
    };
    const words = [-32_768, -32_767, -1, 0, 1, 32_766, 32_767];
    const long = [-8_388_608, -8_388_607, -1, 0, 1, 8_388_606, 8_388_607];
    expect(encode(exportFormats.I16, 16, words)).toEqual(words);
    expect(encode(exportFormats.I24, 24, long)).toEqual(long);
  });
});

describe('exportWav', () => {
  it('writes header, samples and the padding of an odd length, and ends its progress at 1', async () => {
    const file = noiseFile(1, 48_000, 1, 9001);
    const session = { files: [file], clips: [clipOf(file, 'a')] };
    const header = Uint8Array.of(1, 2, 3, 4);
    const written: number[] = [];
    let last = 0;
    const render = { module, deltas: deltasOf(session), timelineId, from: 0, to: 9001 / 48_000, sampleRate: 48_000 };
    await exportWav({
      ...render,
      channels: 1,
      format: exportFormats.I24,
      header,
      openSource: openSourceOf(session),
      write: (bytes) => void written.push(bytes.length),
      onProgress: ({ fraction }) => {
        last = fraction;
      },
    });
    expect(renderFrames(render)).toBe(9001);
    expect(written).toEqual([4, 8192 * 3, 809 * 3, 1]);
    expect(last).toBe(1);
  });
});
