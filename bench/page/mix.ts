// The same clips through the engine and through the browser's own nodes, in one page.
import { OfflineEngine } from '../../app/engine/offline-engine.ts';
import { compileEngine } from './engine-module.ts';
import { createMaterial, deltasOf, type Material, type MaterialShape, sourcesOf, timelineId } from './material.ts';
import { cleanness, toneMaterial } from './tone.ts';

const contextRate = 48_000;

type Stereo = readonly [left: Float32Array, right: Float32Array];

interface Rendered {
  readonly milliseconds: number;
  readonly sound: Stereo;
}

interface Bench {
  readonly engine: () => Promise<Rendered>;
  readonly native: () => Promise<Rendered>;
}

let bench: Bench | undefined;

function prepared(): Bench {
  if (!bench) throw new Error('prepare() comes first');
  return bench;
}

/** Both sides have their samples in memory afterwards, as float32. */
export async function prepare(shape: MaterialShape): Promise<void> {
  bench = await sidesOf(createMaterial(shape), shape.seconds);
}

async function sidesOf(material: Material, seconds: number): Promise<Bench> {
  const frames = Math.floor((seconds * contextRate) / 128) * 128;
  return { engine: await engineSide(material, frames), native: nativeSide(material, frames) };
}

/** dB of a tone at `hertz` above all that playing it at the context's rate adds. */
export async function tonePurity(sampleRate: number, hertz: number): Promise<{ engine: number; native: number }> {
  const seconds = 4;
  const sides = await sidesOf(toneMaterial(sampleRate, hertz, seconds), seconds);
  const purity = async (render: () => Promise<Rendered>): Promise<number> =>
    cleanness((await render()).sound[0], contextRate, hertz);
  return { engine: await purity(sides.engine), native: await purity(sides.native) };
}

export const renderEngine = async (): Promise<number> => (await prepared().engine()).milliseconds;
export const renderNative = async (): Promise<number> => (await prepared().native()).milliseconds;

/** How far the two mixes are apart, in dB below the mix itself. */
export async function difference(): Promise<number> {
  const engine = (await prepared().engine()).sound;
  const native = (await prepared().native()).sound;
  let apart = 0;
  let whole = 0;
  for (const channel of [0, 1] as const) {
    for (const [frame, sample] of native[channel].entries()) {
      apart += (sample - (engine[channel][frame] ?? Number.NaN)) ** 2;
      whole += sample ** 2;
    }
  }
  return 10 * Math.log10(apart / whole);
}

async function engineSide(material: Material, frames: number): Promise<Bench['engine']> {
  const sources = sourcesOf(material);
  const engine = new OfflineEngine({
    module: await compileEngine(),
    sampleRate: contextRate,
    openSource: async (hash) => {
      const source = sources.get(hash);
      if (!source) throw new Error(hash);
      return source;
    },
  });
  await engine.apply(deltasOf(material));
  const render = (): Stereo => {
    const sound: Stereo = [new Float32Array(frames), new Float32Array(frames)];
    engine.control.startAt(timelineId, 0);
    engine.render(sound[0], sound[1], 0, frames);
    return sound;
  };
  // Brings the pages into memory, where the peer has its buffers.
  render();
  return async () => {
    const begin = performance.now();
    const sound = render();
    return { milliseconds: performance.now() - begin, sound };
  };
}

function nativeSide({ files, clips, sampleRate }: Material, frames: number): Bench['native'] {
  const buffers = files.map((channels) => {
    const buffer = new AudioBuffer({ length: channels[0].length, numberOfChannels: 2, sampleRate });
    for (const [index, channel] of channels.entries()) buffer.getChannelData(index).set(channel);
    return buffer;
  });
  return async () => {
    const context = new OfflineAudioContext(2, frames, contextRate);
    for (const { file, gain, pan } of clips) {
      const source = new AudioBufferSourceNode(context, { buffer: buffers[file] ?? null });
      source
        .connect(new GainNode(context, { gain }))
        .connect(new StereoPannerNode(context, { pan }))
        .connect(context.destination);
      source.start();
    }
    const begin = performance.now();
    const rendered = await context.startRendering();
    return {
      milliseconds: performance.now() - begin,
      sound: [rendered.getChannelData(0), rendered.getChannelData(1)],
    };
  };
}
