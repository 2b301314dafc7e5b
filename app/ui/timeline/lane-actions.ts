// What can be done with one lane, for its menu.
import { asOneStep } from '../../editor/edits.ts';
import { moveLane, removeLane } from '../../editor/lane-edits.ts';
import type { EditCommand } from '../../protocol/commands.ts';
import type { Action } from '../actions.ts';
import { rightOpen, setPhoneTab, toggleRight } from '../layout.ts';
import { select } from '../selection.ts';
import { type MessageKey, stepName, text } from '../text.ts';
import { runStep } from './clip-actions.ts';
import type { TimelineModel } from './model.ts';
import { laneTimeActions } from './time-actions.ts';

/** @param lane index into the scene's lanes. */
export function laneActions(model: TimelineModel, lane: number): readonly (readonly Action[])[] {
  const scene = model.scene();
  const step = (label: MessageKey, commands: readonly EditCommand[]): Action => ({
    id: label,
    label,
    run: () => void runStep(model, asOneStep(commands, stepName(label)), text(label)),
    enabled: () => commands.length > 0,
  });
  const clipIds = scene.lanes[lane]?.clips.items.map((clip) => clip.id) ?? [];
  const group = scene.lanes[lane]?.group ?? undefined;
  return [
    [
      {
        id: 'lane.inspect',
        label: 'lane.inspect',
        run: () => {
          if (group) select([group.id]);
          if (!rightOpen()) toggleRight();
          setPhoneTab('inspector');
        },
        enabled: () => group !== undefined,
      },
    ],
    [{ id: 'lane.select', label: 'lane.select', run: () => select(clipIds), enabled: () => clipIds.length > 0 }],
    [step('lane.up', moveLane(scene, lane, -1)), step('lane.down', moveLane(scene, lane, 1))],
    laneTimeActions(model, group?.id ?? null),
    [step('lane.delete', removeLane(scene, lane))],
  ];
}
