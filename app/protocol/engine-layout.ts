// The structs that TypeScript and C++ share in the engine's memory. `npm run wasm` writes dsp-wasm/generated/protocol.h.

/** Bytes and natural alignment of each field type. */
export const fieldTypes = { u32: 4, i32: 4, f32: 4, f64: 8, i64: 8 } as const;
export type FieldType = keyof typeof fieldTypes;
type StructFields = Readonly<Record<string, FieldType>>;

export interface StructLayout<Fields extends StructFields> {
  readonly size: number;
  readonly offsets: { readonly [Name in keyof Fields]: number };
  readonly fields: Fields;
}

/** Lays fields out in order, each at its natural alignment; the size is a multiple of 8. */
export function layoutOf<const Fields extends StructFields>(fields: Fields): StructLayout<Fields> {
  let offset = 0;
  const offsets: Record<string, number> = {};
  for (const [field, type] of Object.entries(fields)) {
    const bytes = fieldTypes[type];
    offset = Math.ceil(offset / bytes) * bytes;
    offsets[field] = offset;
    offset += bytes;
  }
  return { size: Math.ceil(offset / 8) * 8, offsets: offsets as { [Name in keyof Fields]: number }, fields };
}

export const engineConstants = {
  /** Frames rendered per call of the audio thread. */
  QUANTUM_FRAMES: 128,
  /** Frames in one page of one channel; a page is 64 KiB of float32. */
  PAGE_FRAMES: 16384,
  MAX_CHANNELS: 32,
  MAX_TIMELINES: 64,
  MAX_CLIPS: 8192,
  MAX_FILES: 4096,
  MAX_TRIGGERS: 8192,
  /** Frames over which the engine crossfades at a discontinuity. */
  DECLICK_FRAMES: 128,
  /** Frames over which gain and pan glide to a new value. */
  GLIDE_FRAMES: 256,
  /** Frames summarised by one bin of the finest peak level; each further level is 4 times coarser. */
  PEAK_BIN_FRAMES: 64,
  PEAK_LEVEL_FACTOR: 4,
} as const;

/** Sample formats of PCM bytes, little-endian interleaved unless BE. */
export const sampleFormats = {
  U8: 0,
  I16: 1,
  I24: 2,
  I32: 3,
  F32: 4,
  F64: 5,
  I8: 6,
  I16_BE: 7,
  I24_BE: 8,
  I32_BE: 9,
  F32_BE: 10,
  F64_BE: 11,
} as const;
export type SampleFormat = (typeof sampleFormats)[keyof typeof sampleFormats];

/** Return codes of the C ABI. */
export const engineStatus = {
  OK: 0,
  NO_MEMORY: -1,
  BAD_ARGUMENT: -2,
  NO_SUCH_THING: -3,
  LIMIT: -4,
  QUEUE_FULL: -5,
  NOT_READY: -6,
} as const;

export const engineFlags = {
  /** Rendering to a file: a start in the middle of a clip is cut, not faded in; per-clip meters stay off. */
  OFFLINE: 1,
} as const;

/** What a trigger does on its exact frame; its own timeline or another one is what it acts on. */
export const triggerActions = {
  /** Nothing for the sound: the control side hears of it. */
  NOTIFY: 0,
  /** Starts the timeline at a place, also one that plays. */
  PLAY: 1,
  STOP: 2,
  /** The playhead goes on from a place, playing or not. */
  SEEK: 3,
} as const;

/** One clip as the control thread describes it. Frames of a source are at the file's own rate. */
export const clipSpec = layoutOf({
  /** Slot of the clip, 0 to MAX_CLIPS - 1; also the index of its meter. */
  clip: 'u32',
  timeline: 'u32',
  file: 'u32',
  /** 1: glides to silence. Solo of others is resolved by the control side into this. */
  muted: 'u32',
  /** Where it starts on the timeline, in seconds from the timeline's zero. */
  startSeconds: 'f64',
  /** First source frame it plays. */
  sourceStart: 'f64',
  /** How many source frames it plays. */
  sourceFrames: 'f64',
  /** In source frames. */
  fadeInFrames: 'f64',
  fadeOutFrames: 'f64',
  /** Where only a part of a clip is played: how much of it lies before and after, so that its fades run as in the whole. */
  cutBeforeFrames: 'f64',
  cutAfterFrames: 'f64',
  /** Fades of the cuts themselves. */
  cutFadeInFrames: 'f64',
  cutFadeOutFrames: 'f64',
  gain: 'f32',
  pan: 'f32',
  /**
   * Duration on the timeline by duration in the file, 0.1 to 10; 0: it plays as it is. A stretched clip plays a part of its
   * stretched file, whose frame n is the file at n / stretchRatio; its source frames are that file's.
   */
  stretchRatio: 'f64',
  /** -24 to 24, of a stretched clip. */
  semitones: 'f64',
});

/** One click of the metronome. */
export const clickSpec = layoutOf({
  /** Whole frames at the context's rate from the timeline's zero. */
  position: 'f64',
  /** 1 on a bar line. */
  accent: 'u32',
});

/** What happens by itself where a playhead arrives by playing. Positions are whole frames at the context's rate. */
export const triggerSpec = layoutOf({
  position: 'f64',
  /** Of the choice among several places. */
  seed: 'i64',
  /** 0 to MAX_TRIGGERS - 1; its firings are counted by it. */
  slot: 'u32',
  /** Tells apart successive triggers in one slot. */
  generation: 'u32',
  action: 'u32',
  /** The timeline it acts on. */
  timeline: 'u32',
  /** Fires at most so many times after each start of its timeline; 0: always. */
  times: 'u32',
  /** Index of its first place, and how many there are; PLAY and SEEK need at least one. */
  firstPlace: 'u32',
  places: 'u32',
});

