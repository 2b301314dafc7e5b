// What the page itself offers to the palette and the keys: transport, history, files, panels, settings.
import type { Action } from './actions.ts';
import type { AtomeClient } from './client.ts';
import { importToTimeline } from './files/add-to-timeline.ts';
import { chooseFiles } from './files/choose-files.ts';
import { setDialog, toggleLeft, toggleRight } from './layout.ts';
import { activeTimeline } from './session-view.ts';
import { setTheme, shownTheme } from './theme.ts';
import { toggleMetronome } from './transport/metronome.ts';
import { goToStart, playOrPause, stop, toggleLoop } from './transport/transport.ts';

export const pageActions = (client: AtomeClient): readonly Action[] => [
  ...transportActions(client),
  {
    id: 'edit.undo',
    label: 'edit.undo',
    keys: ['$mod+KeyZ'],
    run: () => void client.run({ cmd: 'UNDO' }),
    enabled: () => client.state.history.undoDepth > 0,
  },
  {
    id: 'edit.redo',
    label: 'edit.redo',
    keys: ['$mod+Shift+KeyZ', '$mod+KeyY'],
    run: () => void client.run({ cmd: 'REDO' }),
    enabled: () => client.state.history.redoDepth > 0,
  },
  {
    id: 'project.import',
    label: 'project.import',
    keys: ['$mod+KeyO'],
    run: async () => importToTimeline(client, await chooseFiles()),
  },
  { id: 'project.export', label: 'project.export', keys: ['$mod+KeyE'], run: () => setDialog('export') },
  { id: 'project.save', label: 'project.save', keys: ['$mod+Shift+KeyE'], run: () => void client.exportProject() },
  { id: 'project.demo', label: 'project.demo', run: () => void client.createDemo() },
  ...viewActions(client),
];

const transportActions = (client: AtomeClient): readonly Action[] => [
  { id: 'transport.playPause', label: 'transport.playPause', keys: ['Space'], run: () => void playOrPause(client) },
  { id: 'transport.stop', label: 'transport.stop', keys: ['Shift+Space'], run: () => void stop(client) },
  { id: 'transport.toStart', label: 'transport.toStart', keys: ['Home'], run: () => void goToStart(client) },
  {
    id: 'transport.loop',
    label: 'transport.loop',
    keys: ['KeyL'],
    run: () => void toggleLoop(client),
    checked: () => activeTimeline(client.state)?.loop_enabled === true,
  },
  {
    id: 'transport.metronome',
    label: 'transport.metronome',
    keys: ['KeyK'],
    run: () => void toggleMetronome(client),
    checked: () => client.state.transport.metronome.enabled,
  },
  {
    id: 'transport.panic',
    label: 'transport.panic',
    keys: ['$mod+Period'],
    run: () => void client.run({ cmd: 'PANIC', scope: 'ALL' }),
  },
];

const viewActions = (client: AtomeClient): readonly Action[] => [
  { id: 'page.palette', label: 'page.palette', keys: ['$mod+KeyK'], run: () => setDialog('palette') },
  { id: 'page.left', label: 'page.left', keys: ['$mod+KeyB'], run: toggleLeft },
  { id: 'page.right', label: 'page.right', keys: ['$mod+KeyI'], run: toggleRight },
  { id: 'page.shortcuts', label: 'page.shortcuts', keys: ['Shift+?'], run: () => setDialog('shortcuts') },
  { id: 'page.settings', label: 'page.settings', keys: ['$mod+Comma'], run: () => setDialog('settings') },
  { id: 'page.theme', label: 'page.theme', run: () => setTheme(shownTheme() === 'dark' ? 'light' : 'dark') },
  { id: 'page.diagnosis', label: 'page.diagnosis', keys: ['$mod+Alt+KeyD'], run: () => setDialog('diagnosis') },
  { id: 'page.logs', label: 'page.logs', run: () => void client.downloadLogs() },
  { id: 'page.install', label: 'page.install', run: () => void client.install(), enabled: () => client.installable() },
];
