// Looks at every picture that the page shows: its number, and where the timeline was heard at that moment.
import type { Locator } from '@playwright/test';
import { countedBits } from './counted-video.ts';
import type { Studio } from './studio.ts';

export interface SeenPicture {
  /** As its bars tell. */
  readonly number: number;
  /** Seconds inside the video. */
  readonly mediaTime: number;
  /** Seconds of the timeline, as it is heard when the picture is displayed. */
  readonly heard: number;
}

/** Watches a video for so many pictures of it. */
export async function watchVideo(studio: Studio, video: Locator, timeline: string, count: number) {
  const element = await video.elementHandle();
  return studio.atome.evaluate(
    async (atome, [watched, id, wanted, bits]) => {
      const seen: SeenPicture[] = [];
      const canvas = new OffscreenCanvas(bits, 1);
      const context = canvas.getContext('2d', { willReadFrequently: true });
      const shown = watched as HTMLVideoElement;
      while (seen.length < wanted) {
        const metadata = await new Promise<VideoFrameCallbackMetadata>((resolve) =>
          shown.requestVideoFrameCallback((_now, data) => resolve(data)),
        );
        const { seconds } = await atome.services.audioEngine.getTimelineState(id);
        const ahead = (metadata.expectedDisplayTime - performance.now()) / 1000;
        context?.drawImage(shown, 0, 0, bits, 1);
        const pixels = context?.getImageData(0, 0, bits, 1).data ?? new Uint8ClampedArray();
        let number = 0;
        for (let bit = 0; bit < bits; bit++) if ((pixels[bit * 4] ?? 0) > 127) number |= 1 << bit;
        seen.push({ number, mediaTime: metadata.mediaTime, heard: seconds + ahead });
      }
      return seen;
    },
    [element, timeline, count, countedBits] as const,
  );
}

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
