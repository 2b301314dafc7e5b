import { describe, expect, it } from 'vitest';
import { SlotTable } from './slots.ts';

describe('SlotTable', () => {
  it('gives each id one slot, up to its limit', () => {
    const slots = new SlotTable(2);
    expect([slots.take('a'), slots.take('b'), slots.take('a'), slots.take('c')]).toEqual([0, 1, 0, undefined]);
  });

  it('uses a slot again only when it was retired and has drained', () => {
    const slots = new SlotTable(1);
    slots.take('a');
    const slot = slots.release('a');
    slots.drained();
    expect(slots.take('b')).toBeUndefined();
    slots.retire(slot ?? -1);
    expect(slots.take('b')).toBeUndefined();
    slots.drained();
    expect(slots.take('b')).toBe(0);
  });
});
