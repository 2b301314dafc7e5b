// Looks at every picture that the page shows: its number, and where the timeline was heard at that moment.
import type { Locator } from '@playwright/test';
import { countedBits, countedFrameRate } from './counted-video.ts';
import type { Studio } from './studio.ts';

/** Seconds. */
export const oneFrame = 1 / countedFrameRate;

export interface SeenPicture {
  /** Seconds inside the video, as the browser tells of the picture that is displayed. */
  readonly mediaTime: number;
  /** Seconds of the timeline, as it is heard when the picture is displayed. */
  readonly heard: number;
  /** The picture that could be drawn when that was told, which may be a later one: its number as its bars tell, and its own time. */
  readonly drawn: { readonly number: number; readonly time: number };
}

/** Seconds of the timeline. */
export interface LoopRange {
  readonly start: number;
  readonly end: number;
}

/** Watches a video for so many pictures of it, while the timeline runs in its loop. */
export async function watchVideo(
  studio: Studio,
  video: Locator,
  timeline: string,
  { start, end }: LoopRange,
  count: number,
): Promise<SeenPicture[]> {
  const element = await video.elementHandle();
  const seen = await studio.atome.evaluate(
    async (atome, [watched, id, wanted, bits]) => {
      const pictures: SeenPicture[] = [];
      const canvas = new OffscreenCanvas(bits, 1);
      const context = canvas.getContext('2d', { willReadFrequently: true });
      const shown = watched as HTMLVideoElement;
      while (pictures.length < wanted) {
        const { mediaTime, expectedDisplayTime } = await new Promise<VideoFrameCallbackMetadata>((resolve) =>
          shown.requestVideoFrameCallback((_now, metadata) => resolve(metadata)),
        );
        const { seconds } = await atome.services.audioEngine.getTimelineState(id);
        const heard = seconds + (expectedDisplayTime - performance.now()) / 1000;
        // Holds on to one picture: the element's own may change between two questions.
        const frame = new VideoFrame(shown);
        const time = frame.timestamp / 1e6;
        context?.drawImage(frame, 0, 0, bits, 1);
        frame.close();
        const pixels = context?.getImageData(0, 0, bits, 1).data ?? new Uint8ClampedArray();
        let number = 0;
        for (let bit = 0; bit < bits; bit++) if ((pixels[bit * 4] ?? 0) > 127) number |= 1 << bit;
        pictures.push({ mediaTime, heard, drawn: { number, time } });
      }
      return pictures;
    },
    [element, timeline, count, countedBits] as const,
  );
  const length = end - start;
  // What is displayed a moment before or after it is told may lie on the other side of a wrap.
  return seen.map((picture) => ({
    ...picture,
    heard: picture.heard - Math.floor((picture.heard - start) / length) * length,
  }));
}

/**
 * How far each picture is from what is heard, in seconds of the video.
 * @param placeOf seconds inside the video that are due at so many seconds of the timeline
 */
export const distances = (seen: readonly SeenPicture[], placeOf = (heard: number): number => heard): number[] =>
  seen.map(({ heard, mediaTime }) => Math.abs(placeOf(heard) - mediaTime));

/** The share of them that is within a frame of what is heard. */
export const shareWithin = (seen: readonly SeenPicture[]): number =>
  distances(seen).filter((distance) => distance < oneFrame).length / seen.length;

/** The pictures of each pass of a loop. */
export function passesOf(seen: readonly SeenPicture[]): SeenPicture[][] {
  const passes: SeenPicture[][] = [[]];
  for (const [index, picture] of seen.entries()) {
    if (picture.heard < (seen[index - 1]?.heard ?? 0) - 1) passes.push([]);
    passes.at(-1)?.push(picture);
  }
  return passes;
}

/** Whether a picture carries the number that belongs to its time. */
export const isItself = ({ drawn: { number, time } }: SeenPicture): boolean =>
  number === Math.round(time * countedFrameRate);

/** Whether what could be drawn is what the browser told of. */
export const isAsTold = ({ drawn: { number }, mediaTime }: SeenPicture): boolean =>
  number === Math.round(mediaTime * countedFrameRate);

/** The number of the picture that is shown now. */
export const shownNumber = (video: Locator): Promise<number> =>
  video.evaluate((shown, bits) => {
    const context = new OffscreenCanvas(bits, 1).getContext('2d');
    context?.drawImage(shown as HTMLVideoElement, 0, 0, bits, 1);
    const pixels = context?.getImageData(0, 0, bits, 1).data ?? new Uint8ClampedArray();
    let number = 0;
    for (let bit = 0; bit < bits; bit++) if ((pixels[bit * 4] ?? 0) > 127) number |= 1 << bit;
    return number;
  }, countedBits);
