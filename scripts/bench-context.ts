// What a benchmark is given: rows to emit, fair measurements, the built page in Chromium.

import { type BenchPage, openPage, type PageOptions } from './bench-page.ts';
import { build } from './build.mjs';
import { type Site, serve } from './serve.mjs';

/** One line of the output; `ratio` says how many times better than the peer we are. */
export interface BenchRow {
  readonly bench: string;
  readonly case: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: string;
  readonly peerValue?: number;
  readonly ratio?: number;
  /** What has to be reached and what is aimed at: ratios and rates at least, other values at most. */
  readonly goalOf?: Goal['of'];
  readonly must?: number;
  readonly aim?: number;
  readonly reached?: 'aim' | 'must' | 'neither';
}

export interface Comparison {
  readonly peer: string;
  readonly peerValue: number;
  /** Which of two values is the better one. */
  readonly better: 'higher' | 'lower';
}

/** A goal is met by a ratio or a rate that is at least so high, or by a value that is at most so high. */
export interface Goal {
  readonly of: 'ratio' | 'rate' | 'value';
  readonly must?: number;
  readonly aim?: number;
}

export interface BenchResult extends Partial<Comparison> {
  readonly case: string;
  readonly value: number;
  readonly unit: string;
  readonly goal?: Goal;
}

export interface BenchContext {
  emit(result: BenchResult): void;
  /** Runs both in turn, `rounds` times (at least 5) after one round to warm up; resolves to the medians. */
  measure<Name extends string>(
    subjects: Readonly<Record<Name, () => Promise<number> | number>>,
    rounds?: number,
  ): Promise<Record<Name, number>>;
  /** The built app in a browser of its own with a fresh profile on disk; closed after the benchmark at the latest. */
  openPage(options?: PageOptions): Promise<BenchPage>;
  /** The built page's folder. */
  folder(): Promise<string>;
}

/** What bench/NAME.bench.ts exports; NAME is its name. */
export interface BenchModule {
  run(context: BenchContext): Promise<void>;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new Error('the median of nothing');
  return (low + high) / 2;
}

/** How many times better `value` is than the peer's. */
export const ratioOf = (value: number, { peerValue, better }: Comparison): number =>
  better === 'higher' ? value / peerValue : peerValue / value;

/** The row of a result: its ratio, and how far it came. */
export function rowOf(bench: string, { goal, ...result }: BenchResult): BenchRow {
  const { case: name, value, unit, peer, peerValue, better } = result;
  const own = { bench, case: name, value, unit };
  const compared =
    peer !== undefined && peerValue !== undefined && better !== undefined
      ? { ...own, peer, peerValue, ratio: ratioOf(value, { peer, peerValue, better }) }
      : own;
  if (!goal) return compared;
  const { of: goalOf, must, aim } = goal;
  const judged = goalOf === 'ratio' && 'ratio' in compared ? compared.ratio : value;
  const meets = (mark: number | undefined): boolean =>
    mark !== undefined && (goalOf === 'value' ? judged <= mark : judged >= mark);
  const reached = meets(aim) ? 'aim' : meets(must) ? 'must' : 'neither';
  return {
    ...compared,
    goalOf,
    ...(must === undefined ? {} : { must }),
    ...(aim === undefined ? {} : { aim }),
    reached,
  };
}

/** Owns the server and the browsers of benchmarks; each starts when it is first needed. */
export class BenchHost {
  #folder: Promise<string> | undefined;
  #site: Promise<Site> | undefined;
  #pages: BenchPage[] = [];

  context(bench: string, emitted: (row: BenchRow) => void): BenchContext {
    return {
      emit: (result) => emitted(rowOf(bench, result)),
      measure: (subjects, rounds = 5) => measureInTurn(subjects, Math.max(5, rounds)),
      openPage: async (options = {}) => {
        const page = await openPage((await this.#serve()).url, options);
        this.#pages.push(page);
        return page;
      },
      folder: () => this.#build(),
    };
  }

  #build(): Promise<string> {
    this.#folder ??= build();
    return this.#folder;
  }

  #serve(): Promise<Site> {
    this.#site ??= this.#build().then((folder) => serve({ folder, port: 0 }));
    return this.#site;
  }

  /** Ends what a benchmark left open. */
  async closePages(): Promise<void> {
    for (const page of this.#pages.splice(0)) await page.close();
  }

  async close(): Promise<void> {
    await this.closePages();
    await (await this.#site)?.close();
  }
}

async function measureInTurn<Name extends string>(
  subjects: Readonly<Record<Name, () => Promise<number> | number>>,
  rounds: number,
): Promise<Record<Name, number>> {
  const names = Object.keys(subjects) as Name[];
  const values = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const value = await subjects[name]();
      if (round > 0) values.get(name)?.push(value);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(values.get(name) ?? [])])) as Record<Name, number>;
}
