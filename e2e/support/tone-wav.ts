// A WAV file made of a sine, for tests that need a sound.

export interface Tone {
  readonly seconds?: number;
  readonly frequency?: number;
  readonly sampleRate?: number;
  readonly channels?: number;
  /** Linear peak. */
  readonly gain?: number;
}

/** 16-bit PCM; the sample of frame n is round(gain * sin(2 pi frequency n / sampleRate) * 32767) in every channel. */
export function toneWav(tone: Tone = {}): Uint8Array {
  const { seconds = 0.5, frequency = 440, sampleRate = 48_000, channels = 2, gain = 0.5 } = tone;
  const frames = Math.round(seconds * sampleRate);
  const dataBytes = frames * channels * 2;
  const view = new DataView(new ArrayBuffer(44 + dataBytes));
  const text = (at: number, word: string) => {
    for (const [index, letter] of [...word].entries()) view.setUint8(at + index, letter.charCodeAt(0));
  };
  text(0, 'RIFF');
  view.setUint32(4, 36 + dataBytes, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * channels * 2, true);
  view.setUint16(32, channels * 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, dataBytes, true);
  for (let frame = 0; frame < frames; frame++) {
    const sample = Math.round(gain * Math.sin((2 * Math.PI * frequency * frame) / sampleRate) * 32767);
    for (let channel = 0; channel < channels; channel++) {
      view.setInt16(44 + (frame * channels + channel) * 2, sample, true);
    }
  }
  return new Uint8Array(view.buffer);
}
