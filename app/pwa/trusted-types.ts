// The only two ways a string becomes markup or code under `require-trusted-types-for 'script'`.
//
// `solid` wraps the templates that the compiler made out of the program's own JSX; the build hands it to Solid's
// `template()` and to nobody else. `default` lets workers and the service worker start from the page's own origin.
// Everything else that assigns strings to innerHTML, eval or script URLs throws.

interface TrustedTypePolicy {
  createHTML(input: string): string;
}

interface TrustedTypePolicyFactory {
  createPolicy(
    name: string,
    rules: { createHTML?: (input: string) => string; createScriptURL?: (input: string) => string },
  ): TrustedTypePolicy;
}

declare global {
  var trustedTypes: TrustedTypePolicyFactory | undefined;
}

/** @throws TypeError for an address of another origin. */
export function sameOriginUrl(address: string): string {
  const url = new URL(address, globalThis.location.href);
  if (url.origin !== globalThis.location.origin) throw new TypeError(`code from ${url.origin} is refused`);
  return url.href;
}

const solidPolicy = globalThis.trustedTypes?.createPolicy('solid', { createHTML: (html) => html });
globalThis.trustedTypes?.createPolicy('default', { createScriptURL: sameOriginUrl });

/** For Solid's `template()` alone. */
export const compiledTemplate = (html: string): string => solidPolicy?.createHTML(html) ?? html;
