// Every error whose sentence says to reload the page comes with the button that does.
import { expect, test } from 'vitest';
import { errorCatalogue } from '../../protocol/errors.ts';
import { text } from '../text.ts';
import { remedyFor } from './remedies.ts';

const client = { takeOver: () => undefined };

test.each(Object.entries(errorCatalogue))('%s', (_, { code, text: sentence }) => {
  const remedy = remedyFor({ id: 'notice', kind: 'error', text: sentence, code }, client);
  expect(remedy?.label === text('crash.reload')).toBe(/reload/i.test(sentence));
});
