// The last ten minutes of what the engine was doing, one sample per second (GET_METRICS_HISTORY).

export interface MetricsSample {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** 0 to 1: share of real time the audio thread was busy since the sample before. */
  readonly load: number;
  readonly memoryMegabytes: number;
  readonly activeVoices: number;
  /** Voice-frames of silence for want of a page, since the engine began. */
  readonly starvedFrames: number;
  readonly pagesResident: number;
}

const capacity = 600;

/** A ring of samples; the oldest makes room. */
export class MetricsHistory {
  readonly #samples: MetricsSample[] = [];

  add(sample: MetricsSample): void {
    this.#samples.push(sample);
    if (this.#samples.length > capacity) this.#samples.shift();
  }

  samples(): readonly MetricsSample[] {
    return [...this.#samples];
  }
}
