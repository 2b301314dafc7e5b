// `npm run -s render -- PROJECT OUT.wav [--from S --to S --rate HZ --stems DIR]`: renders an exported project.
import { buildWasm } from './build-wasm.mjs';
import { packageProgram, run } from './run.mjs';

buildWasm();
try {
  run(packageProgram('tsx'), ['scripts/render-project.ts', ...process.argv.slice(2)], {
    ATOME_CALLED_FROM: process.cwd(),
  });
} catch {
  process.exitCode = 1;
}
