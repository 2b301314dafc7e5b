// Puts together what the views may ask for.
import { type Accessor, createSignal } from 'solid-js';
import type { EngineStatus } from '../engine/audio-engine.ts';
import { interruptions } from '../engine/interruptions.ts';
import type { SoundOutput } from '../engine/sound-output.ts';
import type { Command } from '../protocol/commands.ts';
import { reportOf } from '../protocol/errors.ts';
import type { Logger } from '../protocol/logger.ts';
import type { CommandReply } from '../protocol/state.ts';
import type { AtomeClient, ImportedFile, WaveformSource } from '../ui/client.ts';
import { stepName, text } from '../ui/text.ts';
import type { Exports } from './exports.ts';
import type { FreezeRequest } from './freeze.ts';
import type { Imports } from './imports.ts';
import type { PageLogs } from './logs.ts';
import type { Notices } from './notices.ts';
import type { PageSignals } from './page-signals.ts';
import { isProjectFile, type Projects } from './projects.ts';
import type { SessionClient } from './session-client.ts';
import type { Tab } from './tab.ts';
import type { Videos } from './videos.ts';

export interface ClientParts {
  readonly userId: string;
  readonly session: SessionClient;
  readonly output: SoundOutput;
  readonly tab: Tab;
  readonly imports: Imports;
  readonly videos: Videos;
  readonly onCue: AtomeClient['onCue'];
  readonly projects: Projects;
  readonly exports: Exports;
  readonly notices: Notices;
  readonly logs: PageLogs;
  readonly page: PageSignals;
  readonly waveforms: WaveformSource;
  readonly freeze: (request: FreezeRequest) => Promise<string[]>;
  readonly createDemo: () => Promise<void>;
}

/** How often the status line is brought up to date. */
const statusMilliseconds = 500;

export function createClient(parts: ClientParts): AtomeClient {
  const { session, output, tab, imports, videos, exports, notices, logs, page } = parts;

  async function run(command: Command): Promise<CommandReply> {
    const reply = await session.dispatch(command);
    if (!reply.ok) notices.report(reply.error);
    return reply;
  }

  /** Turns a failure into a toast. */
  async function told(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (thrown) {
      const report = reportOf(thrown, 'ERR_WORKER');
      if (report.name !== 'ERR_EXPORT_CANCELLED') notices.report(report);
    }
  }

  /** Projects are opened; everything else is sound, video, or both. */
  async function openFiles(files: readonly File[]): Promise<ImportedFile[]> {
    for (const file of files.filter(isProjectFile)) {
      await told(async () => {
        await parts.projects.open(file);
        notices.notify({ kind: 'info', text: text('project.opened', { name: file.name }) });
      });
    }
    const media = files.filter((file) => !isProjectFile(file));
    const imported = await Promise.all(media.map(importMedia));
    return imported.filter(({ soundId, videoId }) => (soundId ?? videoId) !== undefined);
  }

  async function importMedia(file: File): Promise<ImportedFile> {
    const video = await videos.describe(file);
    const [[soundId], videoId] = await Promise.all([
      video?.hasSound === false ? [] : imports.importFiles([file]),
      video && videos.importVideo(file, video),
    ]);
    return { ...(soundId === undefined ? {} : { soundId }), ...(videoId === undefined ? {} : { videoId }) };
  }

  return {
    state: session.state,
    dispatch: session.dispatch,
    run,
    features: output.features,
    waveforms: parts.waveforms,
    imports: () => [...imports.list(), ...videos.list()],
    notices: notices.list,
    engineStatus: watchStatus(output, logs.logger('engine')),
    soundElsewhere: () => !tab.isOwner(),
    takeOver: () => tab.takeOver(),
    installable: page.installable,
    updateReady: page.updateReady,
    online: page.online,
    importFiles: openFiles,
    videoFile: videos.get,
    onCue: parts.onCue,
    cancelImport: imports.cancel,
    exportMix: (timelineId, format, sampleRate, onProgress, signal, range) =>
      told(() => exports.mix({ timelineId, format, sampleRate, onProgress, signal, ...(range ? { range } : {}) })),
    async freezeClips(clipIds, onProgress, signal) {
      const nameOf = (name: string): string => text('clip.frozenName', { name });
      let standIns: readonly string[] = [];
      await told(async () => {
        standIns = await parts.freeze({ clipIds, label: stepName('clip.freeze'), nameOf, onProgress, signal });
      });
      return standIns;
    },
    userId: parts.userId,
    history: (objectId, property) => session.ask('history', objectId, property),
    steps: (limit) => session.ask('steps', limit),
    exportProject: () => told(exports.project),
    createDemo: () => told(parts.createDemo),
    startSound: () => told(() => output.start()),
    notify: notices.notify,
    report: (error) => notices.report(error),
    dismiss: notices.dismiss,
    install: page.install,
    applyUpdate: page.applyUpdate,
    logs: async () => logs.entries(),
    downloadLogs: async () => logs.save(),
  };
}

function watchStatus(output: SoundOutput, logger: Logger): Accessor<EngineStatus> {
  const [status, setStatus] = createSignal(output.status());
  setInterval(() => {
    const before = status();
    for (const report of interruptions(before, setStatus(output.status()))) logger.warning(report.name, report);
  }, statusMilliseconds);
  return status;
}
