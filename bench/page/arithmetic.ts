// Plain arithmetic that takes a known time, to tell what the machine alone does to a measurement.

let sink = 0;
export function spin(steps: number): void {
  for (let step = 0; step < steps; step++) sink = (Math.imul(sink, 1_664_525) + 1_013_904_223) | 0;
}

/** The best of several runs, once the loop is compiled. */
export function stepsPerMillisecond(): number {
  const steps = 1_000_000;
  const runs = Array.from({ length: 10 }, () => {
    const begin = performance.now();
    spin(steps);
    return steps / (performance.now() - begin);
  });
  return Math.max(...runs);
}
