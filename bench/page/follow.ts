// A chain of clips, each followed by any other: made by commands, played live, and compared sample by sample.
import { wavHeader } from '../../app/media/wav-header.ts';
import type { EditCommand } from '../../app/protocol/commands.ts';
import { spin, stepsPerMillisecond } from './arithmetic.ts';
import { dispatchAll, scripting } from './session.ts';

const rate = 48_000;
/** One clip in each: no two share what is read from the disk at a time. */
const pageFrames = 16_384;
const shortest = 1000;
const longest = 5000;
/** So long before a clip is heard another one has been put in its place at the latest; later edits are not judged. */
const editAheadFrames = 0.05 * rate;
const spareFrames = 0.02 * rate;
const longestStartFrames = rate;

/** Every sample tells which frame of the file it is, as far as float32 is exact: modulo 2^24, and never as silence. */
const marks = 2 ** 24;
const sampleOf = (frame: number): number => ((frame % marks) + 1) / marks;

interface ChainClip {
  readonly id: string;
  readonly markerId: string;
  /** Frames of the file. */
  readonly source: number;
  readonly frames: number;
  /** A clip of the same length and of other sound, which may be put in its place. */
  readonly twin: { readonly id: string; readonly source: number };
}

export interface Chain {
  readonly timelineId: string;
  /** In the order in which they are heard. */
  readonly clips: readonly ChainClip[];
  /** Timeline frames. */
  readonly start: number;
}

/** Twins lie behind everything else, and go further back when they are used. */
const twinsAfterSeconds = 1000;
const usedAfterSeconds = 2000;

/** A linear congruential generator (Numerical Recipes' constants), from 0 to 1. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

let chain: Chain | undefined;

/** Clips of random length side by side, chained in random order, ending with a stop; their twins lie far behind. */
export async function prepareChain(count: number, seed: number): Promise<void> {
  const random = randomFrom(seed);
  const fileId = await importMarkedFile(2 * count);
  const [timelineId = ''] = await dispatchAll([
    { cmd: 'CREATE_TIMELINE', name: 'Chain', type: 'audio', timebase: 'seconds' },
  ]);
  const clips: ChainClip[] = [];
  const places: number[] = [];
  let end = 0;
  for (let index = 0; index < count; index++) {
    const frames = shortest + Math.floor(random() * (longest - shortest));
    const sourceOf = (page: number): number => page * pageFrames + Math.floor(random() * (pageFrames - frames));
    const twin = { id: crypto.randomUUID(), source: sourceOf(count + index) };
    clips.push({ id: crypto.randomUUID(), markerId: crypto.randomUUID(), source: sourceOf(index), frames, twin });
    places.push(end);
    end += frames;
  }
  await dispatchAll(
    clips.flatMap(({ id, markerId, source, frames, twin }, index): EditCommand[] => {
      const position = (places[index] ?? 0) / rate;
      const clip = { cmd: 'ADD_CLIP', timeline_id: timelineId, audio_file_id: fileId } as const;
      const part = (from: number) => ({ start_offset: from / rate, end_offset: (from + frames) / rate });
      return [
        { ...clip, id, play_position: position, ...part(source) },
        { ...clip, id: twin.id, play_position: position + twinsAfterSeconds, ...part(twin.source) },
        { cmd: 'ADD_MARKER', id: markerId, timeline_id: timelineId, time: position, name: `Clip ${index}` },
      ];
    }),
  );
  const heard = shuffled(clips, random);
  await dispatchAll(
    heard.flatMap(({ id, twin }, index) => {
      const next = heard[index + 1];
      return [id, twin.id].map((target_id): EditCommand => {
        const follow = { cmd: 'ADD_FOLLOW_ACTION', scope: 'clip', target_id } as const;
        if (!next) return { ...follow, action_type: 'Stop' };
        return { ...follow, action_type: 'JumpToMarker', params: { marker_id: next.markerId } };
      });
    }),
  );
  const first = heard[0] as ChainClip;
  chain = { timelineId, clips: heard, start: places[clips.indexOf(first)] ?? 0 };
}

async function importMarkedFile(pages: number): Promise<string> {
  const frames = pages * pageFrames;
  const samples = Float32Array.from({ length: frames }, (_, frame) => sampleOf(frame));
  const header = wavHeader({ format: 'F32', channels: 1, sampleRate: rate, frames });
  return (await scripting().importFile(new File([header, samples], 'markers.wav'))).id;
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const left = [...items];
  return Array.from(items, () => left.splice(Math.floor(random() * left.length), 1)[0] as Item);
}

export async function startSound(): Promise<void> {
  await scripting().services.audioEngine.init(new AudioContext({ sampleRate: rate, latencyHint: 'interactive' }));
}

export interface ChainResult {
  /** Starts on their exact frame: the sample before is the last of the clip before, all its own are there in order. */
  readonly exact: number;
  readonly total: number;
  /** Frames that were silent or not what should be heard. */
  readonly wrongFrames: number;
  readonly starvedFrames: number;
  /** Edits of what comes next, and how many milliseconds before it was heard those in time were answered. */
  readonly edits: number;
  readonly editLeads: readonly number[];
}

export interface ChainLoad {
  /** Keeps the main thread busy for most of the time, and the session worker with edits of another timeline. */
  readonly busy?: boolean;
  /** Leads to the twin of every n-th clip instead, and moves that twin, 50 ms before it is heard or a little earlier. */
  readonly editEvery?: number;
}

