// Brings the program up: the session in this tab or the line to it, sound, media; and gives the page its client.
import { createId } from '../core/id.ts';
import { createShapeParser } from '../media/shape-parser.ts';
import { AtomeError, type ErrorReport, reportOf } from '../protocol/errors.ts';
import { isToBeHeard } from '../protocol/to-be-heard.ts';
import { incomingFiles } from '../pwa/incoming-files.ts';
import { openBlobStore } from '../storage/blob-store.ts';
import type { AtomeClient } from '../ui/client.ts';
import { text } from '../ui/text.ts';
import { createAudioEngine } from './audio-engine.ts';
import { createBlobService } from './blob-service.ts';
import { blobsOnceOpen, type PageBlobs } from './blobs-once-open.ts';
import { createClient } from './client.ts';
import { createExports } from './exports.ts';
import { freezeClips } from './freeze.ts';
import { engineModule, tabLife } from './head-start.ts';
import { loadIdentity } from './identity.ts';
import { createImports } from './imports.ts';
import { Lobby } from './lobby.ts';
import { createPageLogs, type PageLogs } from './logs.ts';
import { connectMedia } from './media-client.ts';
import { createNotices } from './notices.ts';
import { createPageSignals } from './page-signals.ts';
import { createProjects } from './projects.ts';
import { RemoteSound } from './remote-sound.ts';
import { createRenderClient } from './render-client.ts';
import { type Atome, assertFile, assertFunction } from './scripting.ts';
import { type SessionClient, SessionLine } from './session-client.ts';
import { createSoundGate } from './sound-gate.ts';
import { Tab } from './tab.ts';
import { TabSound } from './tab-sound.ts';
import { createTimelineService } from './timeline-service.ts';
import { createVideos } from './videos.ts';
import { createWaveforms } from './waveforms.ts';

/** The service worker, once it is registered. */
type Registering = Promise<ServiceWorkerRegistration | undefined>;

export interface Booted {
  /** Resolves when the session is known; until then views show what there is without it. @throws AtomeError ERR_STORAGE_UNAVAILABLE, ERR_WORKER */
  readonly ready: Promise<void>;
  readonly client: AtomeClient;
  readonly atome: Omit<Atome, 'ready' | 'version'>;
}

export interface BootOptions {
  readonly registration: Registering;
  /** Another tab owns the session and does not answer, or is of another version: one can only take over. */
  readonly onUnanswered: (takeOver: () => void) => void;
  /** Sounds cannot be stored here. @param thrown AtomeError ERR_STORAGE_UNAVAILABLE */
  readonly onUnusable: (thrown: unknown) => void;
}

/** Within this time an owner answers that can. */
const answerMilliseconds = 3000;

/** @throws AtomeError ERR_STORAGE_UNAVAILABLE, ERR_WORKER */
export async function boot({ registration, onUnanswered, onUnusable }: BootOptions): Promise<Booted> {
  const logs = createPageLogs(createId());
  const logger = logs.logger('page');
  const notices = createNotices();
  const onError = (report: ErrorReport): void => {
    logger.error(report.name, report);
    notices.report(report);
  };
  const [identity, life] = await Promise.all([loadIdentity(), tabLife]);
  const opening = engineModule.then((module) =>
    openBlobStore(identity.userId, { parseShape: createShapeParser(module) }),
  );
  const line = new SessionLine();
  const sound = new TabSound(new RemoteSound(line));
  const tab = new Tab({
    identity,
    module: engineModule,
    blobs: opening,
    pageId: logs.pageId,
    line,
    lobby: new Lobby(),
    sound,
    life,
    createGate: (output) => createSoundGate(output, notices),
    onError,
    onStopped: () => notices.notify({ kind: 'info', text: text('otherTab.stopped') }),
  });
  const unanswered = (): void => onUnanswered(() => tab.takeOver());
  line.onMessage((message) => {
    if (message.type === 'NOTICE') onError(message.error);
    if (message.type === 'OTHER_VERSION') unanswered();
  });
  opening.catch(onUnusable);
  const ready = join(tab, line, unanswered);
  // Whoever waits for it hears of its failure, however late.
  ready.catch(() => undefined);
  const blobs = blobsOnceOpen(opening);
  return {
    ...assemble({ registration, logs, notices, identity, blobs, line, sound, tab, life, ready }),
    ready,
  };
}

async function join(tab: Tab, line: SessionLine, unanswered: () => void): Promise<void> {
  await tab.join();
  const patience = setTimeout(unanswered, answerMilliseconds);
  await line.ready;
  clearTimeout(patience);
}

