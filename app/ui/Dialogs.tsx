// The dialog in front, if any; each loads when it is first opened, but for the one that is typed into at once.
import { type Component, createEffect, type JSX, lazy, onCleanup, Show, Suspense } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { useClient } from './client.ts';
import { type DialogName, dialog } from './layout.ts';
import { isKnown } from './session-view.ts';

/** What is not needed yet comes when the start is over, which it would slow down. */
const afterStartMilliseconds = 1000;

const loadPalette = () => import('./palette/Palette.tsx');

const dialogs: Readonly<Record<DialogName, Component>> = {
  palette: lazy(loadPalette),
  export: lazy(() => import('./dialogs/ExportDialog.tsx')),
  settings: lazy(() => import('./dialogs/SettingsDialog.tsx')),
  shortcuts: lazy(() => import('./shortcuts/ShortcutSheet.tsx')),
  diagnosis: lazy(() => import('./dialogs/DiagnosisDialog.tsx')),
};

export function Dialogs(): JSX.Element {
  const client = useClient();
  createEffect(() => {
    if (!isKnown(client.state)) return;
    // Where it cannot be loaded now, it is tried again when it is opened.
    const timer = setTimeout(() => void loadPalette().catch(() => undefined), afterStartMilliseconds);
    onCleanup(() => clearTimeout(timer));
  });
  return (
    <Show when={dialog()} keyed>
      {(name) => (
        <Suspense>
          <Dynamic component={dialogs[name]} />
        </Suspense>
      )}
    </Show>
  );
}
