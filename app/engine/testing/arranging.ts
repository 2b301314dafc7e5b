// Projects for tests of what timelines sound like: commands on one side, live and offline samples on the other.
import { expect } from 'vitest';
import type { Command, CommandOf } from '../../protocol/commands.ts';
import { addTestFile, createdBy } from '../../session/testing/fixtures.ts';
import { renderSource } from '../render-source.ts';
import { renderToMemory } from '../render-to-memory.ts';
import { naiveMix } from './naive-mixer.ts';
import { engineRate, openSessionOnEngine } from './session-on-engine.ts';
import { clipOf, noiseFile, openSourceOf, type SoundFile, soundFile } from './sessions.ts';
import { firstDifference } from './sounds.ts';

type Fields<Name extends Command['cmd']> = Omit<CommandOf<Name>, 'cmd' | 'reqId'>;
export type Stereo = readonly [left: Float32Array, right: Float32Array];

const quantum = 128;
const hashOf = (index: number): string => index.toString(16).padStart(64, '0');

/** Stereo noise at a rate, as the session's file number `index`. */
const stereoNoise = (index: number, sampleRate: number, frames: number): SoundFile =>
  soundFile(hashOf(index), sampleRate, noiseFile(10 * index + 1, sampleRate, 2, frames).channels);

/** What a test expects to hear: a stretch of a file from a frame of its own rate on. */
export interface Expected {
  readonly file: number;
  readonly at: number;
  readonly from?: number;
  readonly frames?: number;
  readonly gain?: number;
  /** Frames of fades where it is cut. */
  readonly fadeIn?: number;
  readonly fadeOut?: number;
}

/** @param sounds rate and length of each file, in frames. */
export async function openArranging(
  module: WebAssembly.Module,
  ...sounds: readonly { readonly rate?: number; readonly frames: number }[]
) {
  const files = sounds.map(({ rate = engineRate, frames }, index) => stereoNoise(index, rate, frames));
  const opened = await openSessionOnEngine(module, ...files);
  const { session, engine } = opened;
  const fileIds: string[] = [];
  for (const [index, { rate = engineRate, frames }] of sounds.entries()) {
    fileIds.push(await addTestFile(session, frames, rate, index));
  }

  const run = async (command: Command): Promise<string> => createdBy(await session.dispatch(command))[0] ?? '';

  /** What the engine must play, by the mixer that knows no blocks. */
  function mixOf(expected: readonly Expected[], frames: number, from = 0): Stereo {
    const clips = expected.map(({ file, at, from: first = 0, gain = 1, ...part }, index) => {
      const sound = files[file] as SoundFile;
      const sourceFrames = part.frames ?? (sound.channels[0]?.length ?? 0) - first;
      const { fadeIn = 0, fadeOut = 0 } = part;
      const cut = { before: 0, after: 0, fadeIn, fadeOut };
      const place = { startSeconds: at / sound.sampleRate, sourceStart: first, sourceFrames };
      return { clip: clipOf(sound, `${index}`, { ...place, gain, cut }), ...sound };
    });
    const { left, right } = naiveMix(clips, engineRate, from, frames);
    return [left, right];
  }

  return {
    ...opened,
    run,
    mixOf,
    timeline: (name: string, fields: Partial<Fields<'CREATE_TIMELINE'>> = {}) =>
      run({ cmd: 'CREATE_TIMELINE', name, type: 'audio', timebase: 'seconds', ...fields }),
    clip: (timeline_id: string, file: number, play_position: number, fields: Partial<Fields<'ADD_CLIP'>> = {}) =>
      run({ cmd: 'ADD_CLIP', timeline_id, audio_file_id: fileIds[file] ?? '', play_position, ...fields }),
    nest: (
      timeline_id: string,
      nested_timeline_id: string,
      play_position: number,
      fields: Partial<Fields<'ADD_NESTED_TIMELINE'>> = {},
    ) => run({ cmd: 'ADD_NESTED_TIMELINE', timeline_id, nested_timeline_id, play_position, ...fields }),
    marker: (timeline_id: string, time: number, tags: string[] = []) =>
      run({ cmd: 'ADD_MARKER', timeline_id, time, tags }),
    event: (
      timeline_id: string,
      time: number,
      type: Fields<'ADD_EVENT'>['type'],
      fields: Partial<Fields<'ADD_EVENT'>> = {},
    ) => run({ cmd: 'ADD_EVENT', timeline_id, time, type, ...fields }),
    follow: (fields: Fields<'ADD_FOLLOW_ACTION'>) => run({ cmd: 'ADD_FOLLOW_ACTION', ...fields }),

    /** Plays from `seconds` and returns the frames that are heard from then on. */
    async live(timelineId: string, frames: number, start = 0): Promise<Stereo> {
      if (session.getState().timelines[timelineId]?.playing) {
        await session.dispatch({ cmd: 'TIMELINE_STOP', timeline_id: timelineId });
        // Until what was heard of it has faded.
        engine.render(2);
      }
      engine.control.collect();
      const [before] = engine.output();
      const played = session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timelineId, start });
      await expectOk(played);
      engine.render(Math.ceil(frames / quantum));
      const [left, right] = engine.output();
      return [left.slice(before.length, before.length + frames), right.slice(before.length, before.length + frames)];
    },

    async offline(timelineId: string, frames: number, from = 0): Promise<Stereo> {
      const to = from + frames / engineRate;
      const { deltas } = renderSource(session.objects, timelineId, { from, to });
      const openSource = openSourceOf({ files, clips: [] });
      const rendered = await renderToMemory({
        module,
        deltas,
        timelineId,
        from,
        to,
        sampleRate: engineRate,
        openSource,
      });
      return [rendered.channels[0] as Float32Array, rendered.channels[1] as Float32Array];
    },
  };
}

const expectOk = async (reply: Promise<unknown>): Promise<void> => expect(await reply).toMatchObject({ ok: true });

/** The first frames at which two sounds are not the same numbers, left and right; -1 where they are equal. */
export const differ = (one: Stereo, other: Stereo): [number, number] => [
  firstDifference(one[0], other[0]),
  firstDifference(one[1], other[1]),
];

export const equal: [number, number] = [-1, -1];
