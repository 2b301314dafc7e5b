// The session worker: session state, its store, and the control side of the engine.
import '../pwa/trusted-types.ts';
import * as comlink from 'comlink';
import { createId } from '../core/id.ts';
import type { EngineBackend, EngineStatus } from '../engine/audio-engine.ts';
import { MetricsHistory } from '../engine/metrics-history.ts';
import { renderSource } from '../engine/render-source.ts';
import { AtomeError, reportOf } from '../protocol/errors.ts';
import { createWorkerLogger, type Logger } from '../protocol/logger.ts';
import { Session } from '../session/session.ts';
import { openObjectStore } from '../storage/object-store.ts';
import { type HeardListeners, heardListeners } from './heard.ts';
import { life } from './life.ts';
import type { RemoteBackend, SessionStart, SessionWorkerApi } from './session-api.ts';
import { SessionArrangement } from './session-arrangement.ts';
import { startWasmEngine, type WasmEngine } from './session-engine.ts';
import { createRemoteBackend } from './session-fallback.ts';
import { SessionMetronome } from './session-metronome.ts';

interface Running {
  readonly session: Session;
  readonly engine: EngineBackend;
  readonly wasm: WasmEngine | null;
  readonly logger: Logger;
  readonly listeners: HeardListeners;
  close(): Promise<void>;
}

let running: Running | undefined;
const metrics = new MetricsHistory();

function started(): Running {
  if (!running) throw new AtomeError('ERR_WORKER', 'the session has not started');
  return running;
}

async function start(options: SessionStart, listeners: HeardListeners, fallback?: RemoteBackend): Promise<Running> {
  const logger = createWorkerLogger('session', options.env, options.pageId);
  const store = await openObjectStore();
  const wasm = options.engine.type === 'wasm' ? startWasmEngine(options, options.engine, listeners) : null;
  const engine = wasm ? wasm.control : createRemoteBackend(fallback);
  const refused = (thrown: unknown): void => {
    const report = reportOf(thrown, 'ERR_ENGINE_LIMIT');
    logger.error('the engine refused a change', report);
    listeners.onError(report);
  };
  const metronome = new SessionMetronome(engine, refused);
  const arrangement = new SessionArrangement(engine, refused);
  const reaching = (id: string, seconds: number, move: () => Promise<void>): Promise<void> =>
    arrangement.reaching(id, seconds, () => metronome.reaching(id, seconds, move));
  const session = await Session.open({
    store,
    device: options.deviceId,
    author: options.userId,
    now: () => Date.now(),
    createId,
    metrics: () => metrics.samples(),
    log: (message, data) => logger.warning(message, data),
    transport: {
      play: (id, seconds) => reaching(id, seconds, () => engine.play(id, seconds)),
      stop: (id) => engine.stop(id),
      seek: (id, seconds) => reaching(id, seconds, () => engine.seek(id, seconds)),
      position: (id) => engine.position(id).seconds,
      isPlaying: (id) => engine.position(id).playing,
      masterFrame: () => wasm?.control.counters.read('masterFrame') ?? 0,
      setSegment: (id, segment) => arrangement.setSegment(id, segment),
      setMasterGain: (gain) => engine.apply([{ type: 'masterGain', gain }]),
      setMetronome: (setting) => metronome.set(setting),
      panic: () => engine.panic(),
    },
  });
  arrangement.follow(session);
  metronome.follow(session);
  session.onPatch((patch) => listeners.onPatch(patch));
  logger.info('session loaded', { revision: session.getState().meta.revisionId, backend: engine.name });
  return {
    session,
    engine,
    wasm,
    logger,
    listeners,
    async close() {
      await session.idle();
      arrangement.close();
      metronome.close();
      store.close();
      wasm?.close();
    },
  };
}

const api: SessionWorkerApi = {
  life,
  async start(options, listeners, fallback) {
    running = await start(options, heardListeners(listeners), fallback);
    return running.wasm?.control.addresses ?? null;
  },
  getState: () => started().session.getState(),
  async dispatch(command) {
    const { session, logger, listeners } = started();
    const reply = await session.dispatch(command);
    const name = (command as { readonly cmd?: unknown } | null)?.cmd;
    if (reply.ok) logger.functional('command', { cmd: name, revId: reply.revId });
    else logger.warning('command refused', { cmd: name, error: reply.error });
    // Who has the answer sees what the command did.
    await listeners.heard();
    return reply;
  },
  objects: (kind) => {
    const all = Object.values(started().session.getState().objects);
    return kind === undefined ? all : all.filter((object) => object.kind === kind);
  },
  history: (objectId, property) => started().session.history(objectId, property),
  createStack: () => wasmEngine().control.createStack(),
  async recordOutput(frames) {
    const recording = await wasmEngine().control.recordOutput(frames);
    return comlink.transfer(
      recording,
      recording.channels.map(({ buffer }) => buffer as ArrayBuffer),
    );
  },
  reportStatus(status: EngineStatus) {
    metrics.add({
      time: Date.now(),
      load: status.load,
      memoryMegabytes: status.memoryBytes / 1_048_576,
      activeVoices: status.activeVoices,
      starvedFrames: status.starvedFrames,
      pagesResident: status.pagesResident,
    });
  },
  refersToBlob: (hash) => started().session.objects.refersToBlob(hash),
  renderSource: (timelineId) => renderSource(started().session.objects, timelineId),
  close: async () => running?.close(),
};

function wasmEngine(): WasmEngine {
  const { wasm } = started();
  if (!wasm) throw new AtomeError('ERR_ENGINE_START', 'the simpler engine is in use');
  return wasm;
}

comlink.expose(api);
