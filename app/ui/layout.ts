// What of the page is open: panels on a desk, the tab on a phone, the dialog in front.
import { createSignal } from 'solid-js';
import { readPreference, writePreference } from './preferences.ts';

export type DialogName = 'palette' | 'export' | 'settings' | 'shortcuts' | 'diagnosis';
export type LeftTab = 'files' | 'history';
export type PhoneTab = 'timeline' | 'files' | 'history' | 'inspector';

const closedAtFirst = (readPreference('panels') ?? '').split(' ');

export const [leftOpen, showLeft] = createSignal(!closedAtFirst.includes('left'));
export const [rightOpen, showRight] = createSignal(!closedAtFirst.includes('right'));
export const [leftTab, setLeftTab] = createSignal<LeftTab>('files');
export const [phoneTab, setPhoneTab] = createSignal<PhoneTab>('timeline');
/** The video shows where there is one, until somebody closes it. */
export const [videoClosed, setVideoClosed] = createSignal(false);
export const [widgetsOpen, setWidgetsOpen] = createSignal(false);
export const [dialog, setDialog] = createSignal<DialogName | undefined>();

function remember(): void {
  const closed = [leftOpen() ? '' : 'left', rightOpen() ? '' : 'right'].filter((name) => name !== '');
  writePreference('panels', closed.join(' '));
}

export function toggleLeft(): void {
  showLeft(!leftOpen());
  remember();
}

export function toggleRight(): void {
  showRight(!rightOpen());
  remember();
}

export const closeDialog = (): void => {
  setDialog(undefined);
};
