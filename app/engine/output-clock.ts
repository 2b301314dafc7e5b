// Tells which master frame is at the listener's ears now.

/** What the clock asks of a running context. */
export type TimedContext = Pick<AudioContext, 'sampleRate' | 'state' | 'outputLatency' | 'getOutputTimestamp'>;

/** No device delays by more; what says so is wrong. */
const longestLatencySeconds = 1;

/**
 * @param renderedFrame the master frame that is rendered next
 * @param contextOffset context frame minus master frame
 * @param now milliseconds of performance.now()
 */
export function heardFrame(
  context: TimedContext | undefined,
  renderedFrame: number,
  contextOffset: number,
  now: number,
): number {
  if (context?.state !== 'running') return renderedFrame;
  const { contextTime = 0, performanceTime = 0 } = context.getOutputTimestamp();
  const frame =
    performanceTime > 0
      ? (contextTime + (now - performanceTime) / 1000) * context.sampleRate - contextOffset
      : renderedFrame - context.outputLatency * context.sampleRate;
  const earliest = renderedFrame - longestLatencySeconds * context.sampleRate;
  return Math.min(renderedFrame, Math.max(earliest, frame));
}
