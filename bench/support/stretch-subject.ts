// What the stretch benchmark asks of every stretcher, ours and the peers.

export interface StretchSetting {
  /** Duration of the output over that of the input. */
  readonly ratio: number;
  readonly semitones: number;
}

/** Equally long channels at 48 kHz. */
export type Channels = readonly Float32Array[];

export const rate = 48_000;

export interface StretchSubject {
  readonly name: string;
  /** The whole sound, in time with the input from the first frame on. */
  stretch(input: Channels, setting: StretchSetting): Channels;
}

export interface LiveSubject extends StretchSubject {
  /** Live, in blocks of `block` frames in and out; the first channel of what comes out per block, and how long each block took, in us. */
  stream(input: Channels, semitones: number, block: number): { output: Float32Array[]; micros: number[] };
  /** Of the module's linear memory. */
  bytes(): number;
}
