// Lets Solid's compiled templates through Trusted Types: its one innerHTML assignment goes through our policy.
import type { Plugin } from 'vite';

const assignment = 't.innerHTML = html;';
const policyModule = new URL('../app/pwa/trusted-types.ts', import.meta.url).pathname;

export function trustedTemplates(): Plugin {
  return {
    name: 'atome:trusted-templates',
    apply: 'build',
    transform: {
      filter: { id: /solid-js\/web\/dist\/(web|dev)\.js$/ },
      handler(code) {
        const pieces = code.split(assignment);
        if (pieces.length !== 2) this.error(`solid-js/web no longer says "${assignment}" exactly once`);
        const wrapped = pieces.join('t.innerHTML = compiledTemplate(html);');
        return { code: `import { compiledTemplate } from ${JSON.stringify(policyModule)};\n${wrapped}`, map: null };
      },
    },
  };
}
