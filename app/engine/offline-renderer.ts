// Renders a stretch of a timeline faster than real time, block by block, with the same engine that plays it.

import { engineConstants } from '../protocol/engine-layout.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { EngineDelta } from './audio-engine.ts';
import type { OpenSource } from './disk-files.ts';
import { OfflineEngine } from './offline-engine.ts';
import { deltasOfTimelines, timelinesHeard } from './reachable.ts';

export const renderBlockFrames = 64 * engineConstants.QUANTUM_FRAMES;
/** How long one thread may render before it looks at its messages again. */
const turnMilliseconds = 50;

export interface OfflineRender {
  readonly module: WebAssembly.Module;
  readonly deltas: readonly EngineDelta[];
  readonly timelineId: string;
  /** Seconds of timeline time. */
  readonly from: number;
  readonly to: number;
  /** Hz. */
  readonly sampleRate: number;
  /** 1: half the sum of left and right. */
  readonly channels?: number;
  readonly openSource: OpenSource;
  /** Default true: triggers fire as they do live, and what they start is heard. */
  readonly followActions?: boolean;
  /** Takes up to renderBlockFrames frames; the arrays are used again for the next block. */
  readonly onBlock: (channels: readonly Float32Array[], frames: number) => void | Promise<void>;
  /** 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
  readonly signal?: AbortSignal;
}

/** Frames of a render: its ends are rounded to the nearest frame. */
export const renderFrames = ({ from, to, sampleRate }: Pick<OfflineRender, 'from' | 'to' | 'sampleRate'>): number =>
  Math.round(to * sampleRate) - Math.round(from * sampleRate);

/** @throws AtomeError ERR_RENDER, ERR_STORAGE_READ, ERR_NOT_FOUND, or ERR_EXPORT_CANCELLED when aborted */
export async function renderOffline(render: OfflineRender): Promise<void> {
  const { timelineId, from, sampleRate, onBlock, onProgress, signal } = render;
  const total = renderFrames(render);
  if (!(total > 0) || !(from >= 0)) throw new AtomeError('ERR_RENDER', 'the range is empty');
  const engine = new OfflineEngine(render);
  const turns = new Turns();
  try {
    await engine.apply(deltasHeard(render));
    engine.control.startAt(timelineId, Math.round(from * sampleRate));
    const left = new Float32Array(renderBlockFrames);
    const right = new Float32Array(renderBlockFrames);
    for (let done = 0; done < total; ) {
      const frames = Math.min(renderBlockFrames, total - done);
      engine.render(left, right, 0, frames);
      if (render.channels === 1) mixToMono(left, right, frames);
      const written = onBlock(render.channels === 1 ? [left] : [left, right], frames);
      if (written) await written;
      done += frames;
      onProgress?.(done / total);
      await turns.breathe();
      if (signal?.aborted) throw new AtomeError('ERR_EXPORT_CANCELLED');
    }
  } finally {
    turns.close();
    engine.close();
  }
}

/** A render plays its timeline without its loop, and of the others what its triggers start. */
function deltasHeard({ deltas, timelineId, followActions = true }: OfflineRender): EngineDelta[] {
  const heard = followActions ? timelinesHeard(deltas, timelineId) : new Set([timelineId]);
  return deltasOfTimelines(deltas, heard).filter((delta) => {
    if (delta.type === 'loop') return delta.timelineId !== timelineId;
    if (delta.type === 'triggers') return followActions;
    return delta.type === 'clip' || delta.type === 'masterGain';
  });
}

function mixToMono(left: Float32Array, right: Float32Array, frames: number): void {
  for (let frame = 0; frame < frames; frame++) left[frame] = ((left[frame] as number) + (right[frame] as number)) / 2;
}

/** Lets the event loop run now and then; a message comes at once where a timer would cost milliseconds. */
class Turns {
  readonly #channel = new MessageChannel();
  #since = performance.now();

  async breathe(): Promise<void> {
    if (performance.now() - this.#since < turnMilliseconds) return;
    await new Promise((resolve) => {
      this.#channel.port1.onmessage = resolve;
      this.#channel.port2.postMessage(null);
    });
    this.#since = performance.now();
  }

  close(): void {
    this.#channel.port1.close();
  }
}
