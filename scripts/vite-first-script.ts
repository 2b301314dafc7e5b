// A small script of its own in front of the page's others, which runs as soon as it is there and waits for none of them.
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/** @param path from the root; what it shares with the page's other scripts exists once. */
export function firstScriptPlugin(path: string): Plugin {
  const module = fileURLToPath(new URL(`../${path}`, import.meta.url));
  return {
    name: 'atome:first-script',
    apply: 'build',
    config: () => ({
      build: {
        rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', test: (id) => id === module }] } } },
      },
    }),
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const file = Object.values(bundle).find((chunk) => chunk.type === 'chunk' && chunk.moduleIds.includes(module));
        const others = '<script type="module"';
        if (!file || !html.includes(others)) throw new Error(`${path} has no place in the page`);
        return html.replace(
          others,
          `<script type="module" async crossorigin src="./${file.fileName}"></script>\n    ${others}`,
        );
      },
    },
  };
}
