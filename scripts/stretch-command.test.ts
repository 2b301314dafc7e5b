// The shell command on sound files of every kind, to the samples in the WAV it writes.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { firstDifference, noise, sine } from '../app/engine/testing/sounds.ts';
import { stretchFile } from './stretch-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'stretch-'));
const usage = 'npm run -s stretch -- IN.wav OUT.wav [--ratio R] [--semitones S] [--formants]';

/** How a WAV holds samples: bytes of one, whether they are floats, and what a sample is written as. */
const formats = {
  U8: { width: 1, float: false, put: (at: Buffer, x: number, o: number) => at.writeUInt8(x * 128 + 128, o) },
  I16: { width: 2, float: false, put: (at: Buffer, x: number, o: number) => at.writeInt16LE(x * 2 ** 15, o) },
  I24: { width: 3, float: false, put: (at: Buffer, x: number, o: number) => at.writeIntLE(x * 2 ** 23, o, 3) },
  I32: { width: 4, float: false, put: (at: Buffer, x: number, o: number) => at.writeInt32LE(x * 2 ** 31, o) },
  F32: { width: 4, float: true, put: (at: Buffer, x: number, o: number) => at.writeFloatLE(x, o) },
  F64: { width: 8, float: true, put: (at: Buffer, x: number, o: number) => at.writeDoubleLE(x, o) },
} as const;

interface Sound {
  readonly channels: number;
  readonly sampleRate: number;
  readonly samples: Float32Array;
}

