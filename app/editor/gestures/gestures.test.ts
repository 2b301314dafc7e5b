import { describe, expect, it } from 'vitest';
import { at, clip, clipNamed, clips, contextOf, layout, sceneOf, view } from '../testing/fixtures.ts';
import type { Outcome, Preview } from './gesture.ts';
import { setLoopRange } from './loop-range.ts';
import { marquee } from './marquee.ts';
import { moveClips } from './move-clips.ts';
import { edgeScroll, pinch, wheel } from './navigate.ts';
import { gestureFor, hitAt, PointerTool, stretches, type ToolHost } from './pointer-tool.ts';
import { seek } from './seek.ts';
import { setFade } from './set-fade.ts';
import { stretchClips } from './stretch-clips.ts';
import { trimClips } from './trim-clips.ts';

const context = contextOf();
const a = clipNamed(context.scene, 'a');

describe('moving clips', () => {
  it('previews and commits one command in time and across lanes', () => {
    const gesture = moveClips(context, a, at(150, 40));
    const preview = gesture.move(context, at(250, 40 + 84));
    expect(preview.ghosts?.map(({ start, lane }) => [start, lane])).toEqual([[2, 1]]);
    expect(gesture.commit(context).command).toEqual({
      cmd: 'MOVE_CLIP',
      clip_id: 'a',
      play_position: 2,
      group_id: 'two',
    });
  });

  it('stops at zero with the earliest of the selection and makes one step of all', () => {
    const both = contextOf({ selected: new Set(['a', 'c']) });
    const gesture = moveClips(both, clipNamed(both.scene, 'c'), at(300, 100));
    gesture.move(both, at(0, 100));
    expect(gesture.commit(both).command).toEqual({
      cmd: 'BATCH',
      label: 'Move clips',
      commands: [
        { cmd: 'MOVE_CLIP', clip_id: 'a', play_position: 0 },
        { cmd: 'MOVE_CLIP', clip_id: 'c', play_position: 1.5 },
      ],
    });
  });

  it('makes a lane in the same step when dropped below the last one', () => {
    const gesture = moveClips(context, a, at(150, 40));
    gesture.move(context, at(150, 300));
    const { command } = gesture.commit(context);
    const commands = command?.cmd === 'BATCH' ? command.commands : [];
    expect(commands.map(({ cmd }) => cmd)).toEqual(['CREATE_GROUP', 'MOVE_CLIP']);
    const [lane, move] = commands;
    expect(lane?.cmd === 'CREATE_GROUP' && move?.cmd === 'MOVE_CLIP' && lane.id === move.group_id).toBe(true);
  });

  it('copies with every property when Ctrl was held, and selects the copy', () => {
    const gesture = moveClips(context, a, at(150, 40, { mod: true }));
    gesture.move(context, at(350, 40));
    const { command, selection } = gesture.commit(context);
    expect(command).toMatchObject({
      cmd: 'ADD_CLIP',
      play_position: 3,
      start_offset: 2,
      end_offset: 4,
      group_id: 'one',
    });
    expect(command?.cmd === 'ADD_CLIP' && [...(selection ?? [])]).toEqual([command?.cmd === 'ADD_CLIP' && command.id]);
  });

  it('snaps to the grid within 8 pixels, and not while Alt is held', () => {
    const snapping = contextOf({ snapping: true });
    const gesture = moveClips(snapping, clipNamed(snapping.scene, 'a'), at(150, 40));
    expect(gesture.move(snapping, at(247, 40))).toMatchObject({ line: 2, words: '2  0:02.000' });
    expect(gesture.move(snapping, at(247, 40, { alt: true })).ghosts?.[0]?.start).toBeCloseTo(1.97, 12);
  });

  it('is nothing when it ends where it began', () => {
    const gesture = moveClips(context, a, at(150, 40));
    gesture.move(context, at(150, 40));
    expect(gesture.commit(context)).toEqual({});
  });
});

