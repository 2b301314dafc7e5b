// Feature frames written by hand, read as the views read them.
import { beforeEach, describe, expect, it } from 'vitest';
import {
  clipFeature,
  engineConstants,
  engineCounters,
  featureHeader,
  timelineFeature,
} from '../protocol/engine-layout.ts';
import { EngineMemory } from './engine-memory.ts';
import { createEngineMemory } from './engine-module.ts';
import { FeatureFrames } from './feature-frames.ts';

const counters = 1024;
const features = 8192;
const clipsAt = featureHeader.size + engineConstants.MAX_TIMELINES * timelineFeature.size;
const featureBytes = clipsAt + engineConstants.MAX_CLIPS * clipFeature.size;

let memory: EngineMemory;
let frames: FeatureFrames;

beforeEach(() => {
  const shared = createEngineMemory();
  memory = new EngineMemory(shared);
  frames = new FeatureFrames({ memory: shared, counters, features, featureBytes, sampleRate: 48_000 });
  frames.update({ type: 'timeline', id: 'song', slot: 3 });
});

interface Written {
  readonly sequence: number;
  readonly masterFrame: number;
  readonly position: number;
  readonly loops?: number;
  readonly playing?: number;
}

function write(index: number, { sequence, masterFrame, position, loops = 0, playing = 1 }: Written): void {
  const frame = features + index * featureBytes;
  memory.write(featureHeader, frame, { sequence, masterFrame, peakLeft: 0.5, rmsRight: 0.25 });
  memory.write(timelineFeature, frame + featureHeader.size + 3 * timelineFeature.size, { playing, loops, position });
  memory.write(engineCounters, counters, { masterFrame });
}

describe('FeatureFrames', () => {
  it('reads the newer frame, also when the sequence wraps', () => {
    write(0, { sequence: 4, masterFrame: 2048, position: 100 });
    write(1, { sequence: 2, masterFrame: 1024, position: 50 });
    expect(frames.position('song', 2048).frame).toBe(100);
    write(0, { sequence: 2 ** 32 - 2, masterFrame: 2048, position: 100 });
    write(1, { sequence: 2, masterFrame: 4096, position: 500 });
    expect(frames.position('song', 4096).frame).toBe(500);
  });

  it('does not read a frame that is being written', () => {
    write(0, { sequence: 4, masterFrame: 1024, position: 100 });
    write(1, { sequence: 7, masterFrame: 2048, position: 999 });
    expect(frames.position('song', 1024).frame).toBe(100);
  });

  it('extrapolates to the frame that is heard, both ways', () => {
    write(0, { sequence: 2, masterFrame: 48_000, position: 24_000 });
    expect(frames.position('song', 48_000 + 300)).toEqual({ playing: true, frame: 24_300, seconds: 24_300 / 48_000 });
    expect(frames.position('song', 48_000 - 2400).frame).toBe(21_600);
  });

  it('extrapolates through a loop’s end, both ways', () => {
    frames.update({ type: 'loop', id: 'song', range: { start: 1000, end: 5000 } });
    write(0, { sequence: 2, masterFrame: 48_000, position: 4900, loops: 1 });
    expect(frames.position('song', 48_200).frame).toBe(1100);
    write(0, { sequence: 2, masterFrame: 48_000, position: 1100, loops: 2 });
    expect(frames.position('song', 47_800).frame).toBe(4900);
  });

  it('believes the last command until the features can know of it', () => {
    write(0, { sequence: 2, masterFrame: 48_000, position: 700, playing: 0 });
    frames.update({ type: 'transport', id: 'song', transport: { playing: true, frame: 9600, atFrame: 48_000 } });
    expect(frames.position('song', 48_000)).toEqual({ playing: true, frame: 9600, seconds: 0.2 });
    expect(frames.position('song', 46_000).frame).toBe(9600);
    write(1, { sequence: 4, masterFrame: 49_024, position: 10_500 });
    expect(frames.position('song', 49_024).frame).toBe(10_500);
  });

  it('shows the start while what is heard is older than the start', () => {
    frames.update({ type: 'transport', id: 'song', transport: { playing: true, frame: 9600, atFrame: 48_000 } });
    write(0, { sequence: 2, masterFrame: 49_024, position: 10_500 });
    expect(frames.position('song', 47_500).frame).toBe(9600);
  });

  it('reads meters, and nothing for what is unknown', () => {
    write(0, { sequence: 2, masterFrame: 0, position: 0 });
    memory.write(clipFeature, features + clipsAt + 9 * clipFeature.size, { peak: 0.75, rms: 0.125 });
    frames.update({ type: 'clip', id: 'clip', slot: 9 });
    expect(frames.clip('clip')).toEqual({ peak: 0.75, rms: 0.125 });
    expect(frames.master()).toEqual({ peak: [0.5, 0], rms: [0, 0.25] });
    expect(frames.clip('other')).toBeUndefined();
    expect(frames.position('other')).toEqual({ playing: false, frame: 0, seconds: 0 });
  });
});
