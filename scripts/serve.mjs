// Serves the built page over HTTP as a static host would, with the headers of its `_headers` file.
// @ts-check
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { isEntry, root } from './run.mjs';
import { findFile, headerRules, pathOf, typeOf } from './serve-files.mjs';

/**
 * @typedef {object} Serving
 * @property {string} [folder] default: dist
 * @property {number} [port] 0: any free one; default 4173
 * @property {string} [host] default: localhost
 * @property {boolean} [plain] true: like a host that knows nothing of `_headers`
 * @property {(sent: Sent) => void} [onSend] hears of every file when it begins to be sent
 *
 * @typedef {{ address: string, bytes: number, encoding?: string }} Sent a file on its way: bytes as they are sent
 *
 * @typedef {{ url: string, port: number, close: () => Promise<void> }} Site
 */

/** @param {Serving} [options] @returns {Promise<Site>} */
export async function serve({
  folder = resolve(root, 'dist'),
  port = 4173,
  host = 'localhost',
  plain = false,
  onSend = () => undefined,
} = {}) {
  const headersOf = plain ? () => ({}) : headerRules(folder);
  const server = createServer((request, response) => answer(request, response, { folder, headersOf, onSend }));
  await new Promise((listening, failed) => {
    server.once('error', failed);
    server.listen(port, host, () => listening(undefined));
  });
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  return {
    url: `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${bound}/`,
    port: bound,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {object} site
 * @param {string} site.folder
 * @param {(address: string) => Record<string, string>} site.headersOf
 * @param {(sent: Sent) => void} site.onSend
 */
function answer(request, response, { folder, headersOf, onSend }) {
  const address = (request.url ?? '/').replace(/[?#].*$/s, '');
  const headers = { 'Cache-Control': 'no-cache', Vary: 'Accept-Encoding', ...headersOf(address) };
  const refuse = (/** @type {number} */ status, /** @type {string} */ text) => {
    request.resume();
    response
      .writeHead(status, { ...headers, 'Cache-Control': 'no-store', 'Content-Type': 'text/plain' })
      .end(`${text}\n`);
  };
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'Method not allowed');
  const path = address.startsWith('/') ? pathOf(folder, address) : undefined;
  if (path === undefined) return refuse(400, 'Bad address');
  const found = address === '/_headers' ? undefined : findFile(path, String(request.headers['accept-encoding'] ?? ''));
  if (!found) return refuse(404, 'Not found');
  const described = { ...headers, ETag: found.etag, ...(found.encoding ? { 'Content-Encoding': found.encoding } : {}) };
  if (request.headers['if-none-match'] === found.etag) return void response.writeHead(304, described).end();
  response.writeHead(200, { ...described, 'Content-Type': typeOf(path), 'Content-Length': found.size });
  if (request.method === 'HEAD') return void response.end();
  onSend({ address, bytes: found.size, ...(found.encoding ? { encoding: found.encoding } : {}) });
  createReadStream(found.path)
    .on('error', () => response.destroy())
    .pipe(response);
}

if (isEntry(import.meta.url)) {
  const { url } = await serve({ port: Number(process.env.PORT ?? 4173), plain: process.argv.includes('--plain') });
  console.log(url);
}
