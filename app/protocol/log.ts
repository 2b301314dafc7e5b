// One structured log line, from every part of the program.

export const logLevels = ['debug', 'functional', 'info', 'warning', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LogEntry {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly level: LogLevel;
  /** The part that speaks: 'session', 'disk', 'engine', 'import', 'ui'… */
  readonly part: string;
  readonly message: string;
  readonly data?: unknown;
}

/** Which levels an environment keeps. dev: all; test: functional and above; prod: info and above. */
export const keptLevel = { dev: 'debug', test: 'functional', prod: 'info' } as const;
export type AtomeEnv = keyof typeof keptLevel;

export const isKept = (level: LogLevel, env: AtomeEnv): boolean =>
  logLevels.indexOf(level) >= logLevels.indexOf(keptLevel[env]);