interface Parts {
  readonly registration: Registering;
  readonly logs: PageLogs;
  readonly notices: ReturnType<typeof createNotices>;
  readonly identity: { readonly userId: string };
  readonly blobs: PageBlobs;
  readonly line: SessionLine;
  readonly sound: TabSound;
  readonly tab: Tab;
  /** The Web Lock that this tab holds as long as it exists. */
  readonly life: string;
  readonly ready: Promise<void>;
}

function assemble({
  registration,
  logs,
  notices,
  identity,
  blobs,
  line,
  sound,
  tab,
  life,
  ready,
}: Parts): Omit<Booted, 'ready'> {
  const media = connectMedia({ userId: identity.userId, module: engineModule, onError: notices.report });
  // Not before what has to be there at once.
  void registration.then(() => media.start());
  const dispatch: SessionClient['dispatch'] = async (command) => {
    try {
      if (isToBeHeard(command)) await sound.ensure();
    } catch (thrown) {
      return { ok: false, error: reportOf(thrown, 'ERR_ENGINE_START') };
    }
    return line.dispatch(command);
  };
  const session: SessionClient = {
    state: line.state,
    dispatch,
    subscribe: (listener) => line.subscribe(listener),
    ask: (question, ...values) => line.ask(question, ...values),
  };
  const { state } = session;
  const sounds = createBlobService(blobs, (hash) => session.ask('refersToBlob', hash));
  const imports = createImports({ media, state, notices, dispatch, takeBack: sounds.delete });
  const isReferenced = (hash: string): Promise<boolean> => session.ask('refersToBlob', hash);
  const videos = createVideos({ userId: identity.userId, media, notices, dispatch, isReferenced });
  const projects = createProjects({ session, imports, blobs, videos, takeBack: sounds.delete });
  const renders = createRenderClient({ session, module: engineModule, userId: identity.userId, tab: life });
  const exports = createExports({ tab: life, session, renders, blobs, videos });
  const client = createClient({
    userId: identity.userId,
    session,
    output: sound,
    tab,
    imports,
    videos,
    onCue: (listener) => line.onMessage((message) => message.type === 'CUE' && listener(message.cue)),
    projects,
    exports,
    notices,
    logs,
    page: createPageSignals(registration),
    waveforms: createWaveforms(media),
    freeze: (request) =>
      freezeClips({ session, renders, fileObject: imports.fileObject, takeBack: sounds.delete }, request),
    async createDemo() {
      const { createDemoSession } = await import('./demo-session.ts');
      await createDemoSession({ state, dispatch, blobs, fileObject: imports.fileObject });
    },
  });
  const listen = (): void =>
    incomingFiles(
      (files) => void client.importFiles(files),
      () => notices.notify({ kind: 'error', text: text('import.unread') }),
    );
  ready.then(listen, () => undefined);
  return {
    client,
    atome: {
      services: {
        audioEngine: createAudioEngine({
          backend: () => sound.backend,
          state,
          dispatch,
          startSound: (context) => sound.start(context),
          stopSound: () => sound.shutdown(),
          position: async (id) => (tab.isOwner() ? sound.features.position(id) : session.ask('position', id)),
          status: async () => (tab.isOwner() ? sound.status() : session.ask('status')),
          lastError: () => notices.list().findLast(({ kind }) => kind === 'error')?.text ?? null,
          render: renders.render,
          recordOutput: (frames) => session.ask('recordOutput', frames),
        }),
        timelines: createTimelineService({ state: () => session.state, dispatch }),
        blobs: sounds,
        videos: { get: videos.get, has: videos.has, delete: videos.takeBack, garbage: videos.garbage },
      },
      session: {
        dispatch,
        getState: () => session.ask('state'),
        subscribe(listener) {
          assertFunction('listener', listener);
          return session.subscribe(listener);
        },
        objects: (kind) => session.ask('objects', kind),
        history: (objectId, property) => session.ask('history', objectId, property),
      },
      async importProject(file) {
        assertFile(file);
        return projects.open(file);
      },
      exportProject: exports.projectFile,
      async importVideo(file) {
        assertFile(file);
        const described = await videos.describe(file);
        if (!described) throw new AtomeError('ERR_MEDIA_FORMAT', file.name);
        const id = await videos.addVideo(file, described);
        const object = (await session.ask('state')).objects[id];
        if (object?.kind !== 'MediaFileAtome') throw new AtomeError('ERR_NOT_FOUND', file.name);
        return object;
      },
      async importFile(file) {
        assertFile(file);
        const id = await imports.importFile(file);
        const object = (await session.ask('state')).objects[id];
        if (object?.kind !== 'AudioFileAtome') throw new AtomeError('ERR_NOT_FOUND', file.name);
        return object;
      },
    },
  };
}
