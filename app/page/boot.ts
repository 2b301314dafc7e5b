// Brings the program up, in order: isolation, ownership, engine, session, media; and gives the page its client.
import engineUrl from '../../build/engine.wasm?url';
import workletUrl from '../../worklets/engine.ts?worker&url';
import { getAtomeEnv, getAudioBackend } from '../core/environment.ts';
import { createId } from '../core/id.ts';
import type { SoundOutput } from '../engine/sound-output.ts';
import { WasmBackend } from '../engine/wasm-backend.ts';
import type { WebAudioBackend } from '../engine/webaudio-backend.ts';
import { createShapeParser } from '../media/shape-parser.ts';
import { AtomeError, type ErrorReport, reportOf } from '../protocol/errors.ts';
import { incomingFiles } from '../pwa/incoming-files.ts';
import { openBlobStore } from '../storage/blob-store.ts';
import type { BlobStore } from '../storage/types.ts';
import type { AtomeClient } from '../ui/client.ts';
import { text } from '../ui/text.ts';
import { createAudioEngine } from './audio-engine.ts';
import { createBlobService } from './blob-service.ts';
import { createClient } from './client.ts';
import { chooseEngine } from './engine-choice.ts';
import { createExports } from './exports.ts';
import { loadIdentity } from './identity.ts';
import { createImports } from './imports.ts';
import { createPageLogs, type PageLogs } from './logs.ts';
import { connectMedia } from './media-client.ts';
import { createNotices } from './notices.ts';
import { createPageSignals } from './page-signals.ts';
import { createRenderClient } from './render-client.ts';
import { type Atome, createTimelineService } from './scripting.ts';
import { connectSession, type SessionClient } from './session-client.ts';
import { createSoundGate } from './sound-gate.ts';
import { createWaveforms } from './waveforms.ts';

/** Hz. Every context runs at this rate, whatever the device: sessions sound the same everywhere. */
const contextRate = 48_000;

/** The service worker, once it is registered. */
type Registering = Promise<ServiceWorkerRegistration | undefined>;

export interface Booted {
  readonly client: AtomeClient;
  readonly atome: Omit<Atome, 'ready' | 'version'>;
  /** Everything accepted is on disk and the workers have ended. */
  close(): Promise<void>;
}

/** @throws AtomeError ERR_STORAGE_UNAVAILABLE, ERR_WORKER */
export async function boot(registration: Registering): Promise<Booted> {
  const logs = createPageLogs(createId());
  const logger = logs.logger('page');
  const notices = createNotices();
  const onError = (report: ErrorReport): void => {
    logger.error(report.name, report);
    notices.report(report);
  };
  const [identity, module] = await Promise.all([loadIdentity(), WebAssembly.compileStreaming(fetch(engineUrl))]);
  const blobs = await openBlobStore(identity.userId, { parseShape: createShapeParser(module) });
  const choice = chooseEngine(getAudioBackend(), crossOriginIsolated);
  if (choice.reason) onError(choice.reason);

  const fallback = choice.memory
    ? undefined
    : await createFallback({ sampleRate: contextRate, openFile: (hash) => blobs.get(hash), onError });
  const session = await connectSession({
    start: {
      userId: identity.userId,
      deviceId: identity.deviceId,
      engine: choice.memory
        ? { type: 'wasm', module, memory: choice.memory, sampleRate: contextRate }
        : { type: 'webaudio' },
      env: getAtomeEnv(),
      pageId: logs.pageId,
    },
    fallback,
    onError,
  });
  const output = fallback ?? connectOutput(session, module, onError);
  return assemble({ registration, logs, notices, identity, module, blobs, session, output });
}

/** Loaded where the WASM engine does not run, and nowhere else. */
async function createFallback(options: ConstructorParameters<typeof WebAudioBackend>[0]): Promise<WebAudioBackend> {
  const { WebAudioBackend } = await import('../engine/webaudio-backend.ts');
  return new WebAudioBackend(options);
}

/** The main thread's half of the WASM engine. @throws AtomeError ERR_ENGINE_START */
function connectOutput(
  session: SessionClient,
  module: WebAssembly.Module,
  onError: (report: ErrorReport) => void,
): SoundOutput {
  const { addresses, worker } = session;
  if (!addresses) throw new AtomeError('ERR_ENGINE_START', 'no addresses');
  const output = new WasmBackend({ module, addresses, workletUrl, createStack: () => worker.createStack(), onError });
  session.followFeatures((update) => output.update(update));
  return output;
}

interface Parts {
  readonly registration: Registering;
  readonly logs: PageLogs;
  readonly notices: ReturnType<typeof createNotices>;
  readonly identity: { readonly userId: string };
  readonly module: WebAssembly.Module;
  readonly blobs: BlobStore;
  readonly session: SessionClient;
  readonly output: SoundOutput;
}

/** Of anything a script may send, by any field that may name it; what cannot even be read is the session's to refuse. */
function isPlay(input: unknown): boolean {
  try {
    const { cmd, command, type } = input as Readonly<Record<string, unknown>>;
    return [cmd, command, type].includes('TIMELINE_PLAY');
  } catch {
    return false;
  }
}

function assemble({ registration, logs, notices, identity, module, blobs, session, output }: Parts): Booted {
  const media = connectMedia({ userId: identity.userId, module, onError: notices.report });
  const gate = createSoundGate(output, notices);
  const dispatch: SessionClient['dispatch'] = async (command) => {
    try {
      if (isPlay(command)) await gate.ensure();
    } catch (thrown) {
      return { ok: false, error: reportOf(thrown, 'ERR_ENGINE_START') };
    }
    return session.dispatch(command);
  };
  const sounding: SessionClient = { ...session, dispatch };
  const { state } = session;
  const sounds = createBlobService(blobs, async (hash) => session.worker.refersToBlob(hash));
  const imports = createImports({ media, state, notices, dispatch, takeBack: sounds.delete });
  const renders = createRenderClient({ session, module, userId: identity.userId });
  const client = createClient({
    session: sounding,
    output,
    imports,
    exports: createExports(session, renders, blobs),
    notices,
    logs,
    page: createPageSignals(registration),
    waveforms: createWaveforms(media),
    async createDemo() {
      const { createDemoSession } = await import('./demo-session.ts');
      await createDemoSession({ state, dispatch, blobs, fileObject: imports.fileObject });
    },
  });
  incomingFiles(
    (files) => void client.importFiles(files),
    () => notices.notify({ kind: 'error', text: text('import.unread') }),
  );
  return {
    client,
    atome: {
      services: {
        audioEngine: createAudioEngine({
          backend: output.backend,
          state,
          dispatch,
          startSound: (context) => output.start(context),
          stopSound: () => output.shutdown(),
          position: (id) => output.features.position(id),
          status: () => output.status(),
          lastError: () => notices.list().findLast(({ kind }) => kind === 'error')?.text ?? null,
          render: renders.render,
          recordOutput: (frames) => session.worker.recordOutput(frames),
        }),
        timelines: createTimelineService(dispatch),
        blobs: sounds,
      },
      session: {
        dispatch,
        getState: async () => session.worker.getState(),
        subscribe: session.subscribe,
        objects: async (kind) => session.worker.objects(kind),
        history: async (objectId, property) => session.worker.history(objectId, property),
      },
      async importFile(file) {
        const id = await imports.importFile(file);
        const object = (await session.worker.getState()).objects[id];
        if (object?.kind !== 'AudioFileAtome') throw new AtomeError('ERR_NOT_FOUND', file.name);
        return object;
      },
    },
    async close() {
      await output.shutdown();
      await session.worker.close();
    },
  };
}
