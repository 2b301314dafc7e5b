// `npm run -s render -- PROJECT OUT.wav [--from S --to S --rate HZ --stems DIR]`: renders an exported project.
// @ts-check
import { packageProgram, run, runScript } from './run.mjs';
import { setUp } from './setup.mjs';

await runScript(async () => {
  await setUp({ tests: false });
  try {
    run(packageProgram('tsx'), ['scripts/render-project.ts', ...process.argv.slice(2)], {
      ATOME_CALLED_FROM: process.env.INIT_CWD ?? process.cwd(),
    });
  } catch {
    process.exitCode = 1;
  }
});
