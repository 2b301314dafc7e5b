// The actions of the timeline, for the palette, the menu and the keys.
import { gridStep } from '../../editor/time-grid.ts';
import type { Action } from '../actions.ts';
import { timeLaneActions } from '../lanes/time-lane-actions.ts';
import { clearSelection, clipboard, followPlayhead, select, setFollowPlayhead } from '../selection.ts';
import { stretchActions } from '../stretch/stretch-actions.ts';
import { wayActions } from '../timelines/nest-actions.ts';
import * as clips from './clip-actions.ts';
import { freezeActions } from './freeze-actions.ts';
import type { TimelineModel } from './model.ts';
import { rippleActions } from './ripple-actions.ts';
import { scrubActions } from './scrubbing.ts';
import { snapActions } from './snap-actions.ts';
import { timeActions } from './time-actions.ts';
import { transientActions } from './transient-actions.ts';
import * as views from './view-actions.ts';

const fades = { short: 0.01, long: 0.5 };
const zoomStep = 1.5;
const finePixels = 1;

/** @param rename asks for the clip's new name. */
export function createTimelineActions(model: TimelineModel, rename: (clipId: string) => void): Action[] {
  const anySelected = (): boolean => clips.clipsInHand(model).length > 0;
  const two = (): boolean => clips.clipsInHand(model).length === 2;
  const step = (): number => gridStep(model.scene().tempo, model.view(), model.playhead());
  const fine = (): number => model.view().secondsPerPixel * finePixels;
  const filled = (): boolean => model.scene().clips.size > 0;
  return [
    ...wayActions(model),
    { id: 'clip.split', label: 'clip.split', keys: ['KeyS'], run: () => clips.split(model), enabled: filled },
    {
      id: 'clip.delete',
      label: 'clip.delete',
      keys: ['Delete', 'Backspace'],
      run: () => clips.remove(model),
      enabled: anySelected,
    },
    {
      id: 'clip.duplicate',
      label: 'clip.duplicate',
      keys: ['$mod+KeyD'],
      run: () => clips.duplicate(model),
      enabled: anySelected,
    },
    { id: 'clip.copy', label: 'clip.copy', keys: ['$mod+KeyC'], run: () => clips.copy(model), enabled: anySelected },
    { id: 'clip.cut', label: 'clip.cut', keys: ['$mod+KeyX'], run: () => clips.cut(model), enabled: anySelected },
    {
      id: 'clip.paste',
      label: 'clip.paste',
      keys: ['$mod+KeyV'],
      run: () => clips.paste(model),
      enabled: () => clipboard() !== undefined,
    },
    {
      id: 'clip.selectAll',
      label: 'clip.selectAll',
      keys: ['$mod+KeyA'],
      run: () => select(model.scene().clips.keys()),
      enabled: filled,
    },
    { id: 'clip.deselect', label: 'clip.deselect', keys: ['Escape'], run: clearSelection, enabled: anySelected },
    {
      id: 'clip.rename',
      label: 'clip.rename',
      keys: ['F2'],
      run: () => rename(clips.clipsInHand(model)[0]?.id ?? ''),
      enabled: anySelected,
    },
    {
      id: 'clip.mute',
      label: 'clip.mute',
      keys: ['Shift+KeyM'],
      run: () => clips.toggleFlag(model, 'muted'),
      enabled: anySelected,
    },
    {
      id: 'clip.solo',
      label: 'clip.solo',
      keys: ['Shift+KeyS'],
      run: () => clips.toggleFlag(model, 'solo'),
      enabled: anySelected,
    },
    { id: 'clip.join', label: 'clip.join', keys: ['KeyJ'], run: () => clips.join(model), enabled: two },
    {
      id: 'clip.newLane',
      label: 'clip.newLane',
      keys: ['KeyG'],
      run: () => clips.toNewLane(model),
      enabled: anySelected,
    },
    {
      id: 'clip.nudgeLeft',
      label: 'clip.nudgeLeft',
      keys: ['Alt+ArrowLeft'],
      run: () => clips.nudge(model, { beats: -step() }),
      enabled: anySelected,
    },
    {
      id: 'clip.nudgeRight',
      label: 'clip.nudgeRight',
      keys: ['Alt+ArrowRight'],
      run: () => clips.nudge(model, { beats: step() }),
      enabled: anySelected,
    },
    {
      id: 'clip.nudgeLeftFine',
      label: 'clip.nudgeLeftFine',
      keys: ['Alt+Shift+ArrowLeft'],
      run: () => clips.nudge(model, { seconds: -fine() }),
      enabled: anySelected,
    },
    {
      id: 'clip.nudgeRightFine',
      label: 'clip.nudgeRightFine',
      keys: ['Alt+Shift+ArrowRight'],
      run: () => clips.nudge(model, { seconds: fine() }),
      enabled: anySelected,
    },
    {
      id: 'clip.laneUp',
      label: 'clip.laneUp',
      keys: ['Alt+ArrowUp'],
      run: () => clips.moveLanes(model, -1),
      enabled: anySelected,
    },
    {
      id: 'clip.laneDown',
      label: 'clip.laneDown',
      keys: ['Alt+ArrowDown'],
      run: () => clips.moveLanes(model, 1),
      enabled: anySelected,
    },
    {
      id: 'clip.trimStart',
      label: 'clip.trimStart',
      keys: ['BracketLeft'],
      run: () => clips.trimToPlayhead(model, 'start'),
      enabled: anySelected,
    },
    {
      id: 'clip.trimEnd',
      label: 'clip.trimEnd',
      keys: ['BracketRight'],
      run: () => clips.trimToPlayhead(model, 'end'),
      enabled: anySelected,
    },
    {
      id: 'clip.fadeShort',
      label: 'clip.fadeShort',
      run: () => clips.setFades(model, fades.short, 'clip.fadeShort'),
      enabled: anySelected,
    },
    {
      id: 'clip.fadeLong',
      label: 'clip.fadeLong',
      run: () => clips.setFades(model, fades.long, 'clip.fadeLong'),
      enabled: anySelected,
    },
    {
      id: 'clip.fadeNone',
      label: 'clip.fadeNone',
      run: () => clips.setFades(model, 0, 'clip.fadeNone'),
      enabled: anySelected,
    },
    {
      id: 'clip.crossfade',
      label: 'clip.crossfade',
      keys: ['KeyX'],
      run: () => clips.crossfade(model),
      enabled: anySelected,
    },
    { id: 'view.zoomIn', label: 'view.zoomIn', keys: ['Equal', 'Shift+Equal'], run: () => views.zoom(model, zoomStep) },
    { id: 'view.zoomOut', label: 'view.zoomOut', keys: ['Minus'], run: () => views.zoom(model, 1 / zoomStep) },
    { id: 'view.zoomFit', label: 'view.zoomFit', keys: ['KeyF'], run: () => views.zoomFit(model) },
    {
      id: 'view.zoomSelection',
      label: 'view.zoomSelection',
      keys: ['KeyZ'],
      run: () => views.zoomSelection(model),
      enabled: anySelected,
    },
    {
      id: 'view.nextEdge',
      label: 'view.nextEdge',
      keys: ['Period'],
      run: () => views.goToEdge(model, 1),
      enabled: filled,
    },
    { id: 'view.previousEdge', label: 'view.previousEdge', keys: ['Comma'], run: () => views.goToEdge(model, -1) },
    {
      id: 'view.lanesTaller',
      label: 'view.lanesTaller',
      keys: ['Shift+KeyH'],
      run: () => views.scaleLanes(model, 1.25),
    },
    { id: 'view.lanesLower', label: 'view.lanesLower', keys: ['KeyH'], run: () => views.scaleLanes(model, 0.8) },
    { id: 'view.lanesFit', label: 'view.lanesFit', run: () => model.setLaneHeight(undefined) },
    ...timeLaneActions(model),
    ...snapActions,
    ...rippleActions,
    ...scrubActions,
    ...stretchActions(model),
    ...timeActions(model),
    ...freezeActions(model),
    ...transientActions(model),
    {
      id: 'view.follow',
      label: 'view.follow',
      keys: ['Shift+KeyF'],
      run: () => setFollowPlayhead(!followPlayhead()),
      checked: followPlayhead,
    },
    {
      id: 'view.loopSelection',
      label: 'view.loopSelection',
      keys: ['Shift+KeyL'],
      run: () => views.loopSelection(model),
      enabled: anySelected,
    },
  ];
}
