// From a command in one tab to the sound in another one, against the same command in the tab that sounds.
import type { Command } from '../app/protocol/commands.ts';
import { type BenchContext, median } from '../scripts/bench-context.ts';
import type * as tabsPage from './page/tabs.ts';
import { becomesInteractive } from './support/interactive.ts';
import { loadModule } from './support/page-module.ts';
import { percentile } from './support/percentile.ts';

const rounds = 40;
const goal = { of: 'value', must: 30 } as const;

export async function run({ openPage, emit }: BenchContext): Promise<void> {
  const { page, context, url } = await openPage();
  const other = await context.newPage();
  await other.goto(url);
  await becomesInteractive(other);
  const sounding = await loadModule<typeof tabsPage>(page, 'tabs');
  const remote = await loadModule<typeof tabsPage>(other, 'tabs');
  const { timelineId, clipId } = await sounding.prepare();
  await sounding.startSound();
  await sounding.tellTime();
  const ahead = await remote.clockAhead();

  const gain = (value: number): Command => ({ cmd: 'SET_CLIP', clip_id: clipId, gain: value });
  const play: Command = { cmd: 'TIMELINE_PLAY', timeline_id: timelineId };
  const stop: Command = { cmd: 'TIMELINE_STOP', timeline_id: timelineId };
  const subjects = [
    { what: 'gain of a clip that plays', before: play, command: (round: number) => gain(round % 2 === 0 ? 0.5 : 1) },
    { what: 'play', before: stop, command: () => play },
  ];
  for (const { what, before, command } of subjects) {
    const rendered = { here: [] as number[], there: [] as number[] };
    const heard = { here: [] as number[], there: [] as number[] };
    for (let round = 0; round < 2 * rounds + 4; round++) {
      const from = round % 4 < 2 ? 'there' : 'here';
      await sounding.give(before);
      await sounding.rest();
      await sounding.listen();
      const given =
        from === 'there' ? (await remote.give(command(round))) + ahead : await sounding.give(command(round));
      const change = await sounding.change();
      // The first rounds of each warm up.
      if (round < 4) continue;
      rendered[from].push(change.rendered - given);
      heard[from].push(change.heard - given);
    }
    const compared = { unit: 'ms', peer: 'in the tab that sounds', better: 'lower' } as const;
    const p95 = (values: readonly number[]): number => percentile(values, 95);
    for (const [to, { here, there }] of [
      ['until the engine has rendered it', rendered],
      ['until the output', heard],
    ] as const) {
      const name = `${what}, from another tab, ${to}`;
      emit({ case: `${name}: median`, ...compared, value: median(there), peerValue: median(here) });
      const goals = to === 'until the output' ? {} : { goal };
      emit({ case: `${name}: p95`, ...compared, value: p95(there), peerValue: p95(here), ...goals });
    }
  }
}
