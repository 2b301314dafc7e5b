// The bar on top: the project, undo and redo, the transport, the tempo, the master and the way to everything else.
import PanelLeft from 'lucide-solid/icons/panel-left';
import PanelRight from 'lucide-solid/icons/panel-right';
import Redo from 'lucide-solid/icons/redo-2';
import Search from 'lucide-solid/icons/search';
import Settings from 'lucide-solid/icons/settings';
import Share from 'lucide-solid/icons/share';
import Undo from 'lucide-solid/icons/undo-2';
import { type JSX, Show } from 'solid-js';
import { useClient } from './client.ts';
import { IconButton } from './controls/IconButton.tsx';
import { NameField } from './controls/NameField.tsx';
import { leftOpen, rightOpen, setDialog, toggleLeft, toggleRight } from './layout.ts';
import { activeProject } from './session-view.ts';
import { keysTextOf } from './shortcuts/shortcut-map.ts';
import { stepText, text } from './text.ts';
import { MasterMeter } from './transport/MasterMeter.tsx';
import { MetronomeButton } from './transport/MetronomeButton.tsx';
import { Position } from './transport/Position.tsx';
import { Tempo } from './transport/Tempo.tsx';
import { TransportButtons } from './transport/TransportButtons.tsx';

export function TopBar(): JSX.Element {
  const client = useClient();
  return (
    <header class="top-bar">
      <div class="top-start">
        <IconButton
          class="desk-only panel-button"
          label={text('page.left')}
          keys={keysTextOf('page.left')}
          pressed={leftOpen()}
          onClick={toggleLeft}
        >
          <PanelLeft size={16} />
        </IconButton>
        <Show when={activeProject(client.state)}>
          {(project) => (
            <>
              <h1 class="visually-hidden">{project().name}</h1>
              <NameField
                class="project-name"
                label={text('project.name')}
                value={project().name}
                onCommit={(name) => void client.run({ cmd: 'SET_OBJECT', id: project().id, properties: { name } })}
              />
            </>
          )}
        </Show>
        <HistoryButtons />
      </div>
      <div class="top-transport">
        <TransportButtons />
        <Position />
        <Tempo />
        <MetronomeButton />
      </div>
      <div class="top-end">
        <MasterMeter />
        <IconButton
          label={text('project.export')}
          keys={keysTextOf('project.export')}
          onClick={() => setDialog('export')}
        >
          <Share size={16} />
        </IconButton>
        <IconButton label={text('page.palette')} keys={keysTextOf('page.palette')} onClick={() => setDialog('palette')}>
          <Search size={16} />
        </IconButton>
        <IconButton
          label={text('page.settings')}
          keys={keysTextOf('page.settings')}
          onClick={() => setDialog('settings')}
        >
          <Settings size={16} />
        </IconButton>
        <IconButton
          class="desk-only panel-button"
          label={text('page.right')}
          keys={keysTextOf('page.right')}
          pressed={rightOpen()}
          onClick={toggleRight}
        >
          <PanelRight size={16} />
        </IconButton>
      </div>
    </header>
  );
}

function HistoryButtons(): JSX.Element {
  const client = useClient();
  const named = (action: string, label: string | null): string =>
    label === null ? action : `${action}: ${stepText(label)}`;
  return (
    <>
      <IconButton
        label={named(text('edit.undo'), client.state.history.undoLabel)}
        keys={keysTextOf('edit.undo')}
        disabled={client.state.history.undoDepth === 0}
        onClick={() => void client.run({ cmd: 'UNDO' })}
      >
        <Undo size={16} />
      </IconButton>
      <IconButton
        label={named(text('edit.redo'), client.state.history.redoLabel)}
        keys={keysTextOf('edit.redo')}
        disabled={client.state.history.redoDepth === 0}
        onClick={() => void client.run({ cmd: 'REDO' })}
      >
        <Redo size={16} />
      </IconButton>
    </>
  );
}
