// Edits without end, for tests that cut the page off in the middle of them: pairs of markers, each pair one BATCH.
import { expect } from '@playwright/test';
import type { AppState } from '../../app/protocol/state.ts';
import type { Studio } from './studio.ts';

/** Edits that wait for their answer at any time. */
const underWay = 8;

export class MarkerPairs {
  /** How many pairs were answered with ok, those that were there before included. */
  acknowledged = 0;

  /** Adds pairs number `from`, `from + 1`… until the page is gone; the answers are counted outside of it. */
  static async addTo(studio: Studio, timeline: string, from = 0): Promise<MarkerPairs> {
    const pairs = new MarkerPairs();
    pairs.acknowledged = from;
    await studio.page.exposeFunction('acknowledge', (number: number) => {
      pairs.acknowledged = Math.max(pairs.acknowledged, number + 1);
    });
    await studio.atome.evaluate(
      (atome, [timelineId, first, parallel]) => {
        let next = first;
        const add = async (): Promise<void> => {
          const time = next++;
          const marker = { cmd: 'ADD_MARKER', timeline_id: timelineId, time } as const;
          const reply = await atome.session.dispatch({ cmd: 'BATCH', commands: [marker, marker] });
          if (!reply.ok) return;
          // Waited for: faster than they are counted, answers would pile up before whatever the test does next.
          await (window as unknown as { acknowledge(number: number): Promise<void> }).acknowledge(time);
          return add();
        };
        for (let count = 0; count < parallel; count++) void add();
      },
      [timeline, from, underWay] as const,
    );
    return pairs;
  }

  /** Expects every acknowledged pair, no half one and no gap. @returns how many pairs there are. */
  expectIn(state: AppState): number {
    const times = Object.values(state.objects)
      .flatMap((object) => (object.kind === 'TimelineMarkerAtome' ? [object.time] : []))
      .sort((a, b) => a - b);
    const whole = Math.ceil(times.length / 2);
    expect(times).toEqual(Array.from({ length: whole }, (_, number) => [number, number]).flat());
    expect(whole).toBeGreaterThanOrEqual(this.acknowledged);
    return whole;
  }
}
