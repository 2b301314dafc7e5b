// From transactions to what the engine must know: clips in seconds and source frames, loops in seconds.
import { tempoMapOf } from '../core/tempo.ts';
import { nearestFrame } from '../core/units.ts';
import type { AudioClipAtome, AudioFileAtome, GroupAtome, TimelineAtome } from '../protocol/kinds.ts';
import type { TransactionRecord } from '../protocol/transaction.ts';
import type { ObjectReader } from '../session/types.ts';
import type { BlobInfo } from '../storage/types.ts';
import type { EngineClip, EngineDelta } from './audio-engine.ts';
import { affectedBy, everything } from './deltas-scope.ts';

export type EngineBlob = Pick<BlobInfo, 'hash' | 'channels' | 'sampleRate' | 'frames'>;

/**
 * What changed for the engine. Call it when the objects show the transaction.
 *
 * @param blobOf the stored samples of a content hash.
 * @param onMissing told of each file that is played but not stored; its clips are taken out of the engine.
 */
export function deriveEngineDeltas(
  reader: ObjectReader,
  transaction: Pick<TransactionRecord, 'changes'> | 'everything',
  blobOf: (hash: string) => EngineBlob | undefined,
  onMissing?: (file: AudioFileAtome) => void,
): EngineDelta[] {
  const scope = transaction === 'everything' ? everything(reader) : affectedBy(reader, transaction.changes);
  const deltas: EngineDelta[] = [...scope.removedClips].map((clipId) => ({ type: 'removeClip', clipId }));
  const missing = new Set<AudioFileAtome>();
  for (const id of scope.clips) {
    const clip = reader.get(id);
    if (clip?.kind === 'AudioClipAtome') deltas.push(clipDelta(reader, clip, blobOf, missing));
  }
  for (const id of scope.loops) {
    const timeline = reader.get(id);
    if (timeline?.kind === 'TimelineAtome') deltas.push(loopDelta(timeline));
  }
  for (const timelineId of scope.removedTimelines) deltas.push({ type: 'removeTimeline', timelineId });
  for (const file of missing) onMissing?.(file);
  return deltas;
}

function clipDelta(
  reader: ObjectReader,
  clip: AudioClipAtome,
  blobOf: (hash: string) => EngineBlob | undefined,
  missing: Set<AudioFileAtome>,
): EngineDelta {
  const silent: EngineDelta = { type: 'removeClip', clipId: clip.id };
  const file = reader.get(clip.audio_file_id);
  const timeline = reader.get(clip.timeline_id);
  if (file?.kind !== 'AudioFileAtome' || timeline?.kind !== 'TimelineAtome') return silent;
  const blob = blobOf(file.content_hash);
  if (!blob) {
    missing.add(file);
    return silent;
  }
  const resolved = resolveClip(reader, clip, timeline, blob);
  return resolved.sourceFrames > 0 ? { type: 'clip', clip: resolved, blob } : silent;
}

/**
 * A clip in the engine's terms. Its start is put on the frame grid of its file, and its ends are rounded one by one, so
 * that the two halves of a split meet exactly.
 */
function resolveClip(
  reader: ObjectReader,
  clip: AudioClipAtome,
  timeline: TimelineAtome,
  blob: EngineBlob,
): EngineClip {
  const rate = blob.sampleRate;
  const sourceStart = nearestFrame(clip.start_offset, rate);
  const sourceFrames = Math.min(nearestFrame(clip.end_offset, rate), blob.frames) - sourceStart;
  const fadeFrames = (seconds: number): number => Math.min(nearestFrame(seconds, rate), sourceFrames);
  const group = groupOf(reader, clip);
  return {
    id: clip.id,
    timelineId: timeline.id,
    hash: blob.hash,
    startSeconds: nearestFrame(tempoMapOf(timeline).toSeconds(clip.play_position), rate) / rate,
    sourceStart,
    sourceFrames,
    fadeInFrames: fadeFrames(clip.fade_in),
    fadeOutFrames: fadeFrames(clip.fade_out),
    gain: clip.gain * (group?.gain ?? 1),
    pan: clip.pan,
    muted: isSilenced(reader, clip, group),
  };
}

/** Muted by itself or its group, or not among those that are solo where some are. */
function isSilenced(reader: ObjectReader, clip: AudioClipAtome, group: GroupAtome | undefined): boolean {
  if (clip.muted || group?.muted) return true;
  return reader.hasSolo(clip.timeline_id) && !clip.solo && !group?.solo;
}

function groupOf(reader: ObjectReader, clip: AudioClipAtome): GroupAtome | undefined {
  const group = clip.group_id === null ? undefined : reader.get(clip.group_id);
  return group?.kind === 'GroupAtome' ? group : undefined;
}

function loopDelta(timeline: TimelineAtome): EngineDelta {
  const tempo = tempoMapOf(timeline);
  const range =
    timeline.loop && timeline.loop_enabled
      ? { start: tempo.toSeconds(timeline.loop.start), end: tempo.toSeconds(timeline.loop.end) }
      : null;
  return { type: 'loop', timelineId: timeline.id, range };
}
