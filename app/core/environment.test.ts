import { afterEach, describe, expect, it, vi } from 'vitest';
import { getAtomeEnv, getAudioBackend, getSyncUrl, overrideKeys } from './environment.ts';

const store = (entries: Record<string, string>) =>
  vi.stubGlobal('localStorage', { getItem: (key: string) => entries[key] ?? null });

describe('environment', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
  });

  it('is a production build with the WASM engine and no sync unless the build says otherwise', () => {
    expect([getAtomeEnv(), getAudioBackend(), getSyncUrl()]).toEqual(['prod', 'wasm', undefined]);
  });

  it('reads what the build was given', () => {
    vi.stubEnv('ATOME_ENV', 'test');
    vi.stubEnv('ATOME_AUDIO_BACKEND', 'webaudio');
    vi.stubEnv('ATOME_SYNC_URL', 'https://objects.example/atome');
    expect([getAtomeEnv(), getAudioBackend(), getSyncUrl()?.origin]).toEqual([
      'test',
      'webaudio',
      'https://objects.example',
    ]);
  });

  it('lets a stored override win over the build', () => {
    vi.stubEnv('ATOME_AUDIO_BACKEND', 'wasm');
    store({ [overrideKeys.audioBackend]: 'webaudio', [overrideKeys.syncUrl]: 'https://mine.example/' });
    expect([getAudioBackend(), getSyncUrl()?.host]).toEqual(['webaudio', 'mine.example']);
  });

  it('ignores words it does not know', () => {
    vi.stubEnv('ATOME_ENV', 'staging');
    store({ [overrideKeys.audioBackend]: 'asio', [overrideKeys.syncUrl]: 'not an address' });
    expect([getAtomeEnv(), getAudioBackend(), getSyncUrl()]).toEqual(['prod', 'wasm', undefined]);
  });

  it('survives a page whose storage is refused', () => {
    vi.stubGlobal('localStorage', {
      getItem: () => {
        throw new DOMException('refused', 'SecurityError');
      },
    });
    expect(getAudioBackend()).toBe('wasm');
  });
});
