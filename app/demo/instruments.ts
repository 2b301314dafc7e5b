// Each part of the demo, played, treated and brought to its level.
import { StereoCanvas } from './canvas.ts';
import { closedHatHits, ghostHits, kickHits, openHatHits, playHat, playKick, playSnare, snareHits } from './drums.ts';
import { chorus, ducking, pingPong, saturation } from './effects.ts';
import { Filter, stereoFilter } from './filter.ts';
import { Random } from './oscillator.ts';
import { bassPatch, chordPatch, finalPatch, padPatch, pluckPatch } from './patches.ts';
import { reverb } from './reverb.ts';
import {
  bassLine,
  chordStabs,
  finalChord,
  framesPerBar,
  framesPerBeat,
  padChords,
  pluckMelody,
  sampleRate,
} from './score.ts';
import { playNotes } from './synth.ts';

const drumBars = 2;
const tonalBars = 4;
const kickBeats = [0, 1.5, 2.5];
/** The peak of every part, just below full scale; how loud it plays is up to its lane. */
const fullLevel = 0.92;
const rumble = () => stereoFilter('high', 24);

export function makeKick(): StereoCanvas {
  const canvas = new StereoCanvas(framesPerBar * drumBars, true);
  const random = new Random(11);
  for (const hit of kickHits) playKick(canvas, hit, random);
  return canvas.apply(rumble()).normalise(fullLevel);
}

export function makeSnare(): StereoCanvas {
  const canvas = new StereoCanvas(framesPerBar * drumBars, true);
  const random = new Random(23);
  for (const hit of [...snareHits, ...ghostHits]) playSnare(canvas, hit, random);
  return canvas.apply(saturation(1.4), reverb(0.16, 0.55, 0.6), stereoFilter('high', 110)).normalise(fullLevel);
}

export function makeHats(): StereoCanvas {
  const canvas = new StereoCanvas(framesPerBar * drumBars, true);
  const random = new Random(37);
  for (const hit of closedHatHits) playHat(canvas, hit, random, 0.028, 0.25);
  for (const hit of openHatHits) playHat(canvas, hit, random, 0.13, -0.2);
  return canvas.apply(reverb(0.05, 0.4, 0.8), stereoFilter('high', 3000)).normalise(fullLevel);
}

export function makeBass(): StereoCanvas {
  const canvas = new StereoCanvas(framesPerBar * tonalBars, true);
  playNotes(canvas, bassPatch, bassLine, new Random(41));
  return canvas.apply(saturation(1.6), ducking(kickBeats, 0.35, 0.09), rumble()).normalise(fullLevel);
}

export function makeChords(): StereoCanvas {
  const canvas = new StereoCanvas(framesPerBar * tonalBars, true);
  playNotes(canvas, chordPatch, chordStabs, new Random(53));
  return canvas
    .apply(
      saturation(0.5),
      stereoFilter('high', 160),
      chorus(0.5, framesPerBar),
      reverb(0.2, 1.1, 0.45),
      ducking(kickBeats, 0.3, 0.1),
    )
    .normalise(fullLevel);
}

export function makePad(): StereoCanvas {
  const canvas = new StereoCanvas(framesPerBar * tonalBars, true);
  playNotes(canvas, padPatch, padChords, new Random(67));
  return canvas
    .apply(
      stereoFilter('high', 140),
      chorus(0.6, framesPerBar * 2),
      reverb(0.35, 2.2, 0.35),
      ducking(kickBeats, 0.4, 0.13),
    )
    .normalise(fullLevel);
}

export function makePluck(): StereoCanvas {
  const canvas = new StereoCanvas(framesPerBar * tonalBars, true);
  playNotes(canvas, pluckPatch, pluckMelody, new Random(71));
  return canvas
    .apply(stereoFilter('high', 220), pingPong(0.42, 0.42, framesPerBeat * 0.75), reverb(0.16, 1.4, 0.5))
    .normalise(fullLevel);
}

/** A bar of rising noise, then the crash it leads to and two bars of its room. */
export function makeRise(): StereoCanvas {
  const canvas = new StereoCanvas(framesPerBar * 3, false);
  const random = new Random(83);
  const filters = [new Filter('band', 400, 1.6), new Filter('band', 400, 1.6)] as const;
  for (let frame = 0; frame < framesPerBar; frame++) {
    const progress = frame / framesPerBar;
    if (frame % 16 === 0) for (const filter of filters) filter.tune(350 * 2 ** (4.6 * progress), 1.6);
    const gain = 0.55 * progress ** 2.2 * Math.min(1, (1 - progress) * 60);
    canvas.add(frame, filters[0].process(random.noise()) * gain, filters[1].process(random.noise()) * gain);
  }
  const crash = [new Filter('high', 3400), new Filter('high', 3400)] as const;
  for (let frame = 0; frame < framesPerBar * 1.5; frame++) {
    const time = frame / sampleRate;
    const gain = 0.5 * Math.min(1, time / 0.002) * (0.6 * Math.exp(-time / 0.09) + 0.4 * Math.exp(-time / 0.6));
    canvas.add(framesPerBar + frame, crash[0].process(random.noise()) * gain, crash[1].process(random.noise()) * gain);
  }
  return canvas.apply(reverb(0.3, 1.8, 0.6), stereoFilter('high', 200)).normalise(fullLevel);
}

/** The last chord and its room, until nothing is left. */
export function makeEnding(): StereoCanvas {
  const canvas = new StereoCanvas(framesPerBar * 2, false);
  const random = new Random(97);
  playNotes(
    canvas,
    finalPatch,
    finalChord.map((pitch) => ({ step: 0, steps: 16, pitch, velocity: 1 })),
    random,
  );
  playNotes(canvas, pluckPatch, [{ step: 0, steps: 2, pitch: 81, velocity: 0.9 }], random);
  playNotes(canvas, bassPatch, [{ step: 0, steps: 8, pitch: 33, velocity: 0.8 }], random);
  canvas.apply(rumble(), chorus(0.5, framesPerBar), reverb(0.4, 2.4, 0.4));
  return fadeOut(canvas, framesPerBar / 2).normalise(fullLevel);
}

function fadeOut(canvas: StereoCanvas, frames: number): StereoCanvas {
  for (let frame = 0; frame < frames; frame++) {
    const at = canvas.frames - frames + frame;
    const gain = 0.5 + 0.5 * Math.cos((Math.PI * (frame + 1)) / frames);
    canvas.left[at] = (canvas.left[at] ?? 0) * gain;
    canvas.right[at] = (canvas.right[at] ?? 0) * gain;
  }
  return canvas;
}
