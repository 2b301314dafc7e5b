// Switches of snapping: all of it, and what there is to snap to.
import type { Action } from '../actions.ts';
import { setSnapEnabled, snapEnabled, snapModes, toggleSnapMode } from '../selection.ts';

export const snapActions: readonly Action[] = [
  {
    id: 'view.snap',
    label: 'view.snap',
    keys: ['KeyN'],
    run: () => setSnapEnabled(!snapEnabled()),
    checked: snapEnabled,
  },
  {
    id: 'view.snapGrid',
    label: 'view.snapGrid',
    run: () => toggleSnapMode('grid'),
    checked: () => snapModes().grid,
  },
  {
    id: 'view.snapMarkers',
    label: 'view.snapMarkers',
    run: () => toggleSnapMode('markers'),
    checked: () => snapModes().markers,
  },
  {
    id: 'view.snapTransients',
    label: 'view.snapTransients',
    keys: ['Shift+KeyN'],
    run: () => toggleSnapMode('transients'),
    checked: () => snapModes().transients,
  },
];
