// How soon the pictures are within a frame of what is wanted, on players that are as slow as busy machines make them.
import { describe, expect, it } from 'vitest';
import { type FollowingVideo, VideoFollower } from './video-follower.ts';

const frameRate = 30;
/** Milliseconds from one painted frame to the next. */
const paint = 1000 / 60;

/** As Chromium has them. */
const speeds = { slowest: 0.0625, fastest: 16 };

interface Slowness {
  /** Milliseconds by which pictures are behind the element's clock. */
  readonly behind: number;
  /** Milliseconds that a seek takes, and those until the clock runs after it. */
  readonly seek: number;
  readonly start?: number;
  /** Painted frames of which the page gets one. */
  readonly every?: number;
  /** Seconds of its clock per second, when it is told to run at speed 1. */
  readonly drift?: number;
}

/** What is followed: seconds of the video per second of the timeline, and of the timeline per second. */
interface Course {
  readonly rate?: number;
  readonly pace?: number;
}

/** A player whose clock and pictures move on when they are told that time has passed. */
class SlowVideo implements FollowingVideo {
  readonly readyState = 4;
  paused = true;
  now = 0;
  /** Seconds inside the video of the picture that is seen. */
  seen = 0;
  readonly #slowness: Slowness;
  #clock = 0;
  #speed = 1;
  #soughtAt = Number.NEGATIVE_INFINITY;
  #wanting: VideoFrameRequestCallback | undefined;

  constructor(slowness: Slowness) {
    this.#slowness = slowness;
  }

  get seeking(): boolean {
    return this.now < this.#soughtAt + this.#slowness.seek;
  }

  get playbackRate(): number {
    return this.#speed;
  }

  set playbackRate(speed: number) {
    if (speed < speeds.slowest || speed > speeds.fastest) throw new DOMException(`${speed}`, 'NotSupportedError');
    this.#speed = speed;
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
    const { seek, start = 0, behind, drift = 1 } = this.#slowness;
    if (this.paused || this.now < this.#soughtAt + seek + start) return;
    this.#clock += (this.#speed * drift * paint) / 1000;
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
function follow(
  video: SlowVideo,
  follower: VideoFollower,
  { every = 1 }: Slowness,
  from: number,
  seconds: number,
  { rate = 1, pace = 1 }: Course = {},
) {
  const began = video.now;
  const errors: number[] = [];
  for (let count = 0; video.now < began + seconds * 1000; count++) {
    const time = from + (rate * pace * (video.now - began)) / 1000;
    if (count % every === 0) follower.follow({ time, rate }, true);
    errors.push(time - video.seen);
    video.pass();
  }
  return errors;
}

/** Seconds by which a picture is shown too early or too late: it is wanted for as long as it lasts. */
const distance = (error: number): number => Math.max(-error, error - 1 / frameRate);

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
      expect(Math.max(...errors.map(distance))).toBeLessThan(1 / frameRate);
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

  it.each<[string, Partial<Slowness>, Course]>([
    ['sound that a busy machine plays at 0.6 of its speed', {}, { pace: 0.6 }],
    ['a video at double speed', {}, { rate: 2 }],
    ['a video at double speed to such sound', {}, { rate: 2, pace: 0.6 }],
    ['a player whose clock is fast by 2 %', { drift: 1.02 }, {}],
  ])('keeps to %s, all along', (_, slow, course) => {
    const slowness = { behind: 30, seek: 40, ...slow };
    const video = new SlowVideo(slowness);
    const follower = new VideoFollower(video, () => video.now);
    const settled = follow(video, follower, slowness, 0, 12, course).slice(2000 / paint);
    expect(Math.max(...settled.map(distance))).toBeLessThan(1 / frameRate);
    const mean = settled.reduce((sum, error) => sum + error, 0) / settled.length;
    expect(distance(mean)).toBeLessThan(0.002);
  });

  it.each([
    { rate: 0.1, late: -0.1 },
    { rate: 10, late: 1 },
  ])('asks for no speed that cannot be played: %o', ({ rate, late }) => {
    const slowness = { behind: 0, seek: 15 };
    const video = new SlowVideo(slowness);
    const follower = new VideoFollower(video, () => video.now);
    follow(video, follower, slowness, 0, 2, { rate });
    video.stall(late);
    const errors = follow(video, follower, slowness, 2 * rate, 3, { rate });
    expect(Math.abs(errors[1] ?? 0)).toBeGreaterThan(0.05);
    expect(distance(errors.at(-1) ?? 0)).toBeLessThan(rate / frameRate);
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
