// The switch of ripple: whether what lies behind deleted, moved and trimmed clips moves along.
import type { Action } from '../actions.ts';
import { rippling, setRippling } from '../selection.ts';

export const rippleActions: readonly Action[] = [
  {
    id: 'view.ripple',
    label: 'view.ripple',
    keys: ['Shift+KeyR'],
    run: () => setRippling(!rippling()),
    checked: rippling,
  },
];
