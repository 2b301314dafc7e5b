// What BungeeNode and its processors say to each other.

export const processorNames = { sounds: 'bungee-sounds', source: 'bungee-source', effect: 'bungee-effect' } as const;

/** Semitones and speeds that the parameters take. */
export const ranges = {
  pitch: { defaultValue: 0, minValue: -24, maxValue: 24 },
  speed: { defaultValue: 1, minValue: -64, maxValue: 64 },
} as const;

export interface SoundsOptions {
  readonly module: WebAssembly.Module;
}

export interface SourceOptions {
  readonly id: number;
  readonly soundId: number;
  readonly formants: boolean;
  readonly continues: Continuation | undefined;
}

/** Another source, which this one goes on from. */
interface Continuation {
  readonly id: number;
  /** Seconds of the sound by which the two may be apart; what is late goes on in any case. */
  readonly within: number;
}

export interface EffectOptions {
  readonly channels: number;
  /** Semitones. */
  readonly lowestPitch: number;
  readonly formants: boolean;
}

/** What a stretcher is made for. */
export interface StretcherShape {
  readonly channels: number;
  /** Hz. */
  readonly sampleRate: number;
}

/** To the processor that holds the sounds and the stretchers. */
export type ToSounds =
  | {
      readonly type: 'add';
      readonly id: number;
      readonly channels: readonly Float32Array[];
      readonly sampleRate: number;
    }
  | { readonly type: 'remove'; readonly id: number }
  /** Makes one stretcher. */
  | { readonly type: 'prepare'; readonly shape: StretcherShape }
  /** Asks for the sources that have ended since. */
  | { readonly type: 'collect' };

export type FromSounds =
  | { readonly type: 'ready' }
  | { readonly type: 'added'; readonly id: number }
  /** In the order in which they were asked for. */
  | { readonly type: 'prepared'; readonly made: boolean }
  | { readonly type: 'collected'; readonly ended: readonly number[] };

/** Answered once all that was said before has been heard. */
interface Settle {
  readonly type: 'settle';
  readonly id: number;
}
interface Settled {
  readonly type: 'settled';
  readonly id: number;
}

export type ToSource =
  | {
      readonly type: 'start';
      /** Of the context; absent: as soon as it can. */
      readonly atFrame?: number;
      /** Seconds of the sound. */
      readonly offset: number;
      readonly duration: number;
    }
  | { readonly type: 'stop'; readonly atFrame: number }
  | Settle;
export type FromSource = Settled;

export type ToEffect = { readonly type: 'end' } | Settle;
export type FromEffect = { readonly type: 'delay'; readonly frames: number } | Settled;
