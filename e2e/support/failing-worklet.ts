// Lets the engine's worklet throw when a test says so, as a defect in it would: the browser then ends its node for good.
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { root } from '../../scripts/run.mjs';
import { serve } from '../../scripts/serve.mjs';

const script = `
const register = globalThis.registerProcessor;
globalThis.registerProcessor = (name, Processor) =>
  register(
    name,
    class extends Processor {
      #failing = false;
      constructor(options) {
        super(options);
        this.port.onmessage = () => {
          this.#failing = true;
        };
      }
      process(...quantum) {
        if (this.#failing) throw new Error('made to fail');
        return super.process(...quantum);
      }
    },
  );
`;

/** The built page with that worklet, on a port of its own, as long as `use` runs. */
export async function withFailingWorklet(use: (address: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'atome-failing-'));
  await cp(join(root, 'dist'), folder, { recursive: true });
  const assets = join(folder, 'assets');
  const worklet = (await readdir(assets)).find((name) => /^engine-.*\.js$/.test(name));
  if (worklet === undefined) throw new Error('the build has no worklet');
  await writeFile(join(assets, worklet), script + (await readFile(join(assets, worklet), 'utf8')));
  await rm(join(assets, `${worklet}.br`), { force: true });
  const site = await serve({ port: 0, folder });
  try {
    await use(site.url);
  } finally {
    await site.close();
    await rm(folder, { recursive: true });
  }
}

/** Keeps hold of the newest worklet node of a page that is not opened yet. @returns what makes it fail. */
export async function newestNodeOf(page: Page): Promise<() => Promise<void>> {
  await page.addInitScript(() => {
    window.AudioWorkletNode = class extends AudioWorkletNode {
      constructor(...parameters: ConstructorParameters<typeof AudioWorkletNode>) {
        super(...parameters);
        Object.assign(window, { newestNode: this });
      }
    };
  });
  return () =>
    page.evaluate(() => {
      (window as unknown as { newestNode: AudioWorkletNode }).newestNode.port.postMessage('fail');
    });
}
