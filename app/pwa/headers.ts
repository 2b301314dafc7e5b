// The response headers of every file of the page: one definition for the server, static hosts and the service worker.

/** Scripts and styles from the page's own origin only, WebAssembly, no inline code, no markup from strings. */
export function contentSecurityPolicy(syncOrigin?: string): string {
  const connect = syncOrigin === undefined ? "'self'" : `'self' ${syncOrigin}`;
  return Object.entries({
    'default-src': "'none'",
    'script-src': "'self' 'wasm-unsafe-eval'",
    'style-src': "'self'",
    'img-src': "'self' blob: data:",
    'font-src': "'self'",
    'media-src': "'self' blob:",
    'connect-src': connect,
    'worker-src': "'self'",
    'manifest-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
    'require-trusted-types-for': "'script'",
    'trusted-types': 'default solid',
  })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
}

/** Hardware the page uses is allowed to the page itself; everything else a page could ask for is refused. */
const permissions = {
  allowed: ['microphone', 'midi', 'autoplay', 'camera', 'fullscreen', 'screen-wake-lock', 'speaker-selection'],
  refused: ['geolocation', 'payment', 'usb', 'serial', 'display-capture'],
} as const;

const permissionsPolicy = [
  ...permissions.allowed.map((feature) => `${feature}=(self)`),
  ...permissions.refused.map((feature) => `${feature}=()`),
].join(', ');

/** Headers of every response; with the first two a page may share memory between its threads. */
export const pageHeaders = (syncOrigin?: string): Readonly<Record<string, string>> => ({
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Content-Security-Policy': contentSecurityPolicy(syncOrigin),
  'Permissions-Policy': permissionsPolicy,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
});

/** A file's name under `assets/` carries the hash of its content; everything else is asked for again. */
export const cacheHeaders = {
  hashed: 'public, max-age=31536000, immutable',
  other: 'no-cache',
} as const;

/** The `_headers` file that static hosts (and scripts/serve.mjs) read. */
export function headersFile(syncOrigin?: string): string {
  const lines = Object.entries(pageHeaders(syncOrigin)).map(([name, value]) => `  ${name}: ${value}`);
  return ['/*', ...lines, '/assets/*', `  Cache-Control: ${cacheHeaders.hashed}`, ''].join('\n');
}
