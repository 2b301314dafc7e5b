// What events of timelines do to the page itself: panels that show and hide, widgets that move.
import type { Disposer } from '../core/disposer.ts';
import { payloadOf } from '../protocol/event-payloads.ts';
import type { TimelineEventAtome } from '../protocol/kinds.ts';
import type { AppState } from '../protocol/state.ts';
import type { AtomeClient } from './client.ts';
import {
  leftTab,
  type PhoneTab,
  phoneTab,
  setLeftTab,
  setPhoneTab,
  setVideoClosed,
  setWidgetsOpen,
  showLeft,
  showRight,
} from './layout.ts';
import { objectOf } from './session-view.ts';
import { animate, endAnimation } from './widgets/animations.ts';

type Panel = NonNullable<ReturnType<typeof payloadOf<'ui_show'>>>['panel'];

/** Follows events until the disposer is called. The values that widgets end with come with the session's state. */
export const followUiEvents = (client: Pick<AtomeClient, 'state' | 'onCue'>): Disposer =>
  client.onCue(({ id }) => {
    const event = objectOf(client.state, 'TimelineEventAtome', id);
    if (!event) return;
    if (event.type === 'ui_show') showPanel(payloadOf(event, 'ui_show')?.panel, true);
    if (event.type === 'ui_hide') showPanel(payloadOf(event, 'ui_hide')?.panel, false);
    if (event.type === 'ui_set' && event.target_atome_id !== null) endAnimation(event.target_atome_id);
    if (event.type === 'ui_animate') moveWidget(client.state, event);
  });

function showPanel(panel: Panel, shown: boolean): void {
  switch (panel) {
    case 'files':
    case 'history':
      if (shown) setLeftTab(panel);
      if (leftTab() === panel) showLeft(shown);
      showPhoneTab(panel, shown);
      return;
    case 'inspector':
      showRight(shown);
      showPhoneTab(panel, shown);
      return;
    case 'video':
      setVideoClosed(!shown);
      return;
    case 'widgets':
      setWidgetsOpen(shown);
      return;
    default:
  }
}

function showPhoneTab(tab: PhoneTab, shown: boolean): void {
  if (shown) setPhoneTab(tab);
  else if (phoneTab() === tab) setPhoneTab('timeline');
}

function moveWidget(state: AppState, event: TimelineEventAtome): void {
  const payload = payloadOf(event, 'ui_animate');
  const widget = objectOf(state, 'WidgetAtome', event.target_atome_id);
  if (!payload || !widget || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const numbers = (given: number | readonly number[] | undefined): number[] =>
    widget.value.map((current, index) => (typeof given === 'object' ? given : [given])[index] ?? current);
  animate(widget.id, numbers(payload.from), numbers(payload.to), payload.seconds);
}
