// Feature frames and timeline states written by hand, read as the views read them.
import { beforeEach, describe, expect, it } from 'vitest';
import {
  clipFeature,
  engineConstants,
  engineCounters,
  featureHeader,
  timelineState,
} from '../protocol/engine-layout.ts';
import { EngineMemory } from './engine-memory.ts';
import { createEngineMemory } from './engine-module.ts';
import { FeatureFrames } from './feature-frames.ts';

const counters = 1024;
const timelineStates = 2048;
const features = 8192;
const featureBytes = featureHeader.size + engineConstants.MAX_CLIPS * clipFeature.size;

let memory: EngineMemory;
let frames: FeatureFrames;

beforeEach(() => {
  const shared = createEngineMemory();
  memory = new EngineMemory(shared);
  frames = new FeatureFrames({
    memory: shared,
    counters,
    features,
    featureBytes,
    timelineStates,
    sampleRate: 48_000,
  });
  frames.update({ type: 'timeline', id: 'song', slot: 3 });
});

interface Moved {
  readonly playing?: number;
  readonly wasPlaying?: number;
  readonly movedAt: number;
  readonly movedFrom?: number;
  readonly movedTo: number;
}

function move({ playing = 1, wasPlaying = 1, movedFrom = 0, ...moved }: Moved): void {
  const state = timelineStates + 3 * timelineState.size;
  memory.write(timelineState, state, { playing, wasPlaying, movedFrom, ...moved });
}

const setClock = (masterFrame: number): void => memory.write(engineCounters, counters, { masterFrame });

function meter(index: number, sequence: number, peak: number): void {
  const frame = features + index * featureBytes;
  memory.write(featureHeader, frame, { sequence, peakLeft: 0.5, rmsRight: 0.25 });
  memory.write(clipFeature, frame + featureHeader.size + 9 * clipFeature.size, { peak, rms: 0.125 });
}

describe('FeatureFrames', () => {
  it('goes on from the last move', () => {
    setClock(48_300);
    move({ movedAt: 48_000, movedTo: 24_000 });
    expect(frames.position('song')).toEqual({ playing: true, frame: 24_300, seconds: 24_300 / 48_000 });
    expect(frames.position('song', 48_100).frame).toBe(24_100);
  });

  it('shows a jump when it is heard', () => {
    setClock(48_300);
    move({ movedAt: 48_000, movedFrom: 5000, movedTo: 1000 });
    expect(frames.position('song', 47_900)).toMatchObject({ playing: true, frame: 4900 });
    expect(frames.position('song', 48_000)).toMatchObject({ playing: true, frame: 1000 });
  });

  it('shows a stop and a start by a trigger when they are heard', () => {
    setClock(48_300);
    move({ playing: 0, movedAt: 48_000, movedFrom: 5000, movedTo: 5000 });
    expect(frames.position('song', 47_900)).toMatchObject({ playing: true, frame: 4900 });
    expect(frames.position('song', 48_100)).toMatchObject({ playing: false, frame: 5000 });
    move({ wasPlaying: 0, movedAt: 48_200, movedFrom: 5000, movedTo: 700 });
    expect(frames.position('song', 48_100)).toMatchObject({ playing: true, frame: 700 });
    expect(frames.position('song', 48_250)).toMatchObject({ playing: true, frame: 750 });
  });

  it('believes the last command until the audio thread can know of it', () => {
    setClock(48_000);
    move({ playing: 0, movedAt: 0, movedTo: 700 });
    frames.update({ type: 'transport', id: 'song', transport: { playing: true, frame: 9600, atFrame: 48_000 } });
    expect(frames.position('song')).toEqual({ playing: true, frame: 9600, seconds: 0.2 });
    expect(frames.position('song', 46_000).frame).toBe(9600);
    move({ wasPlaying: 0, movedAt: 48_128, movedFrom: 700, movedTo: 9600 });
    setClock(48_256);
    expect(frames.position('song').frame).toBe(9728);
    expect(frames.position('song', 48_100)).toMatchObject({ playing: true, frame: 9600 });
  });

  it('shows the end of a command that was stopped by a trigger at once', () => {
    setClock(48_256);
    frames.update({ type: 'transport', id: 'song', transport: { playing: true, frame: 9600, atFrame: 48_000 } });
    move({ playing: 0, movedAt: 48_200, movedFrom: 9672, movedTo: 9672 });
    expect(frames.position('song')).toMatchObject({ playing: false, frame: 9672 });
  });

  it('lets a command that changed nothing be', () => {
    setClock(50_000);
    move({ playing: 0, movedAt: 10_000, movedTo: 700 });
    frames.update({ type: 'transport', id: 'song', transport: { playing: false, frame: 650, atFrame: 48_000 } });
    expect(frames.position('song')).toMatchObject({ playing: false, frame: 700 });
  });

  it('reads the newer meters, also when the sequence wraps, and none that are being written', () => {
    frames.update({ type: 'clip', id: 'clip', slot: 9 });
    meter(0, 4, 0.4);
    meter(1, 2, 0.2);
    expect(frames.clip('clip')?.peak).toBeCloseTo(0.4);
    meter(1, 7, 0.7);
    expect(frames.clip('clip')?.peak).toBeCloseTo(0.4);
    meter(0, 2 ** 32 - 2, 0.4);
    meter(1, 2, 0.2);
    expect(frames.clip('clip')?.peak).toBeCloseTo(0.2);
  });

  it('reads meters, and nothing for what is unknown', () => {
    meter(0, 2, 0.75);
    frames.update({ type: 'clip', id: 'clip', slot: 9 });
    expect(frames.clip('clip')).toEqual({ peak: 0.75, rms: 0.125 });
    expect(frames.master()).toEqual({ peak: [0.5, 0], rms: [0, 0.25] });
    expect(frames.clip('other')).toBeUndefined();
    expect(frames.position('other')).toEqual({ playing: false, frame: 0, seconds: 0 });
  });
});
