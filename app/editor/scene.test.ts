import { describe, expect, it } from 'vitest';
import { hitLanes, hitRuler, mouseReach, touchReach } from './hit-test.ts';
import { IntervalIndex } from './interval-index.ts';
import { clipRect, laneAt, lanesInSight } from './layout.ts';
import { stretchMark } from './stretch-text.ts';
import { clip, clipNamed, layout, sceneOf, view } from './testing/fixtures.ts';

const part = (x: number, y: number, reach = mouseReach): string => {
  const hit = hitLanes(sceneOf(), layout, view, x, y, reach);
  return hit.kind === 'clip' ? `${hit.clip.id} ${hit.part}` : `${hit.kind} ${hit.kind === 'lane' ? hit.lane : ''}`;
};

describe('scene and layout', () => {
  it('resolves clips to seconds, lanes and sorted edges', () => {
    const scene = sceneOf();
    expect(scene.lanes).toHaveLength(2);
    expect(scene.end).toBe(6);
    expect([...scene.edges]).toEqual([1, 2.5, 3, 4, 5.5, 6]);
    expect(clipRect(layout, view, clipNamed(scene, 'c'))).toEqual({ x: 250, y: 86, width: 300, height: 80 });
  });

  it('adds a lane for clips without a group, below the others', () => {
    const scene = sceneOf([clip('loose', null, 0, 0, 1)]);
    expect(scene.lanes).toHaveLength(3);
    expect(clipNamed(scene, 'loose').lane).toBe(2);
  });

  it('silences all but soloed clips', () => {
    const scene = sceneOf([clip('a', 'one', 0, 0, 1, { solo: true }), clip('b', 'one', 2, 0, 1)]);
    expect([clipNamed(scene, 'a').silent, clipNamed(scene, 'b').silent]).toEqual([false, true]);
  });

  it('hides frozen clips under the one that stands for them', () => {
    const scene = sceneOf([clip('a', 'one', 1, 0, 1, { frozen_by: 'render' }), clip('render', 'one', 0, 0, 3)]);
    expect([...scene.clips.keys()]).toEqual(['render']);
    expect(clipNamed(scene, 'render').frozen).toBe(true);
    expect([...scene.edges]).toEqual([0, 3]);
    expect(clipNamed(sceneOf(), 'a').frozen).toBeUndefined();
  });

  it('stretches what a clip plays, cuts its fades down to that, and leaves alone what has no stretcher', () => {
    const scene = sceneOf([
      clip('slow', 'one', 1, 2, 4, { stretch_algo: 'bungee', stretch_ratio: 1.5, pitch_shift: -3, fade_in: 2.5 }),
      clip('fast', 'one', 1, 2, 4, { stretch_algo: 'bungee', stretch_ratio: 0.5, fade_out: 2 }),
      clip('plain', 'two', 1, 2, 4, { stretch_ratio: 1.5, pitch_shift: -3 }),
    ]);
    const [slow, fast, plain] = ['slow', 'fast', 'plain'].map((id) => clipNamed(scene, id));
    expect(slow).toMatchObject({ start: 1, end: 4, sourceStart: 2, sourceEnd: 4, fadeIn: 2.5, semitones: -3 });
    expect(fast).toMatchObject({ start: 1, end: 2, fadeOut: 1, semitones: 0 });
    expect(plain).toMatchObject({ start: 1, end: 3, ratio: 1, semitones: 0 });
    expect(scene.end).toBe(4);
    expect([slow, fast, plain].map((shown) => shown && stretchMark(shown))).toEqual(['1.5× −3', '0.5×', undefined]);
  });

  it('visits only what overlaps, long clips that began earlier among it', () => {
    const index = new IntervalIndex([
      { start: 0, end: 100 },
      ...Array.from({ length: 1000 }, (_, at) => ({ start: at, end: at + 0.5 })),
    ]);
    expect(index.between(50.2, 51.2)).toEqual([
      { start: 0, end: 100 },
      { start: 50, end: 50.5 },
      { start: 51, end: 51.5 },
    ]);
    expect(index.nearest(500.7)).toBe(501);
  });

  it('finds lanes on the screen', () => {
    expect(laneAt(layout, { ...view, top: 84 }, 10)).toBe(1);
    expect(laneAt(layout, view, 399)).toBe(2);
    expect(lanesInSight(sceneOf(), layout, { ...view, top: 90 })).toEqual({ first: 1, last: 1 });
  });
});

describe('hit test', () => {
  it('tells body, edges and fade handles apart to the pixel', () => {
    expect(part(200, 60)).toBe('a body');
    expect(part(106, 60)).toBe('a left');
    expect(part(107, 60)).toBe('a body');
    expect(part(294, 60)).toBe('a right');
    expect(part(112, 23)).toBe('a fadeIn');
    expect(part(288, 23)).toBe('a fadeOut');
    expect(part(350, 60)).toBe('lane 0');
    expect(part(350, 300)).toBe('lane 2');
  });

  it('reaches further for fingers', () => {
    expect(part(116, 60, touchReach)).toBe('a left');
  });

  it('takes the topmost of overlapping clips', () => {
    const scene = sceneOf([clip('under', 'one', 0, 0, 4), clip('over', 'one', 1, 0, 2)]);
    const hit = hitLanes(scene, layout, view, 150, 60, mouseReach);
    expect(hit.kind === 'clip' && hit.clip.id).toBe('over');
  });

  it('parts the ruler at 16 pixels', () => {
    expect(hitRuler(sceneOf(), view, 10, 15, mouseReach)).toEqual({ kind: 'loop', part: 'empty' });
    expect(hitRuler(sceneOf(), view, 10, 16, mouseReach)).toEqual({ kind: 'ruler' });
    const looped = { ...sceneOf(), loop: { start: 1, end: 2, enabled: true } };
    expect(hitRuler(looped, view, 104, 3, mouseReach)).toEqual({ kind: 'loop', part: 'left' });
    expect(hitRuler(looped, view, 150, 3, mouseReach)).toEqual({ kind: 'loop', part: 'body' });
  });
});
