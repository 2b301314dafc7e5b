// Runs modules of bench/page inside the built page, bundled from source; the page's own policy is left as it is.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { build } from 'vite';

const folder = fileURLToPath(new URL('../page/', import.meta.url));

type Answer<Result> = Promise<Awaited<Result>>;
/** The functions of a module in the page: plain data in, plain data out. */
export type InPage<Module> = {
  readonly [Name in keyof Module as Module[Name] extends (...values: never[]) => unknown
    ? Name
    : never]: Module[Name] extends (...values: infer Values) => infer Result
    ? (...values: Values) => Answer<Result>
    : never;
};

/** Loads bench/page/NAME.ts into a page that has started; its state lives as long as the page. */
export async function loadModule<Module>(page: Page, name: string): Promise<InPage<Module>> {
  await page.evaluate(await bundle(join(folder, `${name}.ts`)));
  const call = (exported: string, values: readonly unknown[]): Promise<unknown> =>
    page.evaluate(
      ([method, given]) => {
        const { bench } = globalThis as unknown as { bench: Record<string, (...values: unknown[]) => unknown> };
        return bench[method]?.(...given);
      },
      [exported, values] as const,
    );
  return new Proxy({} as InPage<Module>, {
    get: (_, exported) =>
      // A proxy that had a `then` would count as a promise.
      exported === 'then' ? undefined : (...values: unknown[]) => call(String(exported), values),
  });
}

async function bundle(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'chrome130',
      lib: { entry, formats: ['iife'], name: 'bench' },
    },
  });
  const [output] = [built].flat();
  if (!output || !('output' in output)) throw new Error(`${entry} was not built`);
  return `${output.output[0].code}\nglobalThis.bench = bench;`;
}