describe('trimming and fading', () => {
  it('trims the left edge to the start of the file and no further', () => {
    const gesture = trimClips(context, clipNamed(context.scene, 'c'), 'left', at(250, 100));
    const preview = gesture.move(context, at(50, 100));
    expect(preview.ghosts?.map(({ start, sourceStart }) => [start, sourceStart])).toEqual([[1.5, 0]]);
    expect(gesture.commit(context).command).toEqual({ cmd: 'TRIM_CLIP', clip_id: 'c', start_offset: 0 });
  });

  it('trims the right edge down to a millisecond', () => {
    const gesture = trimClips(context, a, 'right', at(300, 40));
    gesture.move(context, at(-500, 40));
    const { command } = gesture.commit(context);
    expect(command?.cmd === 'TRIM_CLIP' && command.end_offset).toBeCloseTo(2.001, 12);
  });

  it('trims what is stretched by stretched time', () => {
    const slow = contextOf({
      scene: sceneOf([clip('slow', 'one', 4, 2, 4, { stretch_algo: 'bungee', stretch_ratio: 1.5 })]),
    });
    const grabbed = clipNamed(slow.scene, 'slow');
    const right = trimClips(slow, grabbed, 'right', at(700, 40));
    expect(right.move(slow, at(850, 40)).ghosts?.map(({ end, sourceEnd }) => [end, sourceEnd])).toEqual([[8.5, 5]]);
    expect(right.commit(slow).command).toEqual({ cmd: 'TRIM_CLIP', clip_id: 'slow', end_offset: 5 });
    const left = trimClips(slow, grabbed, 'left', at(400, 40));
    // The file begins 3 s of stretched time before the clip.
    expect(left.move(slow, at(-500, 40)).ghosts?.map(({ start }) => start)).toEqual([1]);
    expect(left.commit(slow).command).toEqual({ cmd: 'TRIM_CLIP', clip_id: 'slow', start_offset: 0 });
  });

  it('sets a fade by its handle, at most the clip’s length', () => {
    const gesture = setFade(context, a, 'in');
    gesture.move(context, at(150, 23));
    expect(gesture.commit(context).command).toEqual({ cmd: 'SET_CLIP', clip_id: 'a', fade_in: 0.5 });
    gesture.move(context, at(900, 23));
    expect(gesture.commit(context).command).toEqual({ cmd: 'SET_CLIP', clip_id: 'a', fade_in: 2 });
  });
});

describe('what was dragged at an edge or a corner is selected, as what was moved is', () => {
  const grips = {
    trimmed: (from: typeof context) => trimClips(from, clipNamed(from.scene, 'a'), 'right', at(300, 40)),
    stretched: (from: typeof context) => stretchClips(from, clipNamed(from.scene, 'a'), 'right', at(300, 40)),
    faded: (from: typeof context) => setFade(from, clipNamed(from.scene, 'a'), 'out'),
  };
  for (const [name, grip] of Object.entries(grips)) {
    it(`${name}: alone, or with the selection it belongs to`, () => {
      const gesture = grip(context);
      gesture.move(context, at(250, 40));
      expect(gesture.commit(context).selection).toEqual(new Set(['a']));
      const both = contextOf({ selected: new Set(['a', 'c']) });
      const ofBoth = grip(both);
      ofBoth.move(both, at(250, 40));
      expect(ofBoth.commit(both).selection).toEqual(new Set(['a', 'c']));
    });

    it(`${name}: not where nothing has changed`, () => {
      const gesture = grip(context);
      gesture.move(context, at(300, 40));
      expect(gesture.commit(context)).toEqual({});
    });
  }
});

