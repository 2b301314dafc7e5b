// Tempi of files: found once, believed as far as they are sure, and overruled by the person.
import { expect, test } from 'vitest';
import type { SoundTempo } from '../../core/onset-format.ts';
import type { WaveformSource } from '../client.ts';
import { beatOf, findShort, findTempo, firstBeatOf, roundedTempo, tempoOf, tempoSearch } from './file-tempo.ts';

const tempo = (confidence: number): SoundTempo => ({ bpm: 96, firstBeat: 0.25, confidence, alternatives: [192] });

/** Searches as the test says, and counts. */
function sourceOf(...results: (SoundTempo | null | Error)[]) {
  const asked: string[] = [];
  const onsets: WaveformSource['onsets'] = async (hash) => {
    asked.push(hash);
    const result = results[asked.length - 1] ?? null;
    if (result instanceof Error) throw result;
    return { onsets: new Float64Array(), strengths: new Float32Array(), tempo: result };
  };
  return { asked, source: { onsets } as WaveformSource };
}

test('a tempo is searched once, however often it is asked for', async () => {
  const { asked, source } = sourceOf(tempo(0.9));
  const both = [findTempo(source, 'drums'), findTempo(source, 'drums')];
  expect(tempoSearch('drums')).toEqual({ state: 'running' });
  expect(await Promise.all(both)).toEqual([tempo(0.9), tempo(0.9)]);
  expect(await findTempo(source, 'drums')).toEqual(tempo(0.9));
  expect(asked).toEqual(['drums']);
  expect([tempoOf({ content_hash: 'drums' }), firstBeatOf('drums')]).toEqual([96, 0.25]);
});

test('the less a beat is sure, the less is said of it; without one there is no tempo', async () => {
  expect([0.9, 0.6, 0.59, 0.2, 0.19].map((confidence) => beatOf(tempo(confidence)))).toEqual([
    'clear',
    'clear',
    'unsteady',
    'unsteady',
    'none',
  ]);
  const { source } = sourceOf(tempo(0.1), null);
  await findTempo(source, 'free');
  await findTempo(source, 'hum');
  expect([
    tempoOf({ content_hash: 'free' }),
    firstBeatOf('free'),
    tempoOf({ content_hash: 'hum' }),
    beatOf(null),
  ]).toEqual([undefined, undefined, undefined, 'none']);
});

test('what the person says counts, within what tempi can be', async () => {
  const { source } = sourceOf(tempo(0.9));
  await findTempo(source, 'loop');
  expect([tempoOf({ content_hash: 'loop', bpm: 48 }), firstBeatOf('loop')]).toEqual([48, 0.25]);
  expect(tempoOf({ content_hash: 'loop', bpm: null })).toBe(96);
  expect([48.00049, 5000].map(roundedTempo)).toEqual([48, 999]);
});

test('a search that failed is repeated when it is asked for, not by being looked at; long sounds never are', async () => {
  const { asked, source } = sourceOf(new Error('gone'), tempo(0.9));
  findShort(source, 'broken', 10);
  await expect.poll(() => tempoSearch('broken')).toEqual({ state: 'ended' });
  findShort(source, 'broken', 10);
  findShort(source, 'long', 3600);
  expect(asked).toEqual(['broken']);
  await findTempo(source, 'broken');
  expect(tempoOf({ content_hash: 'broken' })).toBe(96);
});
