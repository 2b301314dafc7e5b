// The first visit to the page until it can be used, with an empty profile, and the next one without a network.
import { type BenchContext, median } from '../scripts/bench-context.ts';
import { type Site, serve } from '../scripts/serve.mjs';
import { becomesInteractive, becomesOffline } from './support/interactive.ts';
import { percentile } from './support/percentile.ts';

const rounds = 5;
const goal = { of: 'value', must: 300, aim: 150 } as const;
/** What the goal counts; pictures and fonts are sent besides. */
const program = /\.(js|wasm|css)$/;

interface Visits {
  /** Milliseconds from the navigation on. */
  readonly first: number;
  readonly offline: number;
  /** Bytes as sent, before the first visit was interactive. */
  readonly program: number;
  readonly all: number;
  readonly files: number;
}

export async function run({ openPage, folder, emit }: BenchContext): Promise<void> {
  const built = await folder();
  const visits: Visits[] = [];
  // The first round warms the machine's file cache.
  for (let round = 0; round <= rounds; round++) {
    const measured = await visit(openPage, built);
    if (round > 0) visits.push(measured);
  }
  const middle = (name: keyof Visits): number => median(visits.map((one) => one[name]));
  emit({
    case: 'JS, WASM and CSS sent before interactive, brotli',
    value: middle('program') / 1000,
    unit: 'KB',
    goal,
  });
  emit({
    case: `everything sent before interactive: ${middle('files')} files`,
    value: middle('all') / 1000,
    unit: 'KB',
  });
  emit({ case: 'first visit to interactive, localhost, empty profile', value: middle('first'), unit: 'ms' });
  emit({ case: 'next visit to interactive, server closed, same browser', value: middle('offline'), unit: 'ms' });
  emit({
    case: 'next visit to interactive, server closed, slowest',
    value: percentile(
      visits.map(({ offline }) => offline),
      100,
    ),
    unit: 'ms',
  });
}

async function visit(openPage: BenchContext['openPage'], folder: string): Promise<Visits> {
  const sent: { readonly address: string; readonly bytes: number; readonly time: number }[] = [];
  const site: Site = await serve({
    folder,
    port: 0,
    onSend: ({ address, bytes }) => sent.push({ address, bytes, time: Date.now() }),
  });
  const { page, close } = await openPage({ start: false });
  try {
    await page.goto(site.url, { waitUntil: 'commit' });
    const first = await becomesInteractive(page);
    const before = sent.filter(({ time }) => time <= first.at);
    const total = (files: typeof sent): number => files.reduce((sum, { bytes }) => sum + bytes, 0);
    await becomesOffline(page);
    await page.goto('about:blank');
    await site.close();
    await page.goto(site.url, { waitUntil: 'commit' });
    const offline = await becomesInteractive(page);
    return {
      first: first.milliseconds,
      offline: offline.milliseconds,
      program: total(before.filter(({ address }) => program.test(address))),
      all: total(before),
      files: before.length,
    };
  } finally {
    await close();
    await site.close();
  }
}