describe('stretching', () => {
  it('stretches from the edge that stays, with ratio, length and tempo in words', () => {
    const known = contextOf({ tempoOf: () => 120 });
    const gesture = stretchClips(known, a, 'right', at(300, 40));
    const preview = gesture.move(known, at(400, 40));
    expect(preview.ghosts).toMatchObject([{ start: 1, end: 4, ratio: 1.5, sourceStart: 2, sourceEnd: 4 }]);
    expect(preview.words).toBe('1.5×  0:03.000  80.0 bpm');
    expect(gesture.commit(known).command).toEqual({ cmd: 'STRETCH_CLIP', clip_id: 'a', edge: 'end', position: 4 });
    expect(stretchClips(context, a, 'left', at(100, 40)).move(context, at(200, 40)).words).toBe('0.5×  0:01.000');
  });

  it('snaps the edge, and says nothing of a line it could not reach', () => {
    const snapping = contextOf({ snapping: true });
    const gesture = stretchClips(snapping, a, 'right', at(300, 40, { alt: true }));
    expect(gesture.move(snapping, at(247, 40, { alt: true }))).toMatchObject({ line: 2.5, ghosts: [{ end: 2.5 }] });
    const least = gesture.move(snapping, at(100, 40, { alt: true }));
    expect(least.ghosts?.[0]?.ratio).toBeCloseTo(0.1, 12);
    expect(least.line).toBeUndefined();
  });

  it('snaps to the sound’s own length and to the tempo of the timeline', () => {
    const half = clip('a', 'one', 1.01, 0, 4, { stretch_algo: 'bungee', stretch_ratio: 0.5 });
    const snapTo = { grid: false, markers: false, transients: false };
    const known = contextOf({ scene: sceneOf([half]), snapping: true, snapTo, tempoOf: () => 90 });
    const gesture = stretchClips(known, clipNamed(known.scene, 'a'), 'right', at(301, 40));
    const ratioAt = (x: number) => gesture.move(known, at(x, 40)).ghosts?.[0]?.ratio;
    expect(ratioAt(506)).toBeCloseTo(1, 12);
    expect(ratioAt(396)).toBeCloseTo(90 / 120, 12);
    expect(ratioAt(450)).toBeCloseTo(0.8725, 12);
  });

  it('stretches the whole selection by one factor, each as far as it can be', () => {
    const slow = clip('slow', 'two', 10, 0, 1, { stretch_algo: 'bungee', stretch_ratio: 8 });
    const both = contextOf({ scene: sceneOf([...clips(), slow]), selected: new Set(['b', 'slow']) });
    const gesture = stretchClips(both, clipNamed(both.scene, 'b'), 'right', at(600, 40));
    const preview = gesture.move(both, at(800, 40));
    expect(preview.ghosts?.map(({ end, ratio }) => [end, ratio])).toEqual([
      [8, 2],
      [20, 10],
    ]);
    expect(gesture.commit(both).command).toMatchObject({
      label: 'Stretch clips',
      commands: [
        { clip_id: 'b', position: 8 },
        { clip_id: 'slow', position: 20 },
      ],
    });
  });

  it('draws a clip out to the start of the timeline and no further, its fades cut down to what is left', () => {
    const faded = sceneOf([clip('a', 'one', 1, 2, 4, { fade_in: 1.5 })]);
    const drawn = contextOf({ scene: faded });
    const gesture = stretchClips(drawn, clipNamed(faded, 'a'), 'left', at(100, 40));
    expect(gesture.move(drawn, at(-300, 40)).ghosts).toMatchObject([{ start: 0, end: 3, ratio: 1.5, fadeIn: 1.5 }]);
    expect(gesture.move(drawn, at(200, 40)).ghosts).toMatchObject([{ start: 2, end: 3, ratio: 0.5, fadeIn: 1 }]);
  });

  it('with ripple leaves the clip where it begins', () => {
    const rippling = contextOf({ ripple: true });
    const gesture = stretchClips(rippling, a, 'left', at(100, 40));
    expect(gesture.move(rippling, at(0, 40)).ghosts).toMatchObject([{ start: 1, end: 4, ratio: 1.5 }]);
    expect(gesture.commit(rippling).command).toMatchObject({ edge: 'start', position: 0, ripple: true });
  });

  it('is nothing when the edge is where it was', () => {
    const gesture = stretchClips(context, a, 'right', at(300, 40));
    gesture.move(context, at(350, 40));
    gesture.move(context, at(300, 40));
    expect(gesture.commit(context)).toEqual({});
  });

  it('is what edges do with Alt, or without where the tool is chosen', () => {
    const hit = hitAt(context, at(299, 40));
    const chosen = contextOf({ stretching: true });
    for (const alt of [false, true]) {
      expect(stretches(context, hit, at(299, 40, { alt }))).toBe(alt);
      expect(stretches(chosen, hit, at(299, 40, { alt }))).toBe(!alt);
    }
    expect(gestureFor(chosen, hit, at(299, 40)).cursor).toBe('col-resize');
    expect(stretches(chosen, hitAt(chosen, at(200, 60)), at(200, 60))).toBe(false);
  });
});

