// Videos whose pictures carry their own number as bars of black and white, made by the browser under test.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext } from '@playwright/test';
import { root } from '../../scripts/run.mjs';
import type { FileOfTest } from './files.ts';

export const countedFrameRate = 30;
/** The least significant bit is on the left; 2^12 pictures are two minutes. */
export const countedBits = 12;

interface CountedOptions {
  readonly name: string;
  readonly seconds: number;
  /** Whether it has a tone as its sound. */
  readonly hasSound?: boolean;
}

/** A secure origin that is answered by the test alone. */
const maker = 'https://maker.test';

export async function countedVideo(context: BrowserContext, options: CountedOptions): Promise<FileOfTest> {
  const page = await context.newPage();
  const library = await readFile(join(root, 'node_modules/mediabunny/dist/bundles/mediabunny.min.mjs'), 'utf8');
  await page.route(`${maker}/**`, (route) =>
    route.request().url().endsWith('.mjs')
      ? route.fulfill({ contentType: 'text/javascript', body: library })
      : route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>maker</title>' }),
  );
  await page.goto(maker);
  const content = await page.evaluate(makeVideo, {
    ...options,
    library: `${maker}/mediabunny.mjs`,
    bits: countedBits,
    frameRate: countedFrameRate,
  });
  await page.close();
  return { name: options.name, bytes: Buffer.from(content, 'base64') };
}

interface MakeOptions extends CountedOptions {
  readonly library: string;
  readonly bits: number;
  readonly frameRate: number;
}

/** Runs in the page. @returns base64 */
async function makeVideo({ library, seconds, hasSound, bits, frameRate }: MakeOptions): Promise<string> {
  const media = (await import(library)) as typeof import('mediabunny');
  const canvas = new OffscreenCanvas(bits * 16, 64);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  const output = new media.Output({ format: new media.WebMOutputFormat(), target: new media.BufferTarget() });
  const pictures = new media.CanvasSource(canvas, { codec: 'vp8', bitrate: 500_000, keyFrameInterval: 0.5 });
  output.addVideoTrack(pictures, { frameRate });
  const sound = hasSound ? new media.AudioBufferSource({ codec: 'opus', bitrate: 64_000 }) : undefined;
  if (sound) output.addAudioTrack(sound);
  await output.start();
  if (sound) {
    const rate = 48_000;
    const tone = new AudioBuffer({ length: seconds * rate, sampleRate: rate, numberOfChannels: 1 });
    const samples = tone.getChannelData(0);
    for (let frame = 0; frame < samples.length; frame++)
      samples[frame] = Math.sin((frame / rate) * 440 * 2 * Math.PI) / 4;
    await sound.add(tone);
  }
  for (let number = 0; number < seconds * frameRate; number++) {
    for (let bit = 0; bit < bits; bit++) {
      context.fillStyle = (number >> bit) % 2 === 1 ? '#fff' : '#000';
      context.fillRect(bit * 16, 0, 16, 64);
    }
    await pictures.add(number / frameRate, 1 / frameRate);
  }
  await output.finalize();
  const bytes = new Uint8Array(output.target.buffer ?? new ArrayBuffer());
  let letters = '';
  for (let at = 0; at < bytes.length; at += 0x8000) letters += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(letters);
}
