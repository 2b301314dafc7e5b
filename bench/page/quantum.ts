// Times each quantum of the live engine, and beside it plain arithmetic of the same length, which the machine alone disturbs.
import { EngineControl, type PagerMessage } from '../../app/engine/control.ts';
import { createEngineMemory, type EngineExports, instantiateOnStack } from '../../app/engine/engine-module.ts';
import { Pager } from '../../app/engine/pager.ts';
import { spin, stepsPerMillisecond } from './arithmetic.ts';
import { compileEngine } from './engine-module.ts';
import { createMaterial, deltasOf, type MaterialShape, sourcesOf, timelineId } from './material.ts';

const contextRate = 48_000;
const quantumFrames = 128;
/** Quanta between two turns of the disk's side, which has a thread of its own in the page. */
const quantaPerTurn = 16;

/** For what stretched clips prepare while a timeline stands. */
const quantaBefore = 400;

interface Live {
  readonly control: EngineControl;
  readonly audio: EngineExports;
  page(): void;
}

let live: Live | undefined;

function prepared(): Live {
  if (!live) throw new Error('prepare() comes first');
  return live;
}

/** A live engine, meters and all, with every clip playing from the timeline's zero. */
export async function prepare(shape: MaterialShape): Promise<void> {
  const module = await compileEngine();
  const memory = createEngineMemory();
  const material = createMaterial(shape);
  const sources = sourcesOf(material);
  const receive = (message: PagerMessage): void => {
    if (message.type === 'close') return;
    const source = sources.get(message.hash);
    pager.useScratch(message.scratch);
    if (source) pager.open(message.slot, source);
  };
  const control = new EngineControl({ module, memory, sampleRate: contextRate, onPager: receive });
  const pager = new Pager({
    exports: instantiateOnStack(module, memory, control.createStack()),
    memory: control.memory,
    counters: control.counters,
    scratch: control.scratch,
    now: () => performance.now(),
    onReadError: (_slot, error) => {
      throw error;
    },
  });
  live = {
    control,
    audio: instantiateOnStack(module, memory, control.createStack()),
    page() {
      do control.collect();
      while (pager.step().filled > 0);
    },
  };
  await control.apply(deltasOf(material));
}

/** Milliseconds of each quantum of `seconds` played from the timeline's zero, where everything stood ready. */
export async function time(seconds: number): Promise<number[]> {
  const { control, audio, page } = prepared();
  const missing = (): number => control.counters.read('starvedFrames') + control.counters.read('lateFrames');
  await control.seek(timelineId, 0);
  page();
  for (let quantum = 0; quantum < quantaBefore; quantum++) audio.atome_audio_process();
  const played = control.play(timelineId, 0);
  page();
  await played;
  const before = missing();
  const times: number[] = [];
  for (let quantum = 0; quantum * quantumFrames < seconds * contextRate; quantum++) {
    if (quantum % quantaPerTurn === 0) page();
    const begin = performance.now();
    audio.atome_audio_process();
    times.push(performance.now() - begin);
  }
  await control.stop(timelineId);
  audio.atome_audio_process();
  if (missing() !== before) throw new Error('pages were missing, or stretchers late');
  return times;
}

/** Milliseconds of loops of plain arithmetic that take about `milliseconds` each. */
export function timeMachine(milliseconds: number, count: number): number[] {
  const steps = Math.round(stepsPerMillisecond() * milliseconds);
  return Array.from({ length: count }, () => {
    const begin = performance.now();
    spin(steps);
    return performance.now() - begin;
  });
}
