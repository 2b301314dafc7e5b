// The dialog in front, if any; each loads when it is first opened, but for the one that is typed into at once.
import { type Component, type JSX, lazy, onMount, Show, Suspense } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { type DialogName, dialog } from './layout.ts';

const palette = lazy(() => import('./palette/Palette.tsx'));

const dialogs: Readonly<Record<DialogName, Component>> = {
  palette,
  export: lazy(() => import('./dialogs/ExportDialog.tsx')),
  settings: lazy(() => import('./dialogs/SettingsDialog.tsx')),
  shortcuts: lazy(() => import('./shortcuts/ShortcutSheet.tsx')),
  diagnosis: lazy(() => import('./dialogs/DiagnosisDialog.tsx')),
};

export function Dialogs(): JSX.Element {
  onMount(() => requestIdleCallback(() => void palette.preload()));
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
