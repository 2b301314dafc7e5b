import { describe, expect, it } from 'vitest';
import { BenchHost, type BenchRow, median, ratioOf, rowOf } from './bench-context.ts';

describe('benchmark context', () => {
  it('takes the middle value, or the mean of the two in the middle', () => {
    expect([median([9, 1, 5]), median([4, 1, 2, 3])]).toEqual([5, 2.5]);
  });

  it('says how many times better than the peer, whichever direction is better', () => {
    expect(ratioOf(20, { peer: 'native', peerValue: 2, better: 'higher' })).toBe(10);
    expect(ratioOf(2, { peer: 'native', peerValue: 20, better: 'lower' })).toBe(10);
  });

  it('runs subjects in turn, at least five rounds, and leaves the first round out', async () => {
    const order: string[] = [];
    const context = new BenchHost().context('any', () => undefined);
    const medians = await context.measure(
      {
        ours: () => order.push('ours'),
        peer: () => order.push('peer'),
      },
      1,
    );
    expect(order).toEqual(Array.from({ length: 6 }, () => ['ours', 'peer']).flat());
    expect(medians).toEqual({ ours: 7, peer: 8 });
  });

  it('emits rows with the name of their benchmark', () => {
    const rows: BenchRow[] = [];
    const context = new BenchHost().context('mix', (row) => rows.push(row));
    context.emit({ case: '256 clips', value: 4, unit: 'ms', peer: 'native', peerValue: 80, better: 'lower' });
    expect(rows).toEqual([
      { bench: 'mix', case: '256 clips', value: 4, unit: 'ms', peer: 'native', peerValue: 80, ratio: 20 },
    ]);
  });

  it('judges ratios by at least and values by at most', () => {
    const peer = { peer: 'native', peerValue: 80, better: 'lower' } as const;
    const reached = [8, 5, 20].map(
      (value) =>
        rowOf('mix', { case: 'any', value, unit: 'ms', ...peer, goal: { of: 'ratio', must: 8, aim: 12 } }).reached,
    );
    expect(reached).toEqual(['must', 'aim', 'neither']);
    const values = [301, 300, 150].map(
      (value) => rowOf('cold', { case: 'any', value, unit: 'KB', goal: { of: 'value', must: 300, aim: 150 } }).reached,
    );
    expect(values).toEqual(['neither', 'must', 'aim']);
  });
});