describe('ruler and frame', () => {
  it('seeks once, where the pointer was let go', () => {
    const gesture = seek(at(100, -10));
    expect(gesture.move(context, at(102, -10)).scrub).toBeUndefined();
    expect(gesture.move(context, at(321, -10)).playhead).toBeCloseTo(3.21, 12);
    expect(gesture.commit(context).command).toEqual({ cmd: 'TIMELINE_SEEK', timeline_id: 'timeline', to: 3.21 });
  });

  it('is heard where the hand is while it drags, though the playhead snaps', () => {
    const snapping = contextOf({ snapping: true });
    const preview = seek(at(100, -10)).move(snapping, at(297, -10));
    expect(preview.scrub).toBeCloseTo(2.97, 12);
    expect(preview.playhead).toBe(3);
  });

  it('draws a loop in either direction', () => {
    const gesture = setLoopRange(context, 'empty', at(400, -40));
    gesture.move(context, at(200, -40));
    expect(gesture.commit(context).command).toMatchObject({ loop: { start: 2, end: 4 }, enabled: true });
  });

  it('selects what the frame touches, added to what Shift keeps', () => {
    const kept = contextOf({ selected: new Set(['b']) });
    const gesture = marquee(kept, at(260, 100, { shift: true }));
    const preview = gesture.move(kept, at(280, 20));
    expect(preview.marquee).toEqual({ x: 260, y: 20, width: 20, height: 80 });
    expect([...(gesture.commit(kept).selection ?? [])].sort()).toEqual(['a', 'b', 'c']);
  });
});

describe('navigation', () => {
  const turn = { x: 500, deltaX: 0, deltaY: 200, shift: false, mod: false };

  it('zooms by Ctrl, scrolls along by Shift, down by itself', () => {
    expect(wheel(view, { ...turn, mod: true }, 800).secondsPerPixel).toBeCloseTo(0.02, 12);
    expect(wheel(view, { ...turn, shift: true }, 800).left).toBeCloseTo(2, 12);
    expect(wheel(view, turn, 800).top).toBe(200);
    expect(wheel(view, turn, 300).left).toBeCloseTo(2, 12);
  });

  it('keeps what is between two fingers between them', () => {
    const from = [at(100, 50), at(300, 50)] as const;
    const pinched = pinch(view, from, [at(200, 80), at(600, 80)]);
    expect(pinched.secondsPerPixel).toBeCloseTo(0.005, 12);
    expect(pinched.left).toBeCloseTo(0, 12);
    expect(pinched.top).toBe(-30);
  });

  it('scrolls at the edges up to 24 pixels per frame', () => {
    expect(edgeScroll(view, { x: 500, y: 200 })).toEqual({ x: 0, y: 0 });
    expect(edgeScroll(view, { x: 2, y: 200 }).x).toBe(-10);
    expect(edgeScroll(view, { x: 2000, y: 200 }).x).toBe(24);
  });
});

describe('the pointer tool', () => {
  function host() {
    const seen: { previews: (Preview | undefined)[]; outcomes: Outcome[]; clicks: string[]; scrolling: number } = {
      previews: [],
      outcomes: [],
      clicks: [],
      scrolling: 0,
    };
    const toolHost: ToolHost = {
      context: () => contextOf({ scene: sceneOf(), layout }),
      show: (preview) => seen.previews.push(preview),
      apply: (outcome) => seen.outcomes.push(outcome),
      click: (hit) => seen.clicks.push(hit.kind),
      scrollAtEdges: () => {
        seen.scrolling++;
        return () => seen.scrolling--;
      },
    };
    return { tool: new PointerTool(toolHost), seen };
  }

  it('clicks below 4 pixels of movement and drags from there', () => {
    const { tool, seen } = host();
    tool.down(at(200, 60));
    tool.move(at(203, 60));
    tool.up();
    expect(seen).toMatchObject({ clicks: ['clip'], outcomes: [], previews: [] });
    tool.down(at(200, 60));
    tool.move(at(204, 60));
    expect(tool.cursor).toBe('grabbing');
    tool.up();
    expect(seen.outcomes).toHaveLength(1);
    expect(seen.scrolling).toBe(0);
  });

  it('leaves no trace when cancelled', () => {
    const { tool, seen } = host();
    tool.down(at(200, 60));
    tool.move(at(300, 60));
    tool.cancel();
    tool.up();
    expect(seen.outcomes).toEqual([]);
    expect(seen.previews.at(-1)).toBeUndefined();
    expect(seen.scrolling).toBe(0);
  });

  it('scrolls by a finger on what is not selected', () => {
    const { tool, seen } = host();
    tool.down(at(200, 60, { touch: true }));
    tool.move(at(150, 60, { touch: true }));
    expect(seen.previews.at(-1)?.view?.left).toBeCloseTo(0.5, 12);
  });
});
