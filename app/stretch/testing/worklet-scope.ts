// The worklet's processors as an audio thread calls them, without one: its globals, and messages in between.
import { readFileSync } from 'node:fs';
import { MessageChannel, type MessagePort } from 'node:worker_threads';

export const rate = 48_000;
export const quantum = 128;

interface Processor {
  readonly port: MessagePort;
  process(inputs: Float32Array[][], outputs: Float32Array[][], parameters: Record<string, Float32Array>): boolean;
}
type ProcessorClass = new (options: { readonly processorOptions: unknown }) => Processor;

const classes = new Map<string, ProcessorClass>();
const opened: MessagePort[] = [];
/** The page's end of the processor that is made next. */
let pagePort: MessagePort | undefined;

class WorkletProcessor {
  readonly port: MessagePort;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    pagePort = port1;
    this.port = port2;
    opened.push(port1, port2);
  }
}

Object.assign(globalThis, {
  AudioWorkletProcessor: WorkletProcessor,
  registerProcessor: (name: string, made: ProcessorClass) => classes.set(name, made),
  sampleRate: rate,
  currentFrame: 0,
});
/** By a name that is not looked into: the worklet is checked against globals of its own. */
const worklet = '../../../worklets/bungee-node.ts';
await import(/* @vite-ignore */ worklet);

export function processorOf(name: string, processorOptions: unknown): { processor: Processor; page: MessagePort } {
  const found = classes.get(name);
  if (!found) throw new Error(`no processor ${name}`);
  const processor = new found({ processorOptions });
  if (!pagePort) throw new Error('no port');
  return { processor, page: pagePort };
}

const scope = globalThis as { currentFrame?: number };

export function setFrame(frame: number): void {
  scope.currentFrame = frame;
}

export const stretchModule = (): WebAssembly.Module =>
  new WebAssembly.Module(readFileSync(new URL('../../../build/stretch.wasm', import.meta.url)));

export function closePorts(): void {
  for (const port of opened) port.close();
}
