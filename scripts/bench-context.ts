// What a benchmark is given: rows to emit, fair measurements, the built page in Chromium.
import { type Browser, chromium, type Page } from '@playwright/test';
import { build } from './build.mjs';
import { chromiumLaunch } from './chromium.mjs';
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
}

export interface Comparison {
  readonly peer: string;
  readonly peerValue: number;
  /** Which of two values is the better one. */
  readonly better: 'higher' | 'lower';
}

export interface BenchContext {
  emit(row: { readonly case: string; readonly value: number; readonly unit: string } & Partial<Comparison>): void;
  /** Runs both in turn, `rounds` times (at least 5) after one round to warm up; resolves to the medians. */
  measure<Name extends string>(
    subjects: Readonly<Record<Name, () => Promise<number> | number>>,
    rounds?: number,
  ): Promise<Record<Name, number>>;
  /** A fresh profile's page on the built app, ready to be used; `start: false` leaves it on about:blank. */
  browserPage(options?: { readonly start?: boolean }): Promise<Page>;
  /** Where the built page is served, from `browserPage()` on. */
  siteUrl(): Promise<string>;
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

/** Owns the server and the browser that benchmarks share; both start when first needed. */
export class BenchHost {
  #site: Promise<Site> | undefined;
  #browser: Promise<Browser> | undefined;

  context(bench: string, emitted: (row: BenchRow) => void): BenchContext {
    return {
      emit: ({ case: name, value, unit, peer, peerValue, better }) => {
        const own = { bench, case: name, value, unit };
        if (peer === undefined || peerValue === undefined || better === undefined) return emitted(own);
        emitted({ ...own, peer, peerValue, ratio: ratioOf(value, { peer, peerValue, better }) });
      },
      measure: (subjects, rounds = 5) => measureInTurn(subjects, Math.max(5, rounds)),
      browserPage: ({ start = true } = {}) => this.#openPage(start),
      siteUrl: async () => (await this.#serve()).url,
    };
  }

  #serve(): Promise<Site> {
    this.#site ??= build().then((folder) => serve({ folder, port: 0 }));
    return this.#site;
  }

  async #openPage(start: boolean): Promise<Page> {
    const { url } = await this.#serve();
    this.#browser ??= chromium.launch(chromiumLaunch());
    const context = await (await this.#browser).newContext({ baseURL: url, viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    if (start) {
      await page.goto(url);
      await page.waitForFunction(async () => {
        const { atome } = window as { atome?: { ready: Promise<void> } };
        await atome?.ready;
        return atome !== undefined;
      });
    }
    return page;
  }

  async close(): Promise<void> {
    await (await this.#browser)?.close();
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
