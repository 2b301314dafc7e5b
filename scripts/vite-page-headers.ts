// Writes the page's response headers where static hosts and the page itself find them.
import type { Plugin } from 'vite';
import { contentSecurityPolicy, headersFile } from '../app/pwa/headers.ts';

/** Emits `_headers`; puts the policy into index.html too, for hosts that send no headers. */
export function pageHeadersPlugin(syncOrigin?: string): Plugin {
  // A meta element cannot carry this directive.
  const policy = contentSecurityPolicy(syncOrigin).replace(/; frame-ancestors [^;]+/, '');
  return {
    name: 'atome:page-headers',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile(syncOrigin) });
    },
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: policy }, injectTo: 'head-prepend' },
    ],
  };
}
