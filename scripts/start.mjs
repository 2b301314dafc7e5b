// `npm start`: sets up, builds if something changed, serves the page and prints its address. `--host`: for the LAN.
// @ts-check
import { networkInterfaces } from 'node:os';
import { build } from './build.mjs';
import { runScript } from './run.mjs';
import { serve } from './serve.mjs';
import { setUp } from './setup.mjs';

await runScript(async () => {
  const port = Number(process.env.PORT ?? 4173);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`PORT is not a port: ${process.env.PORT}`);
  await setUp({ tests: false });
  await build();
  const lan = process.argv.includes('--host');
  const site = await serve({ port, host: lan ? '0.0.0.0' : 'localhost' }).catch((error) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${port} is in use. Choose another one: PORT=${port + 1} npm start`);
  });
  console.log(`\nAtome Flow is at ${site.url}`);
  if (!lan) return;
  const addresses = Object.values(networkInterfaces()).flat();
  for (const found of addresses) {
    if (found?.family === 'IPv4' && !found.internal)
      console.log(`On the network: http://${found.address}:${site.port}/`);
  }
  console.log(
    'Browsers isolate a page over plain HTTP on localhost only: other machines get the simpler sound engine.',
  );
});
