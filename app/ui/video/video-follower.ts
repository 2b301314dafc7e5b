// Keeps one video element on the picture that is wanted: small trims of its speed, a seek where it is far off.
import type { Picture } from './video-track.ts';

/** Seconds: what is further off is not caught up with by speed. */
const seekBeyond = 0.12;
/** Seconds: closer is close enough; the picture changes every 17 to 42 ms. */
const tolerance = 0.004;
/** Share of the error that is made up for per second, and how far the speed may leave that of the video. */
const correction = 4;
const strongestTrim = 0.3;
/** Seconds: a parked picture is the right one when its time is this close. */
const parkedTolerance = 0.0005;
/** Seconds added to a parked time, so that the very beginning of a picture is not rounded into the one before. */
const parkedGuard = 0.0005;
/** A seek's duration is expected to be like those before. */
const expectedSeek = 0.03;
const smoothing = 0.3;

export class VideoFollower {
  readonly #video: HTMLVideoElement;
  /** Seconds that a seek takes while playing. */
  #seekSeconds = expectedSeek;
  #seekBegan: number | undefined;

  constructor(video: HTMLVideoElement) {
    this.#video = video;
    video.addEventListener('seeked', () => this.#seeked());
  }

  /** Call it once per frame. @param playing whether the timeline runs */
  follow({ time, rate }: Picture, playing: boolean): void {
    const video = this.#video;
    if (video.readyState === HTMLMediaElement.HAVE_NOTHING) return;
    if (playing) this.#run(time, rate);
    else this.#park(time);
  }

  pause(): void {
    if (!this.#video.paused) this.#video.pause();
  }

  #run(time: number, rate: number): void {
    const video = this.#video;
    if (video.seeking) return;
    if (video.paused) void video.play().catch(() => undefined);
    const error = time - video.currentTime;
    if (Math.abs(error) > seekBeyond * Math.max(1, rate)) {
      this.#seekBegan = performance.now();
      video.currentTime = Math.max(0, time + this.#seekSeconds * rate);
      return;
    }
    const trim = Math.abs(error) < tolerance ? 0 : (error * correction) / rate;
    const wanted = rate * (1 + Math.max(-strongestTrim, Math.min(strongestTrim, trim)));
    if (Math.abs(video.playbackRate - wanted) > 0.001) video.playbackRate = wanted;
  }

  #park(time: number): void {
    const video = this.#video;
    this.pause();
    const wanted = time + parkedGuard;
    if (video.seeking || Math.abs(video.currentTime - wanted) < parkedTolerance) return;
    video.currentTime = wanted;
  }

  #seeked(): void {
    if (this.#seekBegan === undefined) return;
    const took = Math.min(0.5, (performance.now() - this.#seekBegan) / 1000);
    this.#seekBegan = undefined;
    this.#seekSeconds += smoothing * (took - this.#seekSeconds);
  }
}
