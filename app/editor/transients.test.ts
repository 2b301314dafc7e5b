import { describe, expect, it } from 'vitest';
import type { SoundOnsets } from '../core/onset-format.ts';
import { moveClips } from './gestures/move-clips.ts';
import { trimClips } from './gestures/trim-clips.ts';
import { at, clipNamed, contextOf, sceneOf, view } from './testing/fixtures.ts';
import { Transients, transientsOf } from './transients.ts';

const scene = sceneOf();
const a = clipNamed(scene, 'a');
const b = clipNamed(scene, 'b');
/** Seconds in the file: a plays 2 to 4 from 1 s on, b plays 0 to 2 from 4 s on. */
const onsets = Float64Array.of(0, 0.5, 1.53, 2, 2.517, 3.25, 4, 6);

const sound: SoundOnsets = { onsets, strengths: new Float32Array(onsets.length), tempo: null };

describe('the transients of a clip', () => {
  it('are those inside the part of the file it plays, where it plays them', () => {
    expect([...transientsOf(a, onsets, 0, 10)]).toEqual([1.517, 2.25].map((time) => expect.closeTo(time, 12)));
    expect([...transientsOf(b, onsets, 4.7, 10)]).toEqual([expect.closeTo(5.53, 12)]);
    expect(transientsOf(a, onsets, 4, 5)).toHaveLength(0);
  });

  it('lie apart as far as the clip is stretched', () => {
    const stretched = { ...a, end: a.start + 4, ratio: 2 };
    expect([...transientsOf(stretched, onsets, 0, 10)]).toEqual([2.034, 3.5].map((time) => expect.closeTo(time, 12)));
  });

  it('are asked for once per sound, and then there', async () => {
    const asked: string[] = [];
    let loaded = 0;
    const source = {
      onsets: async (hash: string) => {
        asked.push(hash);
        return sound;
      },
    };
    const transients = new Transients(source, 1 << 20, () => loaded++);
    expect(transients.in(a, 0, 10)).toHaveLength(0);
    expect(await transients.of(b)).toEqual(transientsOf(b, onsets, 0, 10));
    expect([asked, loaded]).toEqual([[a.hash], 1]);
    expect(transients.in(a, 0, 10)).toHaveLength(2);
  });

  it('are not asked for again by painters after a failure, but by whoever wants them all', async () => {
    let asked = 0;
    const failing = { onsets: () => Promise.reject(new Error(`attempt ${++asked}`)) };
    const transients = new Transients(failing, 1 << 20, () => undefined);
    await expect(transients.of(a)).rejects.toThrow('attempt 1');
    expect(transients.in(a, 0, 10)).toHaveLength(0);
    expect(asked).toBe(1);
    await expect(transients.of(a)).rejects.toThrow('attempt 2');
  });
});

describe('snapping to transients', () => {
  const snapTo = { grid: false, markers: false, transients: true };
  const context = contextOf({
    scene,
    snapping: true,
    snapTo,
    transientsIn: (clip, from, to) => transientsOf(clip, onsets, from, to),
  });

  it('a moved clip’s start catches an attack of another clip', () => {
    const gesture = moveClips(context, a, at(120, 40));
    // A start at 3 s is within 8 pixels of c’s attack at 3.03 s.
    const preview = gesture.move(context, at(320, 40));
    expect(preview.line).toBeCloseTo(3.03, 12);
    expect(preview.ghosts?.[0]?.start).toBeCloseTo(3.03, 12);
  });

  it('a clip held at one of its attacks brings that one to the edge of another', () => {
    const gesture = moveClips(context, a, at(224, 40));
    const preview = gesture.move(context, at(547, 40));
    expect(preview.line).toBe(5.5);
    expect(preview.ghosts?.[0]?.start).toBeCloseTo(1 + 5.5 - 2.25, 12);
  });

  it('a trimmed edge catches an attack of its own clip', () => {
    const preview = trimClips(context, a, 'left', at(100, 40)).move(context, at(154, 40));
    expect(preview.ghosts?.[0]?.start).toBeCloseTo(1.517, 12);
  });

  it('catches none where they are not drawn, nor when they are switched off', () => {
    const far = { ...context, view: { ...view, secondsPerPixel: 0.026 } };
    const off = { ...context, snapTo: { ...snapTo, transients: false } };
    for (const other of [far, off]) {
      const edge = 1 / other.view.secondsPerPixel;
      const target = 1.5 / other.view.secondsPerPixel;
      const preview = trimClips(other, a, 'left', at(edge, 40)).move(other, at(target, 40));
      expect(preview.ghosts?.[0]?.start).toBeCloseTo(1.5, 12);
    }
  });

  it('catches no grid line where the grid is switched off', () => {
    const gridOff = contextOf({ scene, snapping: true, snapTo: { grid: false, markers: true, transients: false } });
    const preview = trimClips(gridOff, a, 'left', at(100, 40)).move(gridOff, at(148, 40));
    expect(preview.line).toBeUndefined();
  });
});
