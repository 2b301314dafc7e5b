// The session in this tab: its worker, and the engine's half on the main thread.
import * as comlink from 'comlink';
import stretchUrl from '../../build/stretch.wasm?url';
import stretchWorkletUrl from '../../worklets/bungee-node.ts?worker&url';
import workletUrl from '../../worklets/engine.ts?worker&url';
import { getAtomeEnv, getAudioBackend } from '../core/environment.ts';
import type { EngineAddresses, FeatureUpdate } from '../engine/feature-frames.ts';
import type { SoundOutput } from '../engine/sound-output.ts';
import { WasmBackend } from '../engine/wasm-backend.ts';
import type { WebAudioBackend } from '../engine/webaudio-backend.ts';
import type { Command } from '../protocol/commands.ts';
import { AtomeError, type ErrorReport } from '../protocol/errors.ts';
import type { BlobStore } from '../storage/types.ts';
import type { SessionWorkerApi, SoundPage } from '../workers/session-api.ts';
import { chooseEngine } from './engine-choice.ts';
import { featuresOf } from './features.ts';
import type { SessionThread } from './head-start.ts';
import type { SessionLine } from './session-client.ts';
import type { SoundGate } from './sound-gate.ts';
import { openWorkerLine } from './worker-line.ts';

/** Hz. Every context runs at this rate, whatever the device: sessions sound the same everywhere. */
const contextRate = 48_000;
/** How often metrics and the other tabs hear how the engine does. */
const reportMilliseconds = 1000;

export interface LocalSessionOptions {
  readonly identity: { readonly userId: string; readonly deviceId: string };
  readonly module: Promise<WebAssembly.Module>;
  readonly blobs: Promise<BlobStore>;
  readonly pageId: string;
  readonly line: SessionLine;
  readonly createGate: (output: SoundOutput) => SoundGate;
  readonly onError: (report: ErrorReport) => void;
}

export interface LocalSound {
  readonly output: SoundOutput;
  readonly gate: SoundGate;
}

export interface LocalSession extends LocalSound {
  /** What the line connects to. */
  readonly port: MessagePort;
  /** Ends the sound; resolves when everything accepted is on disk and another tab may open the session. */
  close(): Promise<void>;
}

/**
 * Resolves when the session is loaded.
 * @param thread has begun to read what is stored
 * @param first what is not stored and carried over from the session before
 * @param onEnded the worker has ended on its own; what was on disk still is
 * @throws AtomeError as the worker reports it
 */
export async function startLocalSession(
  options: LocalSessionOptions,
  thread: SessionThread,
  first: readonly Command[],
  onEnded: (failure: AtomeError) => void,
): Promise<LocalSession> {
  const { identity, pageId, line, createGate, onError } = options;
  let closed = false;
  const worker = openWorkerLine<SessionWorkerApi>(thread.worker, {
    failure: new AtomeError('ERR_WORKER', 'session'),
    onTrouble: onError,
    onEnded: (failure) => closed || onEnded(failure),
  });
  thread.catchUp();
  const { port1: port, port2: workerPort } = new MessageChannel();
  const sound = Promise.withResolvers<LocalSound>();
  const choice = chooseEngine(getAudioBackend(), crossOriginIsolated);
  if (choice.reason) onError(choice.reason);
  let fallback: WebAudioBackend | undefined;
  try {
    const module = await options.module;
    fallback = choice.memory ? undefined : await createFallback(options);
    const engine = choice.memory
      ? ({ type: 'wasm', module, memory: choice.memory, sampleRate: contextRate } as const)
      : ({ type: 'webaudio' } as const);
    const addresses = await worker.start(
      { ...identity, engine, env: getAtomeEnv(), pageId, first },
      comlink.transfer(workerPort, [workerPort]),
      comlink.proxy(soundPage(sound.promise, line)),
      fallback && comlink.proxy(fallback),
    );
    const output =
      fallback ?? wasmOutput(addresses, { module, workletUrl, createStack: () => worker.createStack(), onError });
    sound.resolve({ output, gate: createGate(output) });
  } catch (thrown) {
    closed = true;
    thread.worker.terminate();
    throw thrown;
  }
  const { output, gate } = await sound.promise;
  const unfollow = line.onMessage((message) => {
    if (message.type !== 'ENGINE' || !(output instanceof WasmBackend)) return;
    for (const update of message.updates) output.update(update as FeatureUpdate);
  });
  const report = async (): Promise<void> => {
    await line.ready;
    // A session that has ended takes no figures; the page has said so by then.
    await worker.reportStatus(output.status(), featuresOf(output.features, line.state)).catch(() => undefined);
  };
  const reporting = setInterval(() => void report(), reportMilliseconds);
  return {
    output,
    gate,
    port,
    async close() {
      closed = true;
      clearInterval(reporting);
      unfollow();
      gate.close();
      await (fallback ? fallback.close() : output.shutdown());
      // A part that has ended cannot close; whatever it had accepted is on disk.
      await worker.close().catch(() => undefined);
      thread.worker.terminate();
    },
  };
}

/** What the worker may ask while the sound is being set up waits for it. */
const soundPage = (sound: Promise<LocalSound>, line: SessionLine): SoundPage => ({
  startSound: async () => (await sound).gate.ensure(),
  stopSound: async () => (await sound).output.shutdown(),
  status: async () => (await sound).output.status(),
  position: async (timelineId) => (await sound).output.features.position(timelineId),
  async features() {
    const { output } = await sound;
    await line.ready;
    return featuresOf(output.features, line.state);
  },
});

/** Loaded where the WASM engine does not run, and nowhere else. */
async function createFallback({ blobs, onError }: LocalSessionOptions): Promise<WebAudioBackend> {
  const { WebAudioBackend } = await import('../engine/webaudio-backend.ts');
  return new WebAudioBackend({
    sampleRate: contextRate,
    openFile: async (hash) => (await blobs).get(hash),
    stretchFiles: async () => ({
      processorUrl: stretchWorkletUrl,
      module: await WebAssembly.compileStreaming(fetch(stretchUrl)),
    }),
    onError,
  });
}

/** The main thread's half of the WASM engine. @throws AtomeError ERR_ENGINE_START */
function wasmOutput(
  addresses: EngineAddresses | null,
  options: Omit<ConstructorParameters<typeof WasmBackend>[0], 'addresses'>,
): WasmBackend {
  if (!addresses) throw new AtomeError('ERR_ENGINE_START', 'no addresses');
  return new WasmBackend({ ...options, addresses });
}
