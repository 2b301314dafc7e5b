// Renders a stretch of a timeline into memory, as one mix and lane by lane.
import { AtomeError } from '../protocol/errors.ts';
import type { EngineDelta, RenderResult } from './audio-engine.ts';
import { type OfflineRender, renderFrames, renderOffline } from './offline-renderer.ts';

/** Renders into memory, whole; with lanes also each lane alone. */
export async function renderToMemory(
  render: Omit<OfflineRender, 'onBlock'>,
  lanes?: Readonly<Record<string, string>>,
): Promise<RenderResult> {
  const parts = lanes ? partsOf(render.deltas, lanes) : new Map<string, readonly EngineDelta[]>();
  const passes = parts.size + 1;
  let pass = 0;
  const one = async (deltas: readonly EngineDelta[]): Promise<Float32Array[]> => {
    const channels = emptyChannels(render.channels ?? 2, renderFrames(render));
    let at = 0;
    await renderOffline({
      ...render,
      deltas,
      onBlock: (block, frames) => {
        for (const [index, channel] of channels.entries()) channel.set(block[index]?.subarray(0, frames) ?? [], at);
        at += frames;
      },
      onProgress: (fraction) => render.onProgress?.((pass + fraction) / passes),
    });
    pass++;
    return channels;
  };
  const channels = await one(render.deltas);
  if (!lanes) return { sampleRate: render.sampleRate, channels };
  const stems: Record<string, Float32Array[]> = {};
  for (const [lane, deltas] of parts) stems[lane] = await one(deltas);
  return { sampleRate: render.sampleRate, channels, stems };
}

function emptyChannels(count: number, frames: number): Float32Array[] {
  try {
    return Array.from({ length: count }, () => new Float32Array(frames));
  } catch (thrown) {
    if (thrown instanceof RangeError) throw new AtomeError('ERR_RENDER', 'too long for memory: export it instead');
    throw thrown;
  }
}

/** The deltas of each lane by itself. @param lanes the lane of each clip by its id; others are `ungrouped` */
export function partsOf(
  deltas: readonly EngineDelta[],
  lanes: Readonly<Record<string, string>>,
): Map<string, readonly EngineDelta[]> {
  const shared = deltas.filter((delta) => delta.type !== 'clip');
  const parts = new Map<string, EngineDelta[]>();
  for (const delta of deltas) {
    if (delta.type !== 'clip') continue;
    const lane = lanes[delta.clip.id] ?? 'ungrouped';
    const part = parts.get(lane);
    if (part) part.push(delta);
    else parts.set(lane, [...shared, delta]);
  }
  return parts;
}
