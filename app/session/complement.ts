// Differences of numbers that add up again exactly.

/**
 * What is left of `total` without `part`, such that `part + rest` is `total` to the last bit. Both not negative, `part`
 * not above `total`: the rest is then never coarser than the total, so that one of the neighbours of the difference fits.
 */
export function complement(total: number, part: number): number {
  const difference = total - part;
  if (part + difference === total) return difference;
  const step = Math.max(Number.MIN_VALUE, difference * Number.EPSILON);
  for (const rest of [difference - step, difference + step]) if (part + rest === total) return rest;
  return difference;
}
