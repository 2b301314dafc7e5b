// What the session worker does once it has all of its program: session state, and the control side of the engine.
import type { Disposer } from '../core/disposer.ts';
import { createId } from '../core/id.ts';
import type { EngineStatus } from '../engine/audio-engine.ts';
import { MetricsHistory } from '../engine/metrics-history.ts';
import { errorReport, reportOf } from '../protocol/errors.ts';
import { createWorkerLogger } from '../protocol/logger.ts';
import type { Features, OwnerMessage } from '../protocol/messages.ts';
import { ActionPlayer, type ActionPlayerOptions } from '../session/action-player.ts';
import type { LoadedSession } from '../session/load.ts';
import { Session } from '../session/session.ts';
import type { RemoteBackend, SessionStart, SoundPage } from './session-api.ts';
import { SessionArrangement } from './session-arrangement.ts';
import { SessionClients } from './session-clients.ts';
import { type EngineListeners, startWasmEngine, type WasmEngine } from './session-engine.ts';
import { createRemoteBackend } from './session-fallback.ts';
import { SessionMetronome } from './session-metronome.ts';
import { sessionQuestions } from './session-questions.ts';
import { SessionScripts } from './session-scripts.ts';
import type { SessionStorage } from './session-storage.ts';

export { loadSession } from '../session/load.ts';

export interface Running {
  /** Of the WASM engine alone. */
  readonly wasm: WasmEngine | null;
  reportStatus(status: EngineStatus, features: Features): void;
  /** Resolves when everything accepted is on disk. */
  close(): Promise<void>;
}

/** What the worker has been reading since it began. */
export interface ProjectOnDisk {
  readonly storage: Promise<SessionStorage>;
  readonly loaded: Promise<LoadedSession>;
  /** Resolves when edits that the browser had lost are being brought back. */
  readonly restoring: Promise<void>;
}

/** @throws AtomeError as the storage was opened and read, or as the engine starts */
export async function startSession(
  project: ProjectOnDisk,
  options: SessionStart,
  port: MessagePort,
  page: SoundPage,
  fallback?: RemoteBackend,
): Promise<Running> {
  const logger = createWorkerLogger('session', options.env, options.pageId);
  const metrics = new MetricsHistory();
  let lastStatus: EngineStatus | undefined;
  const toPage = (message: OwnerMessage): void => port.postMessage(message);
  /** Everyone, once there are others than the page. */
  let tell = toPage;
  const listeners: EngineListeners = {
    onFeatures: (updates) => toPage({ type: 'ENGINE', updates }),
    onError: (error) => tell({ type: 'NOTICE', error }),
  };
  void project.restoring.then(() => listeners.onError(errorReport('ERR_PROJECT_LOST')));
  // The engine's half starts while objects are being read.
  const wasm = options.engine.type === 'wasm' ? startWasmEngine(options, options.engine, listeners) : null;
  const engine = wasm ? wasm.control : createRemoteBackend(fallback);
  const refused = (thrown: unknown): void => {
    const report = reportOf(thrown, 'ERR_ENGINE_LIMIT');
    logger.error('the engine refused a change', report);
    listeners.onError(report);
  };
  const masterFrame = (): number => wasm?.control.counters.read('masterFrame') ?? 0;
  const metronome = new SessionMetronome(engine, refused);
  const arrangement = new SessionArrangement(engine, refused);
  const reaching = (id: string, seconds: number, move: () => Promise<void>): Promise<void> =>
    arrangement.reaching(id, seconds, () => metronome.reaching(id, seconds, move));
  const scripts = new SessionScripts({ logger, startSound: () => page.startSound() });
  const [storage, loaded] = await Promise.all([project.storage, project.loaded]);
  const { store } = storage;
  const session: Session = await Session.open({
    store,
    loaded,
    device: options.deviceId,
    author: options.userId,
    now: () => Date.now(),
    createId,
    metrics: () => metrics.samples(),
    scripts: (script, id) => scripts.run(session, script, id),
    log: (message, data) => logger.warning(message, data),
    transport: {
      play: (id, seconds) => reaching(id, seconds, () => arrangement.play(id, seconds, masterFrame)),
      stop: (id) => engine.stop(id),
      seek: (id, seconds) => reaching(id, seconds, () => engine.seek(id, seconds)),
      scrub: (id, seconds) =>
        seconds === null ? engine.scrub(id, null) : reaching(id, seconds, () => engine.scrub(id, seconds)),
      retime(id) {
        const { seconds, land } = engine.retime(id);
        return { seconds, land: (to) => reaching(id, to, () => land(to)) };
      },
      position: (id) => engine.position(id).seconds,
      isPlaying: (id) => engine.position(id).playing,
      masterFrame,
      setSegment: (id, segment) => arrangement.setSegment(id, segment),
      setMasterGain: (gain) => engine.apply([{ type: 'masterGain', gain }]),
      setMetronome: (setting) => metronome.set(setting),
      panic: () => engine.panic(),
    },
  });
  async function begin(): Promise<void> {
    arrangement.follow(session);
    metronome.follow(session);
    for (const command of options.first) await session.dispatch(command);
    storage.report(logger, listeners.onError);
    logger.info('session loaded', { revision: session.getState().meta.revisionId, backend: engine.name });
  }
  // By then the page has the state and paints it, while the engine gets to know what it is about.
  const begun = new Promise<void>((resolve) => setTimeout(() => resolve(begin().catch(refused))));
  let stopLookingAfter: Disposer = () => undefined;
  void begun.then(() => {
    stopLookingAfter = storage.lookAfter(session, logger);
  });
  const clients = new SessionClients(
    {
      session,
      questions: sessionQuestions(session, store, wasm?.control, page),
      page,
      begun,
      isSounding: () => lastStatus?.contextState === 'running',
      logger,
    },
    port,
  );
  tell = (message) => clients.tell(message);
  const player = new ActionPlayer({
    session,
    ...engineClock(options, wasm),
    onError(error) {
      logger.warning('what was played could not be carried out', error);
      tell({ type: 'NOTICE', error });
    },
  });
  session.onCue((cue) => {
    tell({ type: 'CUE', cue });
    player.cue(cue);
  });
  return {
    wasm,
    reportStatus(status, features) {
      lastStatus = status;
      clients.status(status, features);
      metrics.add({
        time: Date.now(),
        load: status.load,
        memoryMegabytes: status.memoryBytes / 1_048_576,
        activeVoices: status.activeVoices,
        starvedFrames: status.starvedFrames,
        pagesResident: status.pagesResident,
      });
    },
    async close() {
      clients.deafen();
      await begun;
      stopLookingAfter();
      await session.idle();
      player.close();
      scripts.close();
      arrangement.close();
      metronome.close();
      store.close();
      wasm?.close();
      clients.close();
      storage.release();
    },
  };
}

/** The frames that have been rendered; with the fallback, which keeps its own, time as it passes. */
const engineClock = (
  { engine }: SessionStart,
  wasm: WasmEngine | null,
): Pick<ActionPlayerOptions, 'now' | 'sampleRate'> =>
  wasm && engine.type === 'wasm'
    ? { sampleRate: engine.sampleRate, now: () => wasm.control.counters.read('masterFrame') / engine.sampleRate }
    : { sampleRate: 1, now: () => performance.now() / 1000 };
