// The sound track of a file in any container that mediabunny demultiplexes.
import {
  ADTS,
  type AudioSample,
  AudioSampleSink,
  BlobSource,
  FLAC,
  Input,
  type InputAudioTrack,
  type InputFormat,
  MATROSKA,
  MP3,
  MP4,
  MPEG_TS,
  OGG,
  QTFF,
  WAVE,
  WEBM,
} from 'mediabunny';
import { type HeardRange, mp3HeardRange } from './mp3-gapless.ts';
import { isReadFailure } from './read-failure.ts';

/** Only what a single file holds: nothing here fetches from anywhere. */
const formats = [MP4, QTFF, MATROSKA, WEBM, MP3, WAVE, OGG, FLAC, ADTS, MPEG_TS];
/** Containers that tell where the sound of the last packet ends. */
const exactFormats: readonly InputFormat[] = [MP4, QTFF, OGG];

export interface SoundTrack {
  /** Hz, as the container says. */
  readonly sampleRate: number;
  /** Seconds, roughly: for progress. */
  readonly duration: number;
  /** What is the recording itself, without what the encoder put before and after it. */
  readonly heard: HeardRange;
  /** Whether WebCodecs, or mediabunny itself, decodes it here. */
  readonly decodable: boolean;
  samples(): AsyncGenerator<AudioSample, void, unknown>;
  dispose(): void;
}

/** The first sound track; undefined when the file is in no known container, is broken, or has no sound. */
export async function openSoundTrack(file: Blob): Promise<SoundTrack | undefined> {
  const input = new Input({ formats, source: new BlobSource(file) });
  try {
    const track = (await input.canRead()) ? await input.getPrimaryAudioTrack() : null;
    if (track) return await trackOf(file, input, track);
  } catch (thrown) {
    if (isReadFailure(thrown)) throw thrown;
  }
  input.dispose();
  return undefined;
}

async function trackOf(file: Blob, input: Input, track: InputAudioTrack): Promise<SoundTrack> {
  const format = await input.getFormat();
  return {
    sampleRate: await track.getSampleRate(),
    duration: (await track.getDurationFromMetadata()) ?? (await track.computeDuration()),
    heard: await heardRange(file, format, track),
    decodable: await track.canDecode(),
    samples: () => new AudioSampleSink(track).samples(),
    dispose: () => input.dispose(),
  };
}

async function heardRange(file: Blob, format: InputFormat, track: InputAudioTrack): Promise<HeardRange> {
  const whole = { start: 0, end: Number.POSITIVE_INFINITY };
  if (format === MP3) return (await mp3HeardRange(file)) ?? whole;
  return exactFormats.includes(format) ? { ...whole, end: await track.computeDuration() } : whole;
}
