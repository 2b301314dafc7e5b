// How far the pictures of a video are from what is heard at the moment they are displayed, whatever its own sound.
import type { Page } from '@playwright/test';
import { countedFrameRate, countedVideo } from '../e2e/support/counted-video.ts';
import { dropFiles } from '../e2e/support/files.ts';
import { Studio } from '../e2e/support/studio.ts';
import {
  distances,
  isAsTold,
  type LoopRange,
  oneFrame,
  passesOf,
  type SeenPicture,
  shareWithin,
  watchVideo,
} from '../e2e/support/video-watch.ts';
import { type BenchContext, median } from '../scripts/bench-context.ts';
import { percentile } from './support/percentile.ts';

const rounds = 2;
const seconds = 20;
/** Pictures within which a start or a seek is caught up with; they are not judged. */
const settling = 15;
const whole: LoopRange = { start: 0, end: seconds - 1 };
const short: LoopRange = { start: 1, end: 3 };
/** Per cent of all pictures: as many are meant by p95. */
const goals = {
  within: { of: 'rate', must: 95 },
  distance: { of: 'value', must: 33.3 },
  told: { of: 'rate', must: 90 },
} as const;

/** At 120 bpm. */
const beats = (place: number): number => place * 2;

/** What was seen of a video, by what the timeline did; and seconds until it was caught up with. */
interface Followed {
  readonly played: SeenPicture[];
  readonly sought: SeenPicture[];
  readonly looped: SeenPicture[];
  readonly caughtUp: Readonly<Record<'start' | 'seek' | 'wrap', number[]>>;
}

export async function run({ openPage, emit }: BenchContext): Promise<void> {
  for (const hasSound of [true, false]) {
    const { page, context, close } = await openPage();
    const file = await countedVideo(context, { name: 'count.webm', seconds, hasSound });
    await dropFiles(page, [file], { x: 720, y: 500 });
    const { played, sought, looped, caughtUp } = await follow(page);
    await close();

    const track = hasSound ? 'with a sound track of its own' : 'without sound of its own';
    for (const [when, pictures] of [
      ['while it plays', played],
      ['after seeks', sought],
      ['in a loop of 2 s', looped],
    ] as const) {
      const name = `a video ${track}, ${when}`;
      const within = 100 * shareWithin(pictures);
      emit({ case: `${name}: pictures within a frame of what is heard`, value: within, unit: '%', goal: goals.within });
      const distance = 1000 * percentile(distances(pictures), 95);
      emit({ case: `${name}: distance, p95`, value: distance, unit: 'ms', goal: goals.distance });
    }
    const all = [...played, ...sought, ...looped];
    const told = (100 * all.filter(isAsTold).length) / all.length;
    emit({ case: `a video ${track}: pictures drawn as they are told`, value: told, unit: '%', goal: goals.told });
    for (const [what, times] of Object.entries(caughtUp)) {
      const name = `a video ${track}: from a ${what} to the first picture within a frame, median`;
      emit({ case: name, value: 1000 * median(times), unit: 'ms' });
    }
  }
}

async function follow(page: Page): Promise<Followed> {
  const video = page.locator('video.video-picture');
  await video.waitFor();
  const studio = await Studio.of(page);
  const timeline = await studio.timelineId();
  await studio.startSound();
  const playIn = async ({ start, end }: LoopRange): Promise<void> => {
    const loop = { start: beats(start), end: beats(end) };
    await studio.run({ cmd: 'TIMELINE_SET_LOOP', timeline_id: timeline, loop });
    await studio.run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: loop.start });
  };
  const watch = (loop: LoopRange, of: number): Promise<SeenPicture[]> =>
    watchVideo(studio, video, timeline, loop, settling + of * countedFrameRate);

  const followed: Followed = { played: [], sought: [], looped: [], caughtUp: { start: [], seek: [], wrap: [] } };
  const { played, sought, looped, caughtUp } = followed;
  for (let round = 0; round < rounds; round++) {
    await playIn(whole);
    const started = await watch(whole, 6);
    caughtUp.start.push(firstWithin(started) - whole.start);
    played.push(...started.slice(settling));
    for (const to of [15, 2, 9]) {
      await studio.run({ cmd: 'TIMELINE_SEEK', timeline_id: timeline, to: beats(to) });
      const after = await watch(whole, 2);
      caughtUp.seek.push(firstWithin(after) - to);
      sought.push(...after.slice(settling));
    }
    await playIn(short);
    const circling = (await watch(short, 6)).slice(settling);
    const passes = passesOf(circling).slice(1, -1);
    caughtUp.wrap.push(...passes.map((pass) => firstWithin(pass) - short.start));
    looped.push(...circling);
    await studio.run({ cmd: 'TIMELINE_STOP', timeline_id: timeline });
  }
  return followed;
}

/** Seconds of the timeline, as it was heard then. */
function firstWithin(pictures: readonly SeenPicture[]): number {
  const at = distances(pictures).findIndex((distance) => distance < oneFrame);
  return pictures[at]?.heard ?? Number.POSITIVE_INFINITY;
}
