// Runs benchmarks by name; started by scripts/bench.mjs.
import { readdirSync } from 'node:fs';
import { BenchHost, type BenchModule, type BenchRow } from './bench-context.ts';

const folder = new URL('../bench/', import.meta.url);
const suffix = '.bench.ts';
const known = readdirSync(folder)
  .filter((file) => file.endsWith(suffix))
  .map((file) => file.slice(0, -suffix.length))
  .sort();

const short = (value: number | undefined): string => (value === undefined ? '' : value.toPrecision(4));

const columns = ['bench', 'case', 'value', 'peer', 'ratio', 'must', 'aim', 'reached'] as const;

function cellsOf({ bench, case: name, value, unit, peer, peerValue, ratio, ...goal }: BenchRow): string[] {
  const mark = (limit: number | undefined): string => {
    if (limit === undefined) return '';
    if (goal.goalOf === 'ratio') return `>= ${limit}x`;
    return `${goal.goalOf === 'rate' ? '>=' : '<='} ${limit} ${unit}`;
  };
  return [
    bench,
    name,
    `${short(value)} ${unit}`,
    peer === undefined ? '' : `${peer}: ${short(peerValue)} ${unit}`,
    ratio === undefined ? '' : `${ratio.toFixed(2)}x`,
    mark(goal.must),
    mark(goal.aim),
    goal.reached ?? '',
  ];
}

function table(rows: readonly BenchRow[]): string {
  const all = [[...columns], ...rows.map(cellsOf)];
  const widths = columns.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]): string => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return all.map((row) => line(row).trimEnd()).join('\n');
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`No benchmark is called ${unknown.join(', ')}. There are: ${known.join(', ')}`);
  process.exit(2);
}

const host = new BenchHost();
const rows: BenchRow[] = [];
for (const name of wanted.length > 0 ? wanted : known) {
  const module: BenchModule = await import(new URL(`${name}${suffix}`, folder).href);
  try {
    await module.run(host.context(name, (row) => rows.push(row)));
  } catch (error) {
    console.error(`${name} failed:`, error);
    process.exitCode = 1;
  } finally {
    await host.closePages();
  }
}
await host.close();
console.log(`${table(rows)}\n`);
for (const row of rows) console.log(JSON.stringify(row));
