// Where the things of a lane stand.
import { describe, expect, it } from 'vitest';
import { neighbourOf, placesOf } from './lane-places.ts';

const view = { left: 10, secondsPerPixel: 0.1, top: 0, width: 400, height: 300 };
const items = [
  { id: 'far left', time: -20 },
  { id: 'first', time: 10 },
  { id: 'second', time: 14 },
  { id: 'far right', time: 60 },
];

describe('placesOf', () => {
  it('gives what is in sight its pixel and the room up to the next', () => {
    expect([...placesOf(items, view)]).toEqual([
      ['first', { x: 0, room: 40, number: 2 }],
      ['second', { x: 40, room: 460, number: 3 }],
    ]);
  });

  it('keeps the one that has the keyboard, wherever it is', () => {
    expect(placesOf(items, view, 'far right').get('far right')).toEqual({
      x: 500,
      room: Number.POSITIVE_INFINITY,
      number: 4,
    });
  });
});

describe('neighbourOf', () => {
  it('leads along the time and stops at the ends', () => {
    expect(neighbourOf(items, 'first', 'ArrowRight')).toBe('second');
    expect(neighbourOf(items, 'first', 'ArrowLeft')).toBe('far left');
    expect(neighbourOf(items, 'far right', 'ArrowRight')).toBe('far right');
    expect(neighbourOf(items, 'second', 'Home')).toBe('far left');
    expect(neighbourOf(items, 'second', 'End')).toBe('far right');
    expect(neighbourOf(items, 'second', 'KeyM')).toBeUndefined();
  });
});
