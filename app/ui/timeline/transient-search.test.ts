// Looking for transients: what is said meanwhile, and how it ends.
import { expect, test, vi } from 'vitest';
import type { SoundOnsets } from '../../core/onset-format.ts';
import { clipNamed, sceneOf } from '../../editor/testing/fixtures.ts';
import { Transients } from '../../editor/transients.ts';
import { createNotices } from '../../page/notices.ts';
import { AtomeError } from '../../protocol/errors.ts';
import type { AtomeClient } from '../client.ts';
import type { TimelineModel } from './model.ts';
import { findTransients } from './transient-search.ts';

const clip = clipNamed(sceneOf(), 'a');
const sound: SoundOnsets = { onsets: Float64Array.of(2.5), strengths: Float32Array.of(1), tempo: null };

/** A model whose sounds are analysed when the test says so. */
function modelOf() {
  const search = { resolve: (_: SoundOnsets): void => undefined, reject: (_: AtomeError): void => undefined };
  const onsets = new Promise<SoundOnsets>((resolve, reject) => Object.assign(search, { resolve, reject }));
  const notices = createNotices();
  const waveforms = {
    onsets: () => onsets,
    cancelOnsets: async () => search.reject(new AtomeError('ERR_ANALYSIS_CANCELLED')),
  };
  const client = { waveforms, notices: notices.list, ...notices } as unknown as AtomeClient;
  const transients = new Transients(waveforms, 1000, () => undefined);
  return { model: { client, transients } as unknown as TimelineModel, search, notices: notices.list };
}

const words = 'Looking for transients…';

test('what is there at once is found without a word', async () => {
  const { model, search, notices } = modelOf();
  search.resolve(sound);
  expect(await findTransients(model, [clip])).toEqual([{ clip, times: Float64Array.of(1.5) }]);
  expect(notices()).toEqual([]);
});

test('a long search is announced until it ends', async () => {
  const { model, search, notices } = modelOf();
  const found = findTransients(model, [clip]);
  await vi.waitFor(() => expect(notices()).toMatchObject([{ kind: 'info', text: words }]), { timeout: 10_000 });
  search.resolve(sound);
  expect(await found).toHaveLength(1);
  expect(notices()).toEqual([]);
});

test('a search is cancelled from its announcement, and then nothing is complained about', async () => {
  const { model, notices } = modelOf();
  const found = findTransients(model, [clip]);
  await vi.waitFor(() => expect(notices()).toHaveLength(1), { timeout: 10_000 });
  notices()[0]?.action?.run();
  expect(await found).toBeUndefined();
  expect(notices()).toEqual([]);
});

test('a sound that cannot be read is reported', async () => {
  const { model, search, notices } = modelOf();
  search.reject(new AtomeError('ERR_STORAGE_READ'));
  expect(await findTransients(model, [clip])).toBeUndefined();
  expect(notices()).toMatchObject([{ kind: 'error', code: 1005 }]);
});
