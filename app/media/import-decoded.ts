// Imports everything that has to be decoded: as a stream through WebCodecs, or whole through decodeAudioData.
import type { AudioSample } from 'mediabunny';
import { clamp } from '../core/units.ts';
import { AtomeError, type ErrorName } from '../protocol/errors.ts';
import { decodeShare, FloatSink } from './float-sink.ts';
import type { ImportJob, StoredSound } from './import-job.ts';
import type { HeardRange } from './mp3-gapless.ts';
import type { PeakStore } from './peak-store.ts';
import { isReadFailure } from './read-failure.ts';
import type { SoundTrack } from './sound-track.ts';

/** Decodes a whole file on the main thread, which has decodeAudioData; `sampleRate` is the file's own, if known. */
export type DecodeWhole = (
  bytes: ArrayBuffer,
  sampleRate: number | undefined,
) => Promise<{ channels: Float32Array<ArrayBuffer>[]; sampleRate: number }>;

/** Larger files are not decoded as a whole: their samples would not fit. */
const wholeFileLimit = 48 * 1024 * 1024;

/** @param unknownFormat what to say when no decoder knows the file */
export async function importDecoded(
  job: ImportJob,
  peaks: PeakStore,
  decodeWhole: DecodeWhole,
  unknownFormat: ErrorName,
): Promise<StoredSound> {
  // The decoders are large, and whoever imports WAV alone never needs them.
  const { openSoundTrack } = await import('./sound-track.ts');
  const track = await openSoundTrack(job.file);
  try {
    if (track?.decodable) {
      try {
        return await storeDecoded(job, peaks, (into) => decodeStream(job, track, into));
      } catch (thrown) {
        if (!(thrown instanceof DecodeFailure)) throw thrown;
      }
    }
    const failure = track?.decodable ? 'ERR_FILE_DAMAGED' : track ? 'ERR_FILE_FORMAT' : unknownFormat;
    const fallback = { decodeWhole, sampleRate: track?.sampleRate, failure } as const;
    return await storeDecoded(job, peaks, (into) => decodeAtOnce(job, fallback, into));
  } finally {
    track?.dispose();
  }
}

/** The decoder gave up; another may not. */
class DecodeFailure extends Error {}

/** Where decoded frames go; the sink is made when the first of them tell its shape. */
class DecodeTarget {
  sink: FloatSink | undefined;
  readonly #job: ImportJob;

  constructor(job: ImportJob) {
    this.#job = job;
  }

  async open(channels: number, sampleRate: number): Promise<FloatSink> {
    this.sink ??= await FloatSink.create(this.#job, channels, sampleRate);
    if (this.sink.channels !== channels || this.sink.sampleRate !== sampleRate) {
      throw new AtomeError('ERR_FILE_FORMAT', 'its channels or sample rate change on the way');
    }
    return this.sink;
  }
}

async function storeDecoded(
  job: ImportJob,
  peaks: PeakStore,
  decode: (into: DecodeTarget) => Promise<void>,
): Promise<StoredSound> {
  const target = new DecodeTarget(job);
  try {
    await decode(target);
    if (!target.sink) throw new AtomeError('ERR_FILE_EMPTY');
    return { ...(await target.sink.finish(peaks)), repaired: false };
  } catch (thrown) {
    await target.sink?.abort();
    throw thrown;
  } finally {
    target.sink?.dispose();
  }
}

async function decodeStream(job: ImportJob, track: SoundTrack, into: DecodeTarget): Promise<void> {
  const samples = track.samples();
  for (;;) {
    const next = await samples.next().catch((thrown: unknown) => {
      throw isReadFailure(thrown) ? thrown : new DecodeFailure(String(thrown));
    });
    if (next.done) return;
    using sample = next.value;
    job.signal.throwIfAborted();
    const sink = await into.open(sample.numberOfChannels, sample.sampleRate);
    writeHeard(sample, track.heard, sink);
    job.progress.report('decoding', (decodeShare * sample.timestamp) / track.duration);
  }
}

/** Leaves out what the encoder put before and after the recording. */
function writeHeard(sample: AudioSample, heard: HeardRange, sink: FloatSink): void {
  const { numberOfFrames, numberOfChannels, sampleRate, timestamp } = sample;
  const frameOf = (seconds: number): number => clamp(Math.round((seconds - timestamp) * sampleRate), 0, numberOfFrames);
  const first = frameOf(heard.start);
  const frameCount = frameOf(heard.end) - first;
  if (frameCount <= 0) return;
  const interleaved = new Float32Array(frameCount * numberOfChannels);
  sample.copyTo(interleaved, { planeIndex: 0, format: 'f32', frameOffset: first, frameCount });
  sink.write(interleaved);
}

interface Fallback {
  readonly decodeWhole: DecodeWhole;
  readonly sampleRate: number | undefined;
  /** What to say when it fails too. */
  readonly failure: ErrorName;
}

async function decodeAtOnce(job: ImportJob, fallback: Fallback, into: DecodeTarget): Promise<void> {
  const { decodeWhole, sampleRate: wantedRate, failure } = fallback;
  if (job.file.size > wholeFileLimit) throw new AtomeError(failure);
  const bytes = await job.file.arrayBuffer();
  job.signal.throwIfAborted();
  const { channels, sampleRate } = await decodeWhole(bytes, wantedRate).catch(() => {
    throw new AtomeError(failure);
  });
  job.signal.throwIfAborted();
  const sink = await into.open(channels.length, sampleRate);
  const frames = channels[0]?.length ?? 0;
  const step = 1 << 16;
  for (let start = 0; start < frames; start += step) {
    sink.write(interleave(channels.map((channel) => channel.subarray(start, start + step))));
  }
}

function interleave(channels: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const count = channels.length;
  const interleaved = new Float32Array((channels[0]?.length ?? 0) * count);
  channels.forEach((channel, index) => {
    for (let frame = 0; frame < channel.length; frame++) interleaved[frame * count + index] = channel[frame] ?? 0;
  });
  return interleaved;
}
