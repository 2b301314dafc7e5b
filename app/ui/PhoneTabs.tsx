// The tabs of a phone, under the thumb: one part of the page at a time.
import Files from 'lucide-solid/icons/audio-lines';
import History from 'lucide-solid/icons/rotate-ccw-clock';
import Timeline from 'lucide-solid/icons/rows-3';
import Sliders from 'lucide-solid/icons/sliders-horizontal';
import { For, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { type PhoneTab, phoneTab, setLeftTab, setPhoneTab } from './layout.ts';
import { type MessageKey, text } from './text.ts';

const tabs: readonly { readonly id: PhoneTab; readonly label: MessageKey; readonly icon: typeof Files }[] = [
  { id: 'timeline', label: 'view.timeline', icon: Timeline },
  { id: 'files', label: 'panel.files', icon: Files },
  { id: 'inspector', label: 'panel.inspectorShort', icon: Sliders },
  { id: 'history', label: 'panel.history', icon: History },
];

export function PhoneTabs(): JSX.Element {
  const choose = (tab: PhoneTab): void => {
    setPhoneTab(tab);
    if (tab === 'files' || tab === 'history') setLeftTab(tab);
  };
  return (
    <nav class="phone-tabs" aria-label={text('panel.tabs')}>
      <For each={tabs}>
        {(tab) => (
          <button
            type="button"
            class="phone-tab"
            aria-current={phoneTab() === tab.id ? 'page' : undefined}
            onClick={() => choose(tab.id)}
          >
            <Dynamic component={tab.icon} size={20} />
            <span>{text(tab.label)}</span>
          </button>
        )}
      </For>
    </nav>
  );
}
