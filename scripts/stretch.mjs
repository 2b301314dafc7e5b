// `npm run -s stretch -- IN.wav OUT.wav [--ratio R] [--semitones S] [--formants]`: stretches a sound file.
// @ts-check
import { packageProgram, run, runScript } from './run.mjs';
import { setUp } from './setup.mjs';

await runScript(async () => {
  await setUp({ tests: false });
  try {
    run(packageProgram('tsx'), ['scripts/stretch-file.ts', ...process.argv.slice(2)], {
      ATOME_CALLED_FROM: process.env.INIT_CWD ?? process.cwd(),
    });
  } catch {
    process.exitCode = 1;
  }
});
