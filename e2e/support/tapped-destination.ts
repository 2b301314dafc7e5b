// What a page sends to the device, recorded in the page itself from before its first sound on.
import type { BrowserContext, Page } from '@playwright/test';
import { floatsOf, type Sound } from './sound.ts';

interface Tapped {
  /** What reached the device, quantum by quantum. */
  heard?: { readonly channels: Float32Array[] };
}

/** For pages whose policy, if there is one, is bypassed: it would keep the recorder out. */
export async function tapDestination(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const connect = AudioNode.prototype.connect as (this: AudioNode, ...target: unknown[]) => unknown;
    const processor = `registerProcessor('recorder', class extends AudioWorkletProcessor {
      process([channels]) {
        this.port.postMessage(channels.map((channel) => channel.slice()));
        return true;
      }
    });`;
    const record = async (source: AudioNode): Promise<void> => {
      const { context: sound } = source;
      await sound.audioWorklet.addModule(URL.createObjectURL(new Blob([processor], { type: 'text/javascript' })));
      const recorder = new AudioWorkletNode(sound, 'recorder', {
        numberOfOutputs: 0,
        channelCount: 2,
        channelCountMode: 'explicit',
      });
      const quanta: Float32Array[][] = [];
      recorder.port.onmessage = ({ data }: MessageEvent<Float32Array[]>) => void quanta.push(data);
      Object.defineProperty(window, 'heard', {
        get: () => ({
          channels: [0, 1].map((channel) => {
            const whole = new Float32Array(quanta.length * 128);
            for (const [index, quantum] of quanta.entries()) whole.set(quantum[channel] ?? [], index * 128);
            return whole;
          }),
        }),
      });
      connect.call(source, recorder);
    };
    AudioNode.prototype.connect = function (this: AudioNode, ...target: unknown[]) {
      if (target[0] instanceof AudioDestinationNode) void record(this);
      return connect.apply(this, target);
    } as typeof AudioNode.prototype.connect;
  });
}

export async function heardSoFar(page: Page): Promise<Sound> {
  return floatsOf(
    await page.evaluateHandle(() => (window as Tapped).heard ?? { channels: [new Float32Array(), new Float32Array()] }),
  );
}
