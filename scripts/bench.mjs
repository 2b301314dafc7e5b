// `npm run bench -- [NAME…]`: runs bench/NAME.bench.ts (all without a name), prints a table and one JSON line per row.
// @ts-check
import { packageProgram, run, runScript } from './run.mjs';
import { setUp } from './setup.mjs';

await runScript(async () => {
  await setUp({ tests: true });
  run(packageProgram('tsx'), ['scripts/bench-run.ts', ...process.argv.slice(2)]);
});
