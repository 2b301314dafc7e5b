// Which file answers a request, and how: types, encodings, headers.
// @ts-check
import { readFileSync, statSync } from 'node:fs';
import { extname, join, normalize, sep } from 'node:path';

const types = new Map(
  Object.entries({
    '.css': 'text/css; charset=utf-8',
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
    '.json': 'application/json; charset=utf-8',
    '.map': 'application/json; charset=utf-8',
    '.mjs': 'text/javascript; charset=utf-8',
    '.png': 'image/png',
    '.svg': 'image/svg+xml',
    '.txt': 'text/plain; charset=utf-8',
    '.wasm': 'application/wasm',
    '.wav': 'audio/wav',
    '.webmanifest': 'application/manifest+json; charset=utf-8',
    '.woff2': 'font/woff2',
  }),
);

const encodings = [
  { name: 'br', extension: '.br' },
  { name: 'gzip', extension: '.gz' },
];

/** @typedef {{ path: string, size: number, etag: string, encoding?: string }} Found */

/** @param {string} path */
function fileAt(path) {
  const entry = statSync(path, { throwIfNoEntry: false });
  return entry?.isFile() ? entry : undefined;
}

/**
 * The path below `folder` that an address means; undefined for one that leaves it or is malformed.
 * @param {string} folder
 * @param {string} address path of the URL, still encoded
 */
export function pathOf(folder, address) {
  let decoded;
  try {
    decoded = decodeURIComponent(address);
  } catch {
    return undefined;
  }
  const segments = decoded.split(/[/\\]/);
  if (decoded.includes('\0') || segments.includes('..')) return undefined;
  const path = normalize(join(folder, decoded.endsWith('/') ? `${decoded}index.html` : decoded));
  return path.startsWith(folder + sep) ? path : undefined;
}

/**
 * The file to send, in the best encoding that is there and accepted.
 * @param {string} path
 * @param {string} accepted the Accept-Encoding header
 * @returns {Found | undefined}
 */
export function findFile(path, accepted) {
  const plain = fileAt(path);
  if (!plain) return undefined;
  const tag = (/** @type {import('node:fs').Stats} */ { size, mtimeMs }, suffix = '') =>
    `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}${suffix}"`;
  for (const { name, extension } of encodings) {
    const packed = accepted.includes(name) ? fileAt(path + extension) : undefined;
    if (packed) return { path: path + extension, size: packed.size, etag: tag(packed, `-${name}`), encoding: name };
  }
  return { path, size: plain.size, etag: tag(plain) };
}

/** @param {string} path */
export const typeOf = (path) => types.get(extname(path)) ?? 'application/octet-stream';

/**
 * Reads a `_headers` file: lines that begin with `/` name paths (`*` at the end: all below), indented ones a header.
 * @param {string} folder
 * @returns {(address: string) => Record<string, string>}
 */
export function headerRules(folder) {
  /** @type {{ pattern: string, headers: Record<string, string> }[]} */
  const rules = [];
  if (fileAt(join(folder, '_headers'))) {
    for (const line of readFileSync(join(folder, '_headers'), 'utf8').split('\n')) {
      const [name, ...value] = line.trim().split(': ');
      if (line.startsWith('/')) rules.push({ pattern: line.trim(), headers: {} });
      else if (name) Object.assign(rules.at(-1)?.headers ?? {}, { [name]: value.join(': ') });
    }
  }
  const matches = (/** @type {string} */ pattern, /** @type {string} */ address) =>
    pattern.endsWith('*') ? address.startsWith(pattern.slice(0, -1)) : address === pattern;
  return (address) =>
    Object.assign({}, ...rules.filter(({ pattern }) => matches(pattern, address)).map(({ headers }) => headers));
}
