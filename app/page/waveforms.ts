// Waveform data for the painters, from the media worker; each pyramid is asked for once.
import type { MediaService } from '../media/types.ts';
import type { WaveformSource } from '../ui/client.ts';

export function createWaveforms(media: MediaService): WaveformSource {
  const pyramids = new Map<string, Promise<File>>();
  return {
    peaks(hash) {
      const known = pyramids.get(hash);
      if (known) return known;
      const asked = media.peaks(hash);
      pyramids.set(hash, asked);
      // A failure is not remembered: the next paint may ask again.
      asked.catch(() => pyramids.delete(hash));
      return asked;
    },
    samples: (hash, start, frames) => media.readSamples(hash, start, frames),
    onsets: (hash) => media.onsets(hash),
    cancelOnsets: (hash) => media.cancelOnsets(hash),
  };
}
