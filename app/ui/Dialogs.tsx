// The dialog in front, if any; each loads when it is first opened.
import { type Component, type JSX, lazy, Show, Suspense } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { type DialogName, dialog } from './layout.ts';

const dialogs: Readonly<Record<DialogName, Component>> = {
  palette: lazy(() => import('./palette/Palette.tsx')),
  export: lazy(() => import('./dialogs/ExportDialog.tsx')),
  settings: lazy(() => import('./dialogs/SettingsDialog.tsx')),
  shortcuts: lazy(() => import('./shortcuts/ShortcutSheet.tsx')),
  diagnosis: lazy(() => import('./dialogs/DiagnosisDialog.tsx')),
};

export function Dialogs(): JSX.Element {
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
