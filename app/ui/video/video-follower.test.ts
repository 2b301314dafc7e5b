// How soon the pictures are within a frame of what is wanted, on players that are as slow as busy machines make them.
import { describe, expect, it } from 'vitest';
import { type FollowingVideo, VideoFollower } from './video-follower.ts';

const frameRate = 30;
/** Milliseconds from one painted frame to the next. */
const paint = 1000 / 60;

interface Slowness {
  /** Milliseconds by which pictures are behind the element's clock. */
  readonly behind: number;
  /** Milliseconds that a seek takes, and those until the clock runs after it. */
  readonly seek: number;
  readonly start?: number;
  /** Painted frames of which the page gets one. */
  readonly every?: number;
}

/** A player whose clock and pictures move on when they are told that time has passed. */
class SlowVideo implements FollowingVideo {
  readonly readyState = 4;
  playbackRate = 1;
  paused = true;
  now = 0;
  /** Seconds inside the video of the picture that is seen. */
  seen = 0;
  readonly #slowness: Slowness;
  #clock = 0;
  #soughtAt = Number.NEGATIVE_INFINITY;
  #wanting: VideoFrameRequestCallback | undefined;

  constructor(slowness: Slowness) {
    this.#slowness = slowness;
  }

  get seeking(): boolean {
    return this.now < this.#soughtAt + this.#slowness.seek;
  }

  get currentTime(): number {
    return this.#clock;
  }

  set currentTime(seconds: number) {
    this.#clock = seconds;
    this.#soughtAt = this.now;
  }

  play(): Promise<void> {
    this.paused = false;
    return Promise.resolve();
  }

  pause(): void {
    this.paused = true;
  }

  requestVideoFrameCallback(wanting: VideoFrameRequestCallback): number {
    this.#wanting = wanting;
    return 1;
  }

  /** The clock has stood still. */
  stall(seconds: number): void {
    this.#clock -= seconds;
  }

  /** A frame is painted. */
  pass(): void {
    this.now += paint;
    const { seek, start = 0, behind } = this.#slowness;
    if (this.paused || this.now < this.#soughtAt + seek + start) return;
    this.#clock += (this.playbackRate * paint) / 1000;
    const seen = Math.floor((this.#clock - behind / 1000) * frameRate) / frameRate;
    if (seen === this.seen) return;
    this.seen = seen;
    const tell = this.#wanting;
    this.#wanting = undefined;
    const metadata = { mediaTime: seen, expectedDisplayTime: this.now } as VideoFrameCallbackMetadata;
    tell?.(this.now, metadata);
  }
}

/** Follows a timeline that plays from `from` on for so many seconds; returns how far each painted picture is from it. */
function follow(video: SlowVideo, follower: VideoFollower, { every = 1 }: Slowness, from: number, seconds: number) {
  const began = video.now;
  const errors: number[] = [];
  for (let count = 0; video.now < began + seconds * 1000; count++) {
    const time = from + (video.now - began) / 1000;
    if (count % every === 0) follower.follow({ time, rate: 1 }, true);
    errors.push(time - video.seen);
    video.pass();
  }
  return errors;
}

describe('VideoFollower', () => {
  it.each<Slowness>([
    { behind: 0, seek: 15 },
    { behind: 60, seek: 40 },
    { behind: -20, seek: 120 },
    { behind: 35, seek: 250, start: 60, every: 3 },
    { behind: 70, seek: 60, start: 30, every: 6 },
  ])('keeps the pictures of a player like %o within a frame, soon after a seek', (slowness) => {
    const video = new SlowVideo(slowness);
    const follower = new VideoFollower(video, () => video.now);
    // The first seek tells how long they take.
    const soon = 300 + 2 * (slowness.seek + (slowness.start ?? 0));
    follow(video, follower, slowness, 0, 3);
    for (const place of [15, 2, 9]) {
      const errors = follow(video, follower, slowness, place, 3).slice(soon / paint);
      // A picture is wanted for as long as it lasts.
      const distances = errors.map((error) => Math.max(-error, error - 1 / frameRate));
      expect(Math.max(...distances)).toBeLessThan(1 / frameRate);
      const settled = errors.slice(60);
      expect(Math.abs(settled.reduce((sum, error) => sum + error, 0) / settled.length - 0.5 / frameRate)).toBeLessThan(
        0.01,
      );
    }
  });

  it('catches up with a hiccup of a tenth of a second within a fifth of a second', () => {
    const slowness = { behind: 20, seek: 30 };
    const video = new SlowVideo(slowness);
    const follower = new VideoFollower(video, () => video.now);
    follow(video, follower, slowness, 0, 3);
    video.stall(0.1);
    const errors = follow(video, follower, slowness, 3, 0.5);
    expect(errors[1]).toBeGreaterThan(0.08);
    for (const error of errors.slice(200 / paint))
      expect(Math.abs(error - 0.5 / frameRate)).toBeLessThan(0.7 / frameRate);
  });

  it('stands on the very picture where the timeline is parked', () => {
    const video = new SlowVideo({ behind: 0, seek: 30 });
    const follower = new VideoFollower(video, () => video.now);
    follower.follow({ time: 2, rate: 1 }, false);
    expect(video.currentTime).toBeCloseTo(2, 2);
    expect(video.paused).toBe(true);
    for (let count = 0; count < 5; count++) {
      video.pass();
      follower.follow({ time: 2, rate: 1 }, false);
    }
    expect(video.seeking).toBe(false);
  });
});
