// What tests of stretching begin with: drums that keep a tempo, one clip on a lane, and a pointer that drags.
import type { Page } from '@playwright/test';
import type { FileOfTest } from './files.ts';
import type { Point } from './stage.ts';
import { Studio } from './studio.ts';
import { wavOf } from './wav.ts';

const rate = 48_000;
/** The page's own timeline begins at 120 bpm, in beats. */
export const beatsPerSecond = 2;
/** The drums run slower: a hit every 0.625 s, the first one a quarter of a second into the file. */
export const bpm = 96;
export const firstHit = 0.25;
export const hits = 16;
export const seconds = firstHit + (hits * 60) / bpm;

/** Decaying noise on every beat. */
export function drums(name: string): FileOfTest {
  let state = 7;
  return wavOf(name, 2, Math.round(seconds * rate), (frame) => {
    state = (state * 48_271) % 0x7fffffff;
    const time = frame / rate - firstHit;
    if (time < 0) return 0;
    return 0.8 * (state / 0x40000000 - 1) * Math.exp(-(time % (60 / bpm)) * 30);
  });
}

export interface Session {
  readonly studio: Studio;
  readonly timeline: string;
  readonly clip: string;
}

/** One clip of the file on a lane, at a beat. */
export async function openWith(page: Page, file: FileOfTest, beat = 0): Promise<Session> {
  const studio = await Studio.open(page);
  const timeline = await studio.timelineId();
  const { id } = await studio.importFile(file);
  const [lane = ''] = await studio.run({ cmd: 'CREATE_GROUP', timeline_id: timeline, name: 'Lane' });
  const [clip = ''] = await studio.run({
    cmd: 'ADD_CLIP',
    timeline_id: timeline,
    audio_file_id: id,
    group_id: lane,
    play_position: beat,
  });
  return { studio, timeline, clip };
}

export const clipOf = async ({ studio, clip }: Session) => (await studio.clips()).find(({ id }) => id === clip);
export const lengthOf = async (session: Session): Promise<number> => {
  const clip = await clipOf(session);
  return clip ? (clip.end_offset - clip.start_offset) * clip.stretch_ratio : -1;
};
export const undoDepth = async ({ studio }: Session): Promise<number> => (await studio.state()).history.undoDepth;

export async function press(page: Page, from: Point, to: Point): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
  await page.mouse.move(to.x, to.y);
}
