// The person's choices for this browser: theme, language, the sound of dragging; and what the sound runs on.
import { type JSX, Show } from 'solid-js';
import { useClient } from '../client.ts';
import { Segmented } from '../controls/Segmented.tsx';
import { setDialog } from '../layout.ts';
import { scrubSound, setScrubSound } from '../selection.ts';
import { type Language, language, languages, type MessageKey, setLanguage, text } from '../text.ts';
import { setTheme, type Theme, theme, themes } from '../theme.ts';
import { Dialog } from './Dialog.tsx';

const languageNames: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch', fr: 'Français' };
const themeNames: Readonly<Record<Theme, MessageKey>> = {
  system: 'settings.system',
  dark: 'settings.dark',
  light: 'settings.light',
};

export default function SettingsDialog(): JSX.Element {
  const client = useClient();
  return (
    <Dialog title={text('settings.title')}>
      <Segmented
        label={text('settings.theme')}
        value={theme()}
        onChange={setTheme}
        options={themes.map((value) => ({ value, label: text(themeNames[value]) }))}
      />
      <Segmented
        label={text('settings.language')}
        value={language()}
        onChange={(chosen) => void setLanguage(chosen)}
        options={languages.map((value) => ({ value, label: languageNames[value] }))}
      />
      <Segmented
        label={text('settings.scrub')}
        value={scrubSound() ? 'on' : 'off'}
        onChange={(chosen) => setScrubSound(chosen === 'on')}
        options={[
          { value: 'on', label: text('settings.scrubOn') },
          { value: 'off', label: text('settings.scrubOff') },
        ]}
      />
      <p class="dialog-note">
        {client.engineStatus().backend === 'wasm' ? text('settings.wasm') : text('settings.webaudio')}
      </p>
      <div class="dialog-actions">
        <button type="button" class="button" onClick={() => setDialog('shortcuts')}>
          {text('shortcuts.title')}
        </button>
        <button type="button" class="button" onClick={() => setDialog('diagnosis')}>
          {text('diagnosis.title')}
        </button>
        <Show when={client.updateReady()}>
          <button type="button" class="button button-primary" onClick={() => client.applyUpdate()}>
            {text('status.update')}
          </button>
        </Show>
        <Show when={client.installable()}>
          <button type="button" class="button button-primary" onClick={() => void client.install()}>
            {text('status.install')}
          </button>
        </Show>
      </div>
    </Dialog>
  );
}
