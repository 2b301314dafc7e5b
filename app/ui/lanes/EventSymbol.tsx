// The symbol of an event, by what it is about.

import Sound from 'lucide-solid/icons/audio-lines';
import Video from 'lucide-solid/icons/clapperboard';
import Script from 'lucide-solid/icons/code';
import Page from 'lucide-solid/icons/monitor';
import Timeline from 'lucide-solid/icons/play';
import Routing from 'lucide-solid/icons/waypoints';
import type { JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { EventType } from '../../protocol/kinds.ts';
import { type EventFamily, familyOf } from './event-types.ts';

const symbols = {
  audio: Sound,
  timeline: Timeline,
  video: Video,
  ui: Page,
  script: Script,
  routing: Routing,
} as const satisfies Readonly<Record<EventFamily, unknown>>;

export function EventSymbol(props: { readonly type: EventType }): JSX.Element {
  return <Dynamic component={symbols[familyOf(props.type)]} size={12} />;
}
