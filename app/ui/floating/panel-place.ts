// Where a floating panel lies, kept from visit to visit.
import { createSignal } from 'solid-js';
import { type PreferenceName, readPreference, writePreference } from '../preferences.ts';
import type { PanelPlace } from './FloatingPanel.tsx';

/** @param first where it lies until somebody moves it */
export function createPanelPlace(name: PreferenceName, first: PanelPlace) {
  const [place, setPlace] = createSignal(parsed(readPreference(name)) ?? first);
  return {
    place,
    setPlace(moved: PanelPlace): void {
      setPlace(moved);
      const { left, top, width, height } = moved;
      writePreference(name, [left, top, width, height].map(Math.round).join(' '));
    },
  };
}

/** CSS pixels that are kept free at the right and between two panels, and below: on a phone transport and tabs lie there. */
const margins = { right: 304, between: 72, below: 48, belowOnPhone: 128 };

const isNarrow = matchMedia('(max-width: 1023px)');

/** Beside the inspector, above what is at the bottom of the page; each further one to the left of a panel as wide as it is itself. */
export const belowRight = ({ width, height }: Pick<PanelPlace, 'width' | 'height'>, further = 0): PanelPlace => ({
  left: Math.max(0, window.innerWidth - margins.right - width - further * (width + margins.between)),
  top: Math.max(0, window.innerHeight - (isNarrow.matches ? margins.belowOnPhone : margins.below) - height),
  width,
  height,
});

function parsed(kept: string | undefined): PanelPlace | undefined {
  const [left, top, width, height, ...more] = (kept ?? '').split(' ').map(Number);
  if (left === undefined || top === undefined || width === undefined || height === undefined) return undefined;
  return more.length === 0 && [left, top, width, height].every(Number.isFinite)
    ? { left, top, width, height }
    : undefined;
}
