// Collects what a page should never say: console errors, uncaught exceptions, violations of its policy.
import type { BrowserContext, ConsoleMessage, WebError } from '@playwright/test';

export class PageErrors {
  readonly #found: string[] = [];
  readonly #expected: RegExp[] = [];

  constructor(context: BrowserContext) {
    context.on('console', (message: ConsoleMessage) => {
      if (message.type() === 'error') this.#found.push(`console: ${message.text()} (${message.location().url})`);
    });
    context.on('weberror', (error: WebError) => this.#found.push(`uncaught: ${error.error().message}`));
  }

  /** Errors that match belong to what the test does. */
  expect(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  unexpected(): string[] {
    return this.#found.filter((text) => !this.#expected.some((pattern) => pattern.test(text)));
  }
}
