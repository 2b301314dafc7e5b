// The server: headers, encodings, caching, and what it refuses.
import { connect } from 'node:net';
import { expect, test } from './support/fixtures.ts';

/** The status of a request whose path no client would let through. */
function rawStatus(port: number, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, 'localhost', () => socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`));
    socket.once('error', reject);
    socket.once('data', (data) => {
      resolve(Number(data.toString('latin1').split(' ')[1]));
      socket.destroy();
    });
  });
}

test('every response isolates the page and forbids foreign and inline code', async ({ request }) => {
  for (const path of ['./', './manifest.webmanifest', './service-worker.js', './nothing-here']) {
    const headers = (await request.get(path)).headers();
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-embedder-policy']).toBe('require-corp');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toContain('unsafe-inline');
  }
});

test('hashed files are kept for a year, others are asked for again and answered 304', async ({ request }) => {
  const page = await request.get('./');
  const script = /src="\.\/(assets\/[^"]+\.js)"/.exec(await page.text())?.[1] ?? 'missing';
  const hashed = (await request.get(`./${script}`)).headers();
  expect(hashed['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(hashed['content-type']).toBe('text/javascript; charset=utf-8');
  expect(hashed['content-encoding']).toBe('br');
  expect(page.headers()['cache-control']).toBe('no-cache');
  const again = await request.get('./', { headers: { 'If-None-Match': page.headers().etag ?? '' } });
  expect(again.status()).toBe(304);
});

test('nothing outside the folder is served', async ({ site, request }) => {
  const paths = [
    '/../package.json',
    '/assets/../../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/..%5cpackage.json',
    '/%00',
    '/%',
  ];
  for (const path of paths) expect([path, await rawStatus(site.port, path)]).toEqual([path, 400]);
  expect(await rawStatus(site.port, '/_headers')).toBe(404);
  expect((await request.post('./')).status()).toBe(405);
});

test('the policy stops code made from strings', async ({ page, pageErrors }) => {
  pageErrors.expect(/Content Security Policy|TrustedHTML|TrustedScript/);
  await page.goto('./');
  const outcome = await page.evaluate(async () => {
    const attempt = (work: () => void): string => {
      try {
        work();
        return 'ran';
      } catch (error) {
        return error instanceof Error ? error.name : 'threw';
      }
    };
    const element = document.createElement('div');
    return {
      markup: attempt(() => Object.assign(element, { innerHTML: '<img src=x onerror=alert(1)>' })),
      foreignWorker: attempt(() => void new Worker('https://example.invalid/worker.js')),
      // Outside of evaluate() itself, in which the debugger allows everything.
      code: await new Promise((resolve) => setTimeout(() => resolve(attempt(() => void new Function('return 1'))))),
      isolated: crossOriginIsolated,
    };
  });
  expect(outcome).toEqual({ markup: 'TypeError', foreignWorker: 'TypeError', code: 'EvalError', isolated: true });
});
