// Heights of lanes: as the window allows, within what is legible.
import { expect, test } from 'vitest';
import { fittingLaneHeight } from './layout.ts';

test('few lanes are tall, many keep 72 px, those between fill the room', () => {
  expect(fittingLaneHeight(1, 700)).toBe(148);
  expect(fittingLaneHeight(40, 700)).toBe(72);
  const height = fittingLaneHeight(7, 700);
  expect(height * 7).toBeLessThanOrEqual(700);
  expect(height * 7).toBeGreaterThan(690 - 7);
});

test('no lanes are no division by zero', () => {
  expect(fittingLaneHeight(0, 700)).toBe(148);
});