/** Plays the chain from its first clip to its end, live, and looks at every sample. */
export async function playChain(load: ChainLoad): Promise<ChainResult> {
  const { timelineId, clips, start } = prepared();
  const { audioEngine, timelines } = scripting().services;
  const starts = startsOf(clips);
  const frames = starts.reduce((_, from, index) => from + (clips[index]?.frames ?? 0), 0);
  const starved = (await audioEngine.getState()).starvedFrames;
  const recording = audioEngine.recordOutput(frames + longestStartFrames);
  const reply = await timelines.play(timelineId, { type: 'time', value: start / rate });
  if (!reply.ok) throw new Error(reply.error.msg);
  const began = (await audioEngine.getState()).masterFrame;
  let running = true;
  const ended = (): boolean => !running;
  const loads = load.busy ? [keepMainThreadBusy(ended), keepSessionBusy(ended)] : [];
  const edits = load.editEvery ? exchangeAhead(load.editEvery, began, starts) : Promise.resolve(new Map());
  const { startFrame, channels } = await recording;
  running = false;
  await Promise.all(loads);
  const output = channels[0] ?? new Float32Array();
  const first = output.findIndex((sample) => sample !== 0);
  const answered: ReadonlyMap<number, number> = await edits;
  const leads = new Map(
    [...answered].map(([index, frame]) => [index, startFrame + first + (starts[index] ?? 0) - frame]),
  );
  const inTime = [...leads].filter(([, frames]) => frames >= editAheadFrames);
  return {
    ...compare(output.subarray(first), clips, starts, leads),
    starvedFrames: (await audioEngine.getState()).starvedFrames - starved,
    edits: answered.size,
    editLeads: inTime.map(([, frames]) => (frames / rate) * 1000),
  };
}

function prepared(): Chain {
  if (!chain) throw new Error('prepareChain() comes first');
  return chain;
}

/** Frames from the first clip's start to each clip's. */
function startsOf(clips: readonly ChainClip[]): number[] {
  let at = 0;
  return clips.map(({ frames }) => {
    at += frames;
    return at - frames;
  });
}

function compare(
  output: Float32Array,
  clips: readonly ChainClip[],
  starts: readonly number[],
  leads: ReadonlyMap<number, number>,
): Pick<ChainResult, 'exact' | 'total' | 'wrongFrames'> {
  let exact = 0;
  let total = 0;
  let wrongFrames = 0;
  let wholeBefore = true;
  for (const [index, { source: own, frames, twin }] of clips.entries()) {
    const from = starts[index] ?? 0;
    const lead = leads.get(index);
    if (lead !== undefined && lead < editAheadFrames) {
      wholeBefore = true;
      continue;
    }
    const source = lead === undefined ? own : twin.source;
    total++;
    let wrong = 0;
    for (let frame = 0; frame < frames; frame++) {
      if (output[from + frame] !== sampleOf(source + frame)) wrong++;
    }
    wrongFrames += wrong;
    if (wrong === 0 && wholeBefore) exact++;
    wholeBefore = wrong === 0;
  }
  const end = (starts.at(-1) ?? 0) + (clips.at(-1)?.frames ?? 0);
  for (const sample of output.subarray(end)) if (sample !== 0) wrongFrames++;
  return { exact, total, wrongFrames };
}

/** 30 ms of arithmetic in every task, one task after the other. */
async function keepMainThreadBusy(ended: () => boolean): Promise<void> {
  const steps = Math.round(stepsPerMillisecond() * 30);
  while (!ended()) {
    spin(steps);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/** Edits of another timeline as fast as they are answered, several at a time. */
async function keepSessionBusy(ended: () => boolean): Promise<void> {
  const [timelineId = ''] = await dispatchAll([
    { cmd: 'CREATE_TIMELINE', name: 'Busy', type: 'audio', timebase: 'seconds' },
  ]);
  const [file] = (await scripting().session.objects('AudioFileAtome')) as readonly { readonly id: string }[];
  const clipIds = await dispatchAll(
    Array.from({ length: 8 }, (_, place) => ({
      cmd: 'ADD_CLIP' as const,
      timeline_id: timelineId,
      audio_file_id: file?.id ?? '',
      play_position: place,
    })),
  );
  const edit = async (clip_id: string): Promise<void> => {
    for (let place = 1; !ended(); place++)
      await dispatchAll([{ cmd: 'MOVE_CLIP', clip_id, play_position: place % 60 }]);
  };
  await Promise.all(clipIds.map(edit));
}

/** Puts twins in the place of clips; resolves to the master frames of the answers. */
async function exchangeAhead(every: number, began: number, starts: readonly number[]): Promise<Map<number, number>> {
  const { clips } = prepared();
  const masterFrame = async (): Promise<number> => (await scripting().services.audioEngine.getState()).masterFrame;
  const answered = new Map<number, number>();
  let latency = 0;
  for (let index = every; index < clips.length; index += every) {
    const { twin, markerId } = clips[index] as ChainClip;
    const due = began + (starts[index] ?? 0) - editAheadFrames - spareFrames - latency;
    while ((await masterFrame()) < due) await new Promise((resolve) => setTimeout(resolve, 1));
    const asked = await masterFrame();
    const place = usedAfterSeconds + index;
    await dispatchAll([
      { cmd: 'MOVE_CLIP', clip_id: twin.id, play_position: place },
      { cmd: 'SET_OBJECT', id: markerId, properties: { time: place } },
    ]);
    const now = await masterFrame();
    // The slowest answer of late: how busy the page is changes.
    latency = Math.max(now - asked, latency * 0.9);
    answered.set(index, now);
  }
  return answered;
}
