// Every failure the program can report: its code, its name and the sentence a person can act on.

/**
 * 1000s system, 2000s engine, 3000s plugins, 4000s commands and session, 5000s media and files; no number has two lives.
 * 1002 and the 3000s are promised to scripts and wait for recording and plugins.
 */
export const errorCatalogue = {
  ERR_DISK_FULL: {
    code: 1001,
    text: 'There is no space left in the browser’s storage. Free some space and try again.',
  },
  ERR_DISK_CRITICAL: {
    code: 1002,
    text: 'The disk could not keep up and part of the recording is missing. Free the disk and record again.',
  },
  ERR_STORAGE_UNAVAILABLE: {
    code: 1003,
    text: 'This browser does not let the page store files. Leave private browsing or allow storage for this site.',
  },
  ERR_STORAGE_WRITE: {
    code: 1004,
    text: 'A file could not be written. Nothing that was stored before has changed. Try again.',
  },
  ERR_STORAGE_READ: { code: 1005, text: 'A stored file could not be read. Reload the page and try again.' },
  ERR_NOT_ISOLATED: {
    code: 1006,
    text: 'The browser did not isolate the page, so the simpler sound engine is used. Reload the page to try again.',
  },
  ERR_OTHER_TAB: { code: 1007, text: 'Atome Flow is open in another tab. Use it there, or take over here.' },
  ERR_WORKER: { code: 1008, text: 'A part of the program stopped. Reload the page; everything saved is still there.' },
  ERR_PROJECT_LOST: {
    code: 1009,
    text: 'The browser had lost the project. It is brought back from its journal: keep this page open until the timelines are there.',
  },
  ERR_JOURNAL_DAMAGED: {
    code: 1010,
    text: 'The browser had lost the project, and some of its edits could not be brought back. Look through the timelines, and export the project.',
  },
  ERR_NEWER_PROGRAM: {
    code: 1011,
    text: 'A newer version of the program has stored this project, so this one leaves it alone. Close the other tabs of the page and reload it to get that version.',
  },
  ERR_DATABASE_BROKEN: {
    code: 1012,
    text: 'The browser cannot open its database for this page, nor make it anew. Close all windows of the browser, start it again and reload. Do not clear the data of this site: all you have made is in it.',
  },
  ERR_AUDIO_DROPOUT: {
    code: 2001,
    text: 'The sound was interrupted because the computer was too busy. Close other programs and tabs.',
  },
  ERR_ENGINE_START: { code: 2002, text: 'The sound engine did not start. Reload the page to try again.' },
  ERR_AUDIO_SUSPENDED: { code: 2003, text: 'The browser paused the sound. Click anywhere to continue.' },
  ERR_DEVICE_LOST: { code: 2004, text: 'The sound device is gone. Connect it again or choose another one.' },
  ERR_STARVED: {
    code: 2005,
    text: 'The disk was too slow for a moment, and a short part was silent. Play it again.',
  },
  ERR_ENGINE_LIMIT: {
    code: 2006,
    text: 'There are more clips or timelines than the engine can hold. Remove some of them to hear the rest.',
  },
  ERR_RENDER: { code: 2007, text: 'The mix could not be rendered. Look at its range, close other tabs and try again.' },
  ERR_SOUND_ELSEWHERE: {
    code: 2008,
    text: 'The sound comes from another tab, and its browser waits for a click there. Click in that tab once, or take over here.',
  },
  ERR_PLUGIN_CRASH: { code: 3001, text: 'A plugin crashed and is bypassed. It is started again by itself.' },
  ERR_PLUGIN_TIMEOUT: { code: 3002, text: 'A plugin did not answer and is bypassed. It is started again by itself.' },
  ERR_BAD_COMMAND: { code: 4001, text: 'The command is not valid.' },
  ERR_UNKNOWN_COMMAND: { code: 4002, text: 'There is no such command.' },
  ERR_NOT_FOUND: { code: 4003, text: 'What the command refers to does not exist.' },
  ERR_REFUSED: { code: 4004, text: 'The command does not fit what is there.' },
  ERR_NOTHING_TO_UNDO: { code: 4005, text: 'There is nothing to undo.' },
  ERR_NOTHING_TO_REDO: { code: 4006, text: 'There is nothing to redo.' },
  ERR_CYCLE: { code: 4007, text: 'That would run in a circle.' },
  ERR_NOT_PERMITTED: { code: 4008, text: 'You are not allowed to change this. Ask its owner for the right to edit.' },
  ERR_NOT_CAPTURING: {
    code: 4009,
    text: 'Nothing is being recorded or captured here, so there is nothing to take from it.',
  },
  ERR_SCRIPT: { code: 4010, text: 'The script failed. Nothing it did was kept.' },
  ERR_SCRIPT_TIME: {
    code: 4011,
    text: 'The script took too long and was ended. Nothing it did was kept; make it do less.',
  },
  ERR_SCRIPT_MEMORY: {
    code: 4012,
    text: 'The script needed too much memory and was ended. Nothing it did was kept; make it do less.',
  },
  ERR_SCRIPT_SYNTAX: { code: 4013, text: 'The script cannot be run as it is written. Mend it where it says.' },
  ERR_FILE_NOT_AUDIO: { code: 5001, text: 'This is not a sound file that the browser can read.' },
  ERR_FILE_EMPTY: { code: 5002, text: 'The file holds no sound.' },
  ERR_FILE_DAMAGED: { code: 5003, text: 'The file is damaged and cannot be read.' },
  ERR_FILE_CHANNELS: { code: 5004, text: 'The file has a number of channels that is not supported (1 to 32 are).' },
  ERR_FILE_FORMAT: { code: 5005, text: 'The file uses a sample format or rate that is not supported.' },
  ERR_FILE_VANISHED: { code: 5006, text: 'The file was moved, changed or removed while it was read. Drop it again.' },
  ERR_IMPORT_CANCELLED: { code: 5007, text: 'The import was cancelled. Nothing of it was stored.' },
  ERR_EXPORT: { code: 5008, text: 'The export could not be written. Reload the page and export again.' },
  ERR_PROJECT_FILE: {
    code: 5010,
    text: 'This is not a project file that can be opened here. Nothing was changed. Export the project again and try that file.',
  },
  ERR_MEDIA_FORMAT: { code: 5011, text: 'The browser cannot show this video or picture. Convert it to MP4 or WebM.' },
  ERR_EXPORT_CANCELLED: { code: 5009, text: 'The export was cancelled.' },
  ERR_ANALYSIS_CANCELLED: {
    code: 5012,
    text: 'The search for attacks was cancelled. Ask for it again when you want it.',
  },
} as const satisfies Record<string, { code: number; text: string }>;

