// Keeps one video element on the picture that is wanted: small trims of its speed, a seek where it is far off.
import { HeardPace } from './heard-pace.ts';
import { PictureLag } from './picture-lag.ts';
import type { Picture } from './video-track.ts';

/** Seconds: what is further off is not caught up with by speed. */
const seekBeyond = 0.12;
/** Seconds: closer is close enough; the picture changes every 17 to 42 ms. */
const tolerance = 0.004;
/** Share of the error that is made up for per second, and how far the speed may leave that of the video. */
const correction = 8;
const strongestTrim = 0.8;
/** Speeds that Chromium plays at; it throws at others. */
const slowest = 0.0625;
const fastest = 16;
/** Seconds: a parked picture is the right one when its time is this close. */
const parkedTolerance = 0.0005;
/** Seconds added to a parked time, so that the very beginning of a picture is not rounded into the one before. */
const parkedGuard = 0.0005;
/** Of HTMLMediaElement. */
const haveNothing = 0;

/** What is asked of a video element. */
export type FollowingVideo = Pick<
  HTMLVideoElement,
  'readyState' | 'seeking' | 'paused' | 'currentTime' | 'playbackRate' | 'play' | 'pause' | 'requestVideoFrameCallback'
>;

/** What was wanted last, and when: milliseconds of performance.now(). */
interface Wanted {
  readonly time: number;
  readonly rate: number;
  readonly at: number;
}

/**
 * The element's clock is not what is seen: on a busy machine its pictures come late, by as much for seconds on end. So the
 * pictures themselves tell how far they are from it. Nor does the sound of such a machine keep to the clock: its pace is followed.
 */
export class VideoFollower {
  readonly #video: FollowingVideo;
  readonly #clock: () => number;
  readonly #lag = new PictureLag();
  readonly #pace = new HeardPace();
  #wanted: Wanted | undefined;
  #isLooking = false;

  /** @param clock milliseconds of performance.now() */
  constructor(video: FollowingVideo, clock = () => performance.now()) {
    this.#video = video;
    this.#clock = clock;
  }

  /** Call it once per frame. @param playing whether the timeline runs */
  follow({ time, rate }: Pick<Picture, 'time' | 'rate'>, playing: boolean): void {
    if (this.#video.readyState === haveNothing) return;
    if (playing) this.#run({ time, rate, at: this.#clock() });
    else this.#park(time);
  }

  pause(): void {
    this.#wanted = undefined;
    this.#pace.forget();
    if (!this.#video.paused) this.#video.pause();
  }

  #run(wanted: Wanted): void {
    const video = this.#video;
    const { time, rate, at } = wanted;
    if (this.#wanted) this.#pace.see((time - this.#wanted.time) / rate, (at - this.#wanted.at) / 1000);
    this.#wanted = wanted;
    if (video.seeking) return;
    if (video.paused) void video.play().catch(() => undefined);
    this.#look();
    const error = time - (video.currentTime - this.#lag.behind);
    if (Math.abs(error) > seekBeyond * Math.max(1, rate)) {
      this.#lag.sought(error / rate);
      video.currentTime = Math.max(0, time + this.#lag.behind + this.#lag.seek * rate);
      return;
    }
    const trim = Math.abs(error) < tolerance ? 0 : (error * correction) / rate;
    const paced = rate * (this.#pace.now + Math.max(-strongestTrim, Math.min(strongestTrim, trim)));
    const speed = Math.max(slowest, Math.min(fastest, paced));
    if (Math.abs(video.playbackRate - speed) > 0.001) video.playbackRate = speed;
  }

  #park(time: number): void {
    const video = this.#video;
    this.pause();
    const wanted = time + parkedGuard;
    if (video.seeking || Math.abs(video.currentTime - wanted) < parkedTolerance) return;
    video.currentTime = wanted;
  }

  /** Asks for the next picture that is shown. */
  #look(): void {
    if (this.#isLooking || !('requestVideoFrameCallback' in this.#video)) return;
    this.#isLooking = true;
    this.#video.requestVideoFrameCallback((_frame, { mediaTime, expectedDisplayTime }) => {
      this.#isLooking = false;
      const { seeking, currentTime, playbackRate } = this.#video;
      if (!this.#wanted || seeking) return;
      const { time, rate, at } = this.#wanted;
      this.#lag.see({
        mediaTime,
        clock: currentTime + (playbackRate * (expectedDisplayTime - this.#clock())) / 1000,
        wanted: time + (rate * this.#pace.now * (expectedDisplayTime - at)) / 1000,
      });
    });
  }
}
