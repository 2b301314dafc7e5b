// The movement of meters, in figures.
import { expect, it } from 'vitest';
import { MeterBallistics } from './meter-ballistics.ts';

function run(meter: MeterBallistics, milliseconds: number): void {
  for (let time = 0; time < milliseconds; time += 10) meter.update(0, 10);
}

it('rises at once and falls 20 dB in 1.7 s', () => {
  const meter = new MeterBallistics();
  meter.update(1, 16);
  expect(meter.level).toBe(0);
  run(meter, 1700);
  expect(meter.level).toBeCloseTo(-20, 6);
});

it('holds the peak for 1.5 s', () => {
  const meter = new MeterBallistics();
  meter.update(0.5, 16);
  run(meter, 1500);
  expect(meter.peak).toBeCloseTo(-6.02, 2);
  run(meter, 850);
  expect(meter.peak).toBeCloseTo(-16.02, 2);
});

it('comes to rest at -60 dB', () => {
  const meter = new MeterBallistics();
  meter.update(1, 16);
  run(meter, 8000);
  expect([meter.level, meter.peak, meter.resting]).toEqual([-60, -60, true]);
});