/** A trigger has fired at a master frame. */
export const firedTrigger = layoutOf({ atFrame: 'f64', slot: 'u32', generation: 'u32' });

/** Counters that any thread may read at any time; u32 ones wrap and are read as differences. */
export const engineCounters = layoutOf({
  /** Master clock: frames rendered since the engine began (written with one 64-bit atomic store). */
  masterFrame: 'i64',
  quanta: 'u32',
  /** Quanta in which at least one voice found its page missing. */
  starvedQuanta: 'u32',
  /** Voice-frames that were silence because of it. */
  starvedFrames: 'u32',
  pagesFilled: 'u32',
  pagesEvicted: 'u32',
  pagesResident: 'u32',
  pagesTotal: 'u32',
  /** Blocks the pager wanted and did not find; the control side grows the pool. */
  pagesWanted: 'u32',
  /** Messages that found the ring full and waited in the control side's own queue. */
  ringFull: 'u32',
  activeVoices: 'u32',
  /** Structures waiting for the audio thread to move on. */
  retired: 'u32',
  /** Bumped by the control side to wake the disk worker (Atomics.wait on it). */
  pagerSignal: 'i32',
  /** NaN or infinite samples replaced by silence when pages were filled. */
  nonFinite: 'u32',
  /** Frames recorded by the tap so far (low 32 bits). */
  tapFrames: 'u32',
  /** Milliseconds the audio thread spent rendering, measured over many quanta (written by the worklet). */
  busyMilliseconds: 'u32',
  /** The one worklet node that may render; a node with another number falls silent (written by the main thread). */
  audioGeneration: 'u32',
  /** Reads from disk that failed and are tried again (written by the disk worker). */
  readErrors: 'u32',
  /** The context's frame minus the master frame, fixed when a worklet begins (written by the worklet). */
  contextOffset: 'f64',
  /** Moves of playheads that were not made because a timeline had too many of them within one quantum. */
  triggersDropped: 'u32',
  /** Triggers that fired while nobody took note of those before. */
  triggersLost: 'u32',
  /** Half grains that stretchers have worked through. */
  stretchSteps: 'u32',
  /** Voice-frames that were silent because a stretcher was not ready in time. */
  lateFrames: 'u32',
});

/** Head of a feature frame, followed by MAX_CLIPS clipFeature. */
export const featureHeader = layoutOf({
  /** Even: complete. A reader compares it before and after copying. */
  sequence: 'u32',
  activeVoices: 'u32',
  masterFrame: 'f64',
  peakLeft: 'f32',
  peakRight: 'f32',
  rmsLeft: 'f32',
  rmsRight: 'f32',
  starvedFrames: 'u32',
});

/**
 * Where a timeline is: written whenever its playhead does something else than to go on. MAX_TIMELINES of them. Positions
 * are frames at the context's rate from the timeline's zero.
 */
export const timelineState = layoutOf({
  /** Odd while it is written. A reader compares it before and after reading. */
  sequence: 'u32',
  /** 0 stopped, 1 playing; since `movedAt` and before it. */
  playing: 'u32',
  wasPlaying: 'u32',
  /** Master frame of the last start, stop, jump or wrap. */
  movedAt: 'f64',
  /** Where the playhead was by then, and where it was put. */
  movedFrom: 'f64',
  movedTo: 'f64',
});

export const clipFeature = layoutOf({ peak: 'f32', rms: 'f32' });

/** One page the disk worker should read. */
export const pageRequest = layoutOf({
  file: 'u32',
  page: 'u32',
  /** 0 = needed now; larger is later. */
  urgency: 'u32',
});

/** What the parser of WAV and AIFF headers found. */
export const audioHeader = layoutOf({
  status: 'i32',
  format: 'u32',
  channels: 'u32',
  sampleRate: 'u32',
  /** 1: the sizes in the header were wrong and the real length of the file was used. */
  repaired: 'u32',
  /** 1 WAV, 2 RF64, 3 AIFF, 4 AIFF-C. */
  container: 'u32',
  dataOffset: 'f64',
  frames: 'f64',
});

/** Values of audioHeader.status. */
export const headerStatus = {
  OK: 0,
  /** Not a WAV or AIFF file at all: another decoder may know it. */
  UNKNOWN: 1,
  /** More bytes from the start of the file are needed to decide. */
  NEED_MORE: 2,
  /** It is one, but damaged beyond use. */
  DAMAGED: 3,
  /** A codec or sample format inside that this parser does not read; another decoder may. */
  UNSUPPORTED: 4,
  /** 0 or more than MAX_CHANNELS channels. */
  CHANNELS: 5,
  /** No sound in it. */
  EMPTY: 6,
} as const;

export const structs = {
  ClipSpec: clipSpec,
  ClickSpec: clickSpec,
  EngineCounters: engineCounters,
  FeatureHeader: featureHeader,
  TimelineState: timelineState,
  ClipFeature: clipFeature,
  PageRequest: pageRequest,
  TriggerSpec: triggerSpec,
  FiredTrigger: firedTrigger,
  AudioHeader: audioHeader,
} as const;
