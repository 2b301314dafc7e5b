// The videos of a timeline in one place of the page: loads those that are wanted, shows the one that is due.
import type { Disposer } from '../../core/disposer.ts';
import { VideoFollower } from './video-follower.ts';
import type { Picture } from './video-track.ts';

interface Player {
  readonly element: HTMLVideoElement;
  readonly follower: VideoFollower;
  readonly close: Disposer;
}

export class VideoStage {
  readonly #place: HTMLElement;
  readonly #open: (mediaId: string) => Promise<Blob>;
  readonly #failed: (mediaId: string) => void;
  readonly #players = new Map<string, Player>();

  /**
   * @param open the bytes of a video
   * @param failed told when a video cannot be had or shown
   */
  constructor(place: HTMLElement, open: (mediaId: string) => Promise<Blob>, failed: (mediaId: string) => void) {
    this.#place = place;
    this.#open = open;
    this.#failed = failed;
  }

  /** Keeps these videos loaded and no others. */
  keep(mediaIds: ReadonlySet<string>): void {
    for (const [id, { close }] of this.#players) {
      if (mediaIds.has(id)) continue;
      this.#players.delete(id);
      close();
    }
    for (const id of mediaIds) if (!this.#players.has(id)) this.#players.set(id, this.#load(id));
  }

  /** Call it once per frame. @param playing whether the timeline runs */
  show(picture: Picture | undefined, playing: boolean): void {
    for (const [id, { element, follower }] of this.#players) {
      const due = picture?.mediaId === id;
      if (element.hidden === due) element.hidden = !due;
      if (due) follower.follow(picture, playing);
      else follower.pause();
    }
  }

  /** Nobody looks: nothing moves. */
  rest(): void {
    for (const { follower } of this.#players.values()) follower.pause();
  }

  close(): void {
    this.keep(new Set());
  }

  #load(mediaId: string): Player {
    const element = document.createElement('video');
    element.className = 'video-picture';
    element.muted = true;
    element.playsInline = true;
    // Its muted sound is the element's clock: stretching it in time would make that clock jump at each trim.
    element.preservesPitch = false;
    element.preload = 'auto';
    element.hidden = true;
    element.dataset.media = mediaId;
    element.addEventListener('error', () => this.#failed(mediaId), { once: true });
    this.#place.append(element);
    let address: string | undefined;
    let closed = false;
    this.#open(mediaId).then(
      (content) => {
        if (closed) return;
        address = URL.createObjectURL(content);
        element.src = address;
      },
      () => this.#failed(mediaId),
    );
    return {
      element,
      follower: new VideoFollower(element),
      close() {
        closed = true;
        element.pause();
        element.remove();
        if (address !== undefined) URL.revokeObjectURL(address);
      },
    };
  }
}
