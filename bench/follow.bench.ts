// 1,000 clips of random length, each followed by any other one, live in the audio thread: does every one start exactly?
import type { BenchContext } from '../scripts/bench-context.ts';
import type * as followPage from './page/follow.ts';
import type { ChainLoad } from './page/follow.ts';
import { loadModule } from './support/page-module.ts';

const clips = 1000;

const scenes: readonly (readonly [name: string, load: ChainLoad])[] = [
  ['nothing of it read before', {}],
  ['main thread and session busy', { busy: true }],
  ['every 5th exchanged and moved 50 ms before', { editEvery: 5 }],
  ['so exchanged, main thread and session busy', { busy: true, editEvery: 5 }],
];

export async function run({ openPage, emit }: BenchContext): Promise<void> {
  for (const [index, [name, load]] of scenes.entries()) {
    const { page, close } = await openPage();
    const bench = await loadModule<typeof followPage>(page, 'follow');
    await bench.prepareChain(clips, index + 1);
    await bench.startSound();
    const { exact, total, wrongFrames, starvedFrames, edits, editLeads } = await bench.playChain(load);
    await close();
    const what = `${clips} chained clips, ${name}`;
    emit({
      case: `${what}: starts not on their frame`,
      value: total - exact,
      unit: 'clips',
      goal: { of: 'value', must: 0 },
    });
    emit({
      case: `${what}: frames of gap, overlap or wrong sound`,
      value: wrongFrames,
      unit: 'frames',
      goal: { of: 'value', must: 0 },
    });
    emit({ case: `${what}: frames without their page`, value: starvedFrames, unit: 'frames' });
    if (editLeads.length > 0) {
      emit({ case: `${what}: of ${edits} edits answered 50 ms before`, value: editLeads.length, unit: 'edits' });
      emit({ case: `${what}: from the answer to the sound, at least`, value: Math.min(...editLeads), unit: 'ms' });
    }
    console.log(`${what}: ${exact} of ${total} starts on their exact frame, ${wrongFrames} frames wrong`);
  }
}
