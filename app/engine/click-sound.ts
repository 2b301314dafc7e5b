// The metronome's click as the engine plays it (dsp-wasm/engine/click_player.cpp), for where the engine can't run.

const lengthSeconds = 0.03;
const decaySeconds = 0.007;
const tones = {
  accent: { hertz: 1760, level: 1 },
  beat: { hertz: 1320, level: 0.7 },
} as const;

/** A decaying sine that begins one frame in and ends in silence. */
export function clickSound(kind: keyof typeof tones, sampleRate: number): Float32Array<ArrayBuffer> {
  const { hertz, level } = tones[kind];
  const frames = Math.round(lengthSeconds * sampleRate);
  return Float32Array.from({ length: frames }, (_, frame) => {
    const time = (frame + 1) / sampleRate;
    const taper = 1 - (frame + 1) / frames;
    return level * Math.sin(2 * Math.PI * hertz * time) * Math.exp(-time / decaySeconds) * taper;
  });
}
