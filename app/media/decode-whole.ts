// decodeAudioData on the main thread, for files that WebCodecs does not decode.
import type { DecodeWhole } from './import-decoded.ts';

const usualRate = 48_000;
const lowestRate = 8_000;
const highestRate = 96_000;

/** Decodes at the file's own rate where it is known, else at 48 kHz, which decodeAudioData converts to. */
export const decodeWhole: DecodeWhole = async (bytes, sampleRate = usualRate) => {
  const rate = Math.min(highestRate, Math.max(lowestRate, sampleRate));
  const buffer = await new OfflineAudioContext(1, 1, rate).decodeAudioData(bytes);
  const channels = Array.from({ length: buffer.numberOfChannels }, (_, channel) => buffer.getChannelData(channel));
  return { channels, sampleRate: buffer.sampleRate };
};
