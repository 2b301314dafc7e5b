// A subtractive voice: detuned oscillators across the stereo field, a moving filter, an envelope.
import type { StereoCanvas } from './canvas.ts';
import { Filter } from './filter.ts';
import { addOscillator, type Oscillator, type Random, SineOscillator, type Wave } from './oscillator.ts';
import { framesPerStep, frequencyOf, type Note, sampleRate } from './score.ts';

export interface Patch {
  readonly wave: Wave;
  /** Oscillators per note, spread evenly in pitch and across the sides. */
  readonly unison: number;
  readonly detuneCents: number;
  /** 0 mono to 1 wide. */
  readonly width: number;
  /** Level of a sine at the note's own pitch. */
  readonly sine: number;
  /** Seconds. */
  readonly attack: number;
  readonly decay: number;
  /** 0 to 1. */
  readonly sustain: number;
  readonly release: number;
  /** Hz, where the filter rests. */
  readonly cutoff: number;
  /** Octaves above it where the filter begins, and the seconds in which it comes down. */
  readonly sweepOctaves: number;
  readonly sweepSeconds: number;
  readonly resonance: number;
}

/** Frames between two changes of filter and envelope; the envelope is a straight line in between. */
const controlFrames = 16;

export function playNotes(canvas: StereoCanvas, patch: Patch, notes: readonly Note[], random: Random): void {
  for (const note of notes) playNote(canvas, patch, note, random);
}

function playNote(canvas: StereoCanvas, patch: Patch, note: Note, random: Random): void {
  const start = Math.round(note.step * framesPerStep);
  const held = (note.steps * framesPerStep) / sampleRate;
  const frames = Math.ceil((held + patch.release * releaseLength) * sampleRate);
  const oscillators = unisonOf(patch, frequencyOf(note.pitch), random);
  const lowLeft = new Filter('low', patch.cutoff);
  const lowRight = new Filter('low', patch.cutoff);
  const sine = new SineOscillator(frequencyOf(note.pitch) / sampleRate);
  const sineLevel = patch.sine * note.velocity;
  const level = note.velocity / Math.sqrt(patch.unison);
  const blockLeft = new Float32Array(controlFrames);
  const blockRight = new Float32Array(controlFrames);
  let gain = 0;

  for (let block = 0; block < frames; block += controlFrames) {
    const time = block / sampleRate;
    const cutoff = patch.cutoff * 2 ** (patch.sweepOctaves * note.velocity * Math.exp(-time / patch.sweepSeconds));
    lowLeft.tune(cutoff, patch.resonance);
    lowRight.tune(cutoff, patch.resonance);
    const step = (envelopeAt(patch, time + controlFrames / sampleRate, held) - gain) / controlFrames;
    blockLeft.fill(0);
    blockRight.fill(0);
    for (const oscillator of oscillators) addOscillator(patch.wave, oscillator, blockLeft, blockRight);
    for (let frame = 0; frame < controlFrames; frame++) {
      const tone = sineLevel * sine.next();
      gain += step;
      canvas.add(
        start + block + frame,
        (lowLeft.process((blockLeft[frame] ?? 0) * level) + tone) * gain,
        (lowRight.process((blockRight[frame] ?? 0) * level) + tone) * gain,
      );
    }
  }
}

function unisonOf({ unison, detuneCents, width }: Patch, frequency: number, random: Random): Oscillator[] {
  return Array.from({ length: unison }, (_, index) => {
    const place = unison === 1 ? 0 : (2 * index) / (unison - 1) - 1;
    const angle = ((place * width + 1) * Math.PI) / 4;
    return {
      phase: random.next(),
      increment: (frequency * 2 ** ((place * detuneCents) / 1200)) / sampleRate,
      left: Math.cos(angle) * Math.SQRT2,
      right: Math.sin(angle) * Math.SQRT2,
    };
  });
}

/** Release times after which a voice has reached silence. */
const releaseLength = 4;
const releaseEnd = Math.exp(-releaseLength);

/** Attack in a raised cosine, then exponentials, as in analogue envelopes; the last one ends at zero. */
function envelopeAt({ attack, decay, sustain, release }: Patch, time: number, held: number): number {
  const level = envelopeWhileHeld(attack, decay, sustain, Math.min(time, held));
  if (time <= held) return level;
  return (level * Math.max(0, Math.exp((held - time) / release) - releaseEnd)) / (1 - releaseEnd);
}

function envelopeWhileHeld(attack: number, decay: number, sustain: number, time: number): number {
  if (time < attack) return 0.5 - 0.5 * Math.cos((Math.PI * time) / attack);
  return sustain + (1 - sustain) * Math.exp((attack - time) / decay);
}
