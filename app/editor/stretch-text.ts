// How far a clip is stretched and shifted, as it is written on the clip and beside the pointer.

/** 1.25 is "1.25×"; at most so many decimals as tell neighbouring ratios apart by eye and ear. */
export const ratioText = (ratio: number): string => `${Number(ratio.toFixed(ratio < 1 ? 3 : 2))}×`;

/** "+3", "−0.5"; hundredths of a semitone are cents. */
export function semitonesText(semitones: number): string {
  const size = Number(Math.abs(semitones).toFixed(2));
  return `${size === 0 ? '' : semitones < 0 ? '−' : '+'}${size}`;
}

/** "1.25× +3"; undefined where both leave the sound as it is. */
export function stretchMark({ ratio, semitones }: { ratio: number; semitones: number }): string | undefined {
  const parts = [...(ratio === 1 ? [] : [ratioText(ratio)]), ...(semitones === 0 ? [] : [semitonesText(semitones)])];
  return parts.length > 0 ? parts.join(' ') : undefined;
}
