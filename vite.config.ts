// The build: one page, its workers and worklets, the engine as an asset, and the service worker that keeps them.
import { fileURLToPath } from 'node:url';
import { defineConfig, loadEnv } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import solid from 'vite-plugin-solid';
import description from './package.json' with { type: 'json' };
import { manifest } from './scripts/manifest.ts';
import { bungeeNodePlugin } from './scripts/vite-bungee-node.ts';
import { firstScriptPlugin } from './scripts/vite-first-script.ts';
import { pageHeadersPlugin } from './scripts/vite-page-headers.ts';
import { trustedTemplates } from './scripts/vite-trusted-templates.ts';

const root = fileURLToPath(new URL('.', import.meta.url));
/** Static styles are set by the program, because the policy refuses style attributes in markup. */
const compiler = { generate: 'dom', inlineStyles: false } as const;

/** How long each plugin took is nothing to be told of. */
const quiet = { checks: { bundlerTimings: false } };

export default defineConfig(({ mode }) => {
  const { ATOME_SYNC_URL } = loadEnv(mode, root, 'ATOME_');
  const syncOrigin = ATOME_SYNC_URL ? new URL(ATOME_SYNC_URL).origin : undefined;
  return {
    root,
    base: './',
    envPrefix: 'ATOME_',
    define: { 'import.meta.env.ATOME_VERSION': JSON.stringify(description.version) },
    plugins: [
      trustedTemplates(),
      solid({ solid: compiler }),
      pageHeadersPlugin(syncOrigin),
      firstScriptPlugin('app/page/head-start.ts'),
      bungeeNodePlugin(),
      VitePWA({
        strategies: 'injectManifest',
        srcDir: 'app/pwa',
        filename: 'service-worker.ts',
        injectRegister: false,
        manifest,
        includeManifestIcons: false,
        injectManifest: {
          globPatterns: ['**/*.{html,js,css,wasm,woff2,svg,png}'],
          // For other pages; this one has its own.
          globIgnores: ['bungee-node*'],
          // Names under assets/ carry the content's hash and need no revision of their own.
          dontCacheBustURLsMatching: /^assets\//,
          maximumFileSizeToCacheInBytes: 8 * 1024 * 1024,
        },
      }),
    ],
    worker: { format: 'es', rolldownOptions: quiet },
    build: {
      rolldownOptions: quiet,
      target: 'chrome130',
      modulePreload: { polyfill: false },
      // The policy refuses data: addresses for everything but images.
      assetsInlineLimit: 0,
      sourcemap: true,
      reportCompressedSize: false,
    },
  };
});