function writeWav(name: string, format: keyof typeof formats, { channels, sampleRate, samples }: Sound): string {
  const { width, float, put } = formats[format];
  const bytes = Buffer.alloc(44 + samples.length * width);
  bytes.write('RIFF');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(float ? 3 : 1, 20);
  bytes.writeUInt16LE(channels, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(sampleRate * channels * width, 28);
  bytes.writeUInt16LE(channels * width, 32);
  bytes.writeUInt16LE(width * 8, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(samples.length * width, 40);
  for (const [index, sample] of samples.entries()) put(bytes, sample, 44 + index * width);
  writeFileSync(join(folder, name), bytes);
  return name;
}

/** A float WAV as the command writes it. */
function readWav(name: string): Sound {
  const bytes = readFileSync(join(folder, name));
  const data = bytes.subarray(bytes.indexOf('data') + 8);
  const samples = Float32Array.from({ length: data.length / 4 }, (_, index) => data.readFloatLE(index * 4));
  return { channels: bytes.readUInt16LE(22), sampleRate: bytes.readUInt32LE(24), samples };
}

const stretch = (...parameters: string[]): string => stretchFile(parameters, folder);

/** Hz of a sine, by its rises through zero. */
function frequencyOf({ samples, sampleRate }: Sound): number {
  const rises: number[] = [];
  for (let at = 1; at < samples.length; at++) {
    const [before, after] = [samples[at - 1] as number, samples[at] as number];
    if (before < 0 && after >= 0) rises.push(at - after / (after - before));
  }
  const [first, last] = [rises[0] ?? 0, rises.at(-1) ?? 0];
  return ((rises.length - 1) * sampleRate) / (last - first);
}

describe('npm run stretch', () => {
  const shapes = [
    ['U8', 1, 8000],
    ['I16', 2, 44_100],
    ['I24', 3, 48_000],
    ['I32', 8, 192_000],
    ['F32', 2, 48_000],
    ['F64', 6, 96_000],
  ] as const;
  it.each(shapes)('gives the samples of a %s file with %d channels at %d Hz back', (format, channels, sampleRate) => {
    // Eighths: every format holds them exactly. More than one piece of the file is read.
    const samples = noise(70_001 * channels, 5, 7.9).map((sample) => Math.trunc(sample) / 8);
    const name = writeWav(`${format}.wav`, format, { channels, sampleRate, samples });
    expect(stretch(name, 'same.wav', '--ratio', '1', '--semitones', '0')).toBe(join(folder, 'same.wav'));
    const out = readWav('same.wav');
    expect(out).toMatchObject({ channels, sampleRate });
    expect(firstDifference(out.samples, samples)).toBe(-1);
  });

  it('gives every bit of floats back, beyond full scale too', () => {
    const samples = noise(30_000, 9, 3);
    writeWav('loud.wav', 'F32', { channels: 1, sampleRate: 44_100, samples });
    stretch('loud.wav', 'loud-out.wav');
    expect(firstDifference(readWav('loud-out.wav').samples, samples)).toBe(-1);
  });

  it('stretches to the very frame, and moves the pitch by itself', () => {
    const frames = 48_011;
    writeWav('tone.wav', 'F32', { channels: 1, sampleRate: 48_000, samples: sine(frames, 48_000, 441) });
    for (const [ratio, semitones] of [
      ['0.7321', '0'],
      ['1', '-5'],
      ['2.5', '12'],
    ] as const) {
      stretch('tone.wav', 'tone-out.wav', '--ratio', ratio, '--semitones', semitones);
      const out = readWav('tone-out.wav');
      expect(out.samples.length).toBe(Math.round(frames * Number(ratio)));
      const middle = out.samples.subarray(4000, -4000);
      const cents = 1200 * Math.log2(frequencyOf({ ...out, samples: middle }) / 441) - 100 * Number(semitones);
      expect(Math.abs(cents)).toBeLessThan(0.2);
    }
  });

  it('leaves the resonances of a voice where they are when told to', () => {
    // Pulses through one resonance at 1,100 Hz: shifted by an octave it is at 2,200 Hz, or still where it was.
    const samples = new Float32Array(48_000);
    for (let partial = 1; partial <= 30; partial++) {
      const gain = 0.05 / Math.hypot(1, (110 * partial - 1100) / 100);
      for (const [frame, sample] of sine(samples.length, 48_000, 110 * partial).entries())
        samples[frame] = (samples[frame] as number) + gain * sample;
    }
    writeWav('voice.wav', 'F32', { channels: 1, sampleRate: 48_000, samples });
    const levelAt = (frequency: number, ...options: string[]): number => {
      stretch('voice.wav', 'voice-out.wav', '--semitones', '12', ...options);
      const middle = readWav('voice-out.wav').samples.subarray(12_000, 36_000);
      const angle = (2 * Math.PI * frequency) / 48_000;
      const [re, im] = [Math.cos, Math.sin].map((wave) =>
        middle.reduce((sum, sample, frame) => sum + sample * wave(angle * frame), 0),
      ) as [number, number];
      return 20 * Math.log10(Math.hypot(re, im));
    };
    expect(levelAt(2200) - levelAt(1100)).toBeGreaterThan(10);
    expect(levelAt(1100, '--formants') - levelAt(2200, '--formants')).toBeGreaterThan(10);
  });

  it('may write over what it reads, for it puts the whole file in its place at the end', () => {
    const name = writeWav('over.wav', 'F32', { channels: 1, sampleRate: 48_000, samples: noise(20_000, 3) });
    stretch(name, name, '--ratio', '1.5');
    expect(readWav(name).samples.length).toBe(30_000);
  });

  const sound = { channels: 1, sampleRate: 48_000, samples: noise(1000, 3) };
  const refusals: readonly (readonly [what: string, parameters: readonly string[], told: string])[] = [
    ['no output', ['good.wav'], usage],
    ['a third file', ['good.wav', 'out.wav', 'more.wav'], usage],
    ['a ratio too small', ['good.wav', 'out.wav', '--ratio', '0.09'], '--ratio 0.09: not a number from 0.1 to 10'],
    ['a ratio too large', ['good.wav', 'out.wav', '--ratio', '10.5'], '--ratio 10.5: not a number from 0.1 to 10'],
    ['a negative ratio', ['good.wav', 'out.wav', '--ratio', '-1'], '--ratio -1: not a number from 0.1 to 10'],
    ['a ratio that is no number', ['good.wav', 'out.wav', '--ratio', 'NaN'], '--ratio NaN: not a number'],
    ['a ratio without a value', ['good.wav', 'out.wav', '--ratio'], "'--ratio <value>' argument missing"],
    ['too deep a pitch', ['good.wav', 'out.wav', '--semitones', '-24.5'], '--semitones -24.5: not a number from -24'],
    ['an unknown option', ['good.wav', 'out.wav', '--speed', '2'], '--speed'],
    ['a missing file', ['gone.wav', 'out.wav'], 'no such file'],
    ['a folder', ['.', 'out.wav'], 'EISDIR'],
    ['a file without sound', ['text.wav', 'out.wav'], 'This is neither a WAV nor an AIFF file.'],
    ['a file without frames', ['empty.wav', 'out.wav'], 'The file holds no sound'],
    ['a rate out of range', ['slow.wav', 'out.wav'], '4000 Hz; 8000 to 192000 Hz can be stretched'],
    ['an output in no folder', ['good.wav', 'nowhere/out.wav'], 'no such file or directory'],
  ];
  it.each(refusals)('refuses %s, says so and writes nothing', (_what, parameters, told) => {
    writeWav('good.wav', 'F32', sound);
    writeWav('slow.wav', 'F32', { ...sound, sampleRate: 4000 });
    writeWav('empty.wav', 'F32', { ...sound, samples: new Float32Array() });
    writeFileSync(join(folder, 'text.wav'), 'not a sound');
    const before = readdirSync(folder);
    expect(() => stretch(...parameters)).toThrow(told);
    expect(readdirSync(folder)).toEqual(before);
  });

  it('tells which output cannot be written by the name that was given', () => {
    writeWav('good.wav', 'F32', sound);
    expect(() => stretch('good.wav', 'nowhere/out.wav')).toThrow(
      expect.objectContaining({ code: 'ENOENT', path: join(folder, 'nowhere/out.wav') }),
    );
  });

  it('leaves an old file alone when it fails', () => {
    writeWav('good.wav', 'F32', sound);
    writeFileSync(join(folder, 'text.wav'), 'not a sound');
    const { size } = statSync(join(folder, 'good.wav'));
    expect(() => stretch('text.wav', 'good.wav')).toThrow();
    expect(statSync(join(folder, 'good.wav')).size).toBe(size);
  });

  // The command brings the module up to date first.
  it('is a command that ends with 0, or with 1 and one sentence', { timeout: 180_000 }, () => {
    const script = fileURLToPath(new URL('stretch.mjs', import.meta.url));
    const run = (...parameters: string[]) =>
      spawnSync(process.execPath, [script, ...parameters], {
        encoding: 'utf8',
        env: { ...process.env, INIT_CWD: folder },
      });
    writeWav('good.wav', 'F32', sound);
    expect(run('good.wav', 'shell.wav', '--ratio', '2', '--semitones', '-5')).toMatchObject({
      ...{ status: 0, stderr: '', stdout: `${join(folder, 'shell.wav')}\n` },
    });
    expect(readWav('shell.wav').samples.length).toBe(2000);
    const failed = run('gone.wav', 'out.wav');
    expect(failed).toMatchObject({ status: 1, stdout: '' });
    expect(failed.stderr.trim().split('\n')).toHaveLength(1);
  });
});
