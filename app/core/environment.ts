// The settings a build is made with, and the overrides a person has stored in this browser.

export type Environment = 'dev' | 'test' | 'prod';
export type AudioBackendName = 'wasm' | 'webaudio';

declare global {
  interface ImportMetaEnv {
    readonly ATOME_ENV?: string;
    readonly ATOME_SYNC_URL?: string;
    readonly ATOME_AUDIO_BACKEND?: string;
  }
}

const environments: readonly string[] = ['dev', 'test', 'prod'] satisfies Environment[];
const backends: readonly string[] = ['wasm', 'webaudio'] satisfies AudioBackendName[];

/** Keys of localStorage under which the settings keep their overrides. */
export const overrideKeys = { audioBackend: 'atome.audioBackend', syncUrl: 'atome.syncUrl' } as const;

/** Which logs are kept and how strict the program is with itself; `prod` unless the build says otherwise. */
export function getAtomeEnv(): Environment {
  const value = import.meta.env?.ATOME_ENV ?? 'prod';
  return environments.includes(value) ? (value as Environment) : 'prod';
}

/** Where blobs and metadata are synchronised to; undefined when this installation does not synchronise. */
export function getSyncUrl(): URL | undefined {
  const value = stored(overrideKeys.syncUrl) ?? import.meta.env?.ATOME_SYNC_URL ?? '';
  return URL.canParse(value) ? new URL(value) : undefined;
}

/** The engine to begin with; the page falls back to `webaudio` by itself where `wasm` cannot run. */
export function getAudioBackend(): AudioBackendName {
  const value = stored(overrideKeys.audioBackend) ?? import.meta.env?.ATOME_AUDIO_BACKEND ?? 'wasm';
  return backends.includes(value) ? (value as AudioBackendName) : 'wasm';
}

interface MaybeStorage {
  readonly localStorage?: { getItem(key: string): string | null };
}

/** Workers and Node have no localStorage; a page may be refused its own. */
function stored(key: string): string | undefined {
  try {
    return (globalThis as MaybeStorage).localStorage?.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}
