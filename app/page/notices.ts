// Toasts: what the page has to tell, until it is dismissed.
import { type Accessor, createSignal } from 'solid-js';
import { createId } from '../core/id.ts';
import type { ErrorReport } from '../protocol/errors.ts';
import type { Notice } from '../ui/client.ts';

export interface Notices {
  readonly list: Accessor<readonly Notice[]>;
  notify(notice: Omit<Notice, 'id'>): void;
  report(error: ErrorReport, action?: Notice['action']): void;
  dismiss(id: string): void;
}

const mostShown = 5;

export function createNotices(): Notices {
  const [list, setList] = createSignal<readonly Notice[]>([]);
  const notify = (notice: Omit<Notice, 'id'>): void => {
    // The same sentence is not stacked; it is shown again as the newest.
    setList((shown) =>
      [...shown.filter(({ text }) => text !== notice.text), { ...notice, id: createId() }].slice(-mostShown),
    );
  };
  return {
    list,
    notify,
    report: ({ msg, code }, action) => notify({ kind: 'error', text: msg, code, ...(action ? { action } : {}) }),
    dismiss: (id) => setList((shown) => shown.filter((notice) => notice.id !== id)),
  };
}