export type ErrorName = keyof typeof errorCatalogue;

/** What crosses the protocol: a number for machines, a sentence for people, a detail for the log. */
export interface ErrorReport {
  readonly name: ErrorName;
  readonly code: number;
  /** The sentence of the catalogue, made specific where `detail` is given. */
  readonly msg: string;
  readonly reqId?: string;
}

export function errorReport(name: ErrorName, detail?: string, reqId?: string): ErrorReport {
  const { code, text } = errorCatalogue[name];
  return { name, code, msg: detail ? `${text} (${detail})` : text, ...(reqId === undefined ? {} : { reqId }) };
}

/** An exception that carries a report; it survives a worker boundary as its `report`. */
export class AtomeError extends Error {
  readonly report: ErrorReport;

  /** @param failure a name of the catalogue, or a report that came from elsewhere */
  constructor(failure: ErrorName | ErrorReport, detail?: string) {
    const report = typeof failure === 'string' ? errorReport(failure, detail) : failure;
    super(report.msg);
    this.name = report.name;
    this.report = report;
  }

  /** As in the reply to a command. */
  get code(): number {
    return this.report.code;
  }
}

/** What was thrown in another thread: an error of the catalogue is one again, with its code. */
export function fromThread(thrown: unknown): unknown {
  if (thrown instanceof AtomeError || !(thrown instanceof Error)) return thrown;
  return Object.hasOwn(errorCatalogue, thrown.name) ? new AtomeError(reportOf(thrown, 'ERR_WORKER')) : thrown;
}

/** The report inside anything thrown, here or in another worker; unknown failures become `fallback`. */
export function reportOf(thrown: unknown, fallback: ErrorName): ErrorReport {
  if (thrown instanceof AtomeError) return thrown.report;
  if (thrown instanceof Error) {
    const known = Object.hasOwn(errorCatalogue, thrown.name) ? (thrown.name as ErrorName) : undefined;
    if (known) return { name: known, code: errorCatalogue[known].code, msg: thrown.message };
    return errorReport(fallback, thrown.message);
  }
  return errorReport(fallback, String(thrown));
}
