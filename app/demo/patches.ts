// The sounds of the demo's synthesiser.
import type { Patch } from './synth.ts';

export const bassPatch: Patch = {
  wave: 'saw',
  unison: 2,
  detuneCents: 5,
  width: 0,
  sine: 0.8,
  attack: 0.004,
  decay: 0.28,
  sustain: 0.55,
  release: 0.035,
  cutoff: 240,
  sweepOctaves: 2.9,
  sweepSeconds: 0.11,
  resonance: 1.1,
};

export const chordPatch: Patch = {
  wave: 'saw',
  unison: 3,
  detuneCents: 9,
  width: 0.8,
  sine: 0.35,
  attack: 0.006,
  decay: 0.3,
  sustain: 0.3,
  release: 0.11,
  cutoff: 760,
  sweepOctaves: 2.3,
  sweepSeconds: 0.16,
  resonance: 0.9,
};

export const padPatch: Patch = {
  wave: 'saw',
  unison: 3,
  detuneCents: 13,
  width: 1,
  sine: 0.12,
  attack: 0.55,
  decay: 2,
  sustain: 0.85,
  release: 0.4,
  cutoff: 1500,
  sweepOctaves: -0.7,
  sweepSeconds: 0.9,
  resonance: 0.72,
};

export const pluckPatch: Patch = {
  wave: 'square',
  unison: 2,
  detuneCents: 6,
  width: 0.35,
  sine: 0.4,
  attack: 0.002,
  decay: 0.16,
  sustain: 0.04,
  release: 0.09,
  cutoff: 1150,
  sweepOctaves: 2.8,
  sweepSeconds: 0.09,
  resonance: 1.3,
};

export const finalPatch: Patch = {
  ...padPatch,
  attack: 0.02,
  decay: 1.1,
  sustain: 0.3,
  release: 0.9,
  cutoff: 1500,
  sweepOctaves: 1.6,
};
