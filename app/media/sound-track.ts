// The sound track of a file in any container that mediabunny demultiplexes.
import {
  ADTS,
  type AudioSample,
  AudioSampleSink,
  BlobSource,
  FLAC,
  Input,
  type InputAudioTrack,
  MATROSKA,
  MP3,
  MP4,
  MPEG_TS,
  OGG,
  QTFF,
  WAVE,
  WEBM,
} from 'mediabunny';

/** Only what a single file holds: nothing here fetches from anywhere. */
const formats = [MP4, QTFF, MATROSKA, WEBM, MP3, WAVE, OGG, FLAC, ADTS, MPEG_TS];

export interface SoundTrack {
  /** Hz, as the container says. */
  readonly sampleRate: number;
  /** Seconds, roughly: for progress. */
  readonly duration: number;
  /** Whether WebCodecs, or mediabunny itself, decodes it here. */
  readonly decodable: boolean;
  samples(): AsyncGenerator<AudioSample, void, unknown>;
  dispose(): void;
}

/** The first sound track; undefined when the file is in no known container or has no sound. */
export async function openSoundTrack(file: Blob): Promise<SoundTrack | undefined> {
  const input = new Input({ formats, source: new BlobSource(file) });
  const track = (await input.canRead()) ? await input.getPrimaryAudioTrack() : null;
  if (!track) {
    input.dispose();
    return undefined;
  }
  return {
    sampleRate: await track.getSampleRate(),
    duration: await roughDuration(track),
    decodable: await track.canDecode(),
    samples: () => new AudioSampleSink(track).samples(),
    dispose: () => input.dispose(),
  };
}

async function roughDuration(track: InputAudioTrack): Promise<number> {
  return (await track.getDurationFromMetadata()) ?? track.computeDuration();
}
