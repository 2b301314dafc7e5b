// The page's messages as a person reads them.
import { expect, type Locator, type Page } from '@playwright/test';
import { type ErrorName, errorCatalogue } from '../../app/protocol/errors.ts';

/** The message about an error: its sentence and its code, and about what it is. */
export function errorToast(page: Page, name: ErrorName, about = ''): Locator {
  const { code, text } = errorCatalogue[name];
  return page
    .getByRole('alert')
    .filter({ hasText: about })
    .filter({ hasText: text })
    .filter({ hasText: `code ${code}` });
}

/** Expects the message, then dismisses it as a person does. */
export async function expectError(page: Page, name: ErrorName, about = ''): Promise<void> {
  const toast = errorToast(page, name, about);
  await expect(toast).toHaveCount(1);
  await toast.getByRole('button', { name: 'Dismiss' }).click();
  await expect(toast).toHaveCount(0);
}
