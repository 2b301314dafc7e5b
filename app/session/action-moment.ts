// What the events of an action clip that are due at one moment come down to.
import * as v from 'valibot';
import { actionPayloads, isAutomation } from '../protocol/action-payloads.ts';
import type { Command, CommandOf, EditCommand } from '../protocol/commands.ts';
import { editCommands, normaliseCommand } from '../protocol/commands.ts';
import type { ActionClipAtome } from '../protocol/kinds.ts';
import { asValue } from './automation.ts';
import type { ObjectReader } from './types.ts';

type ActionEvent = ActionClipAtome['events'][number];

export interface ActionMoment {
  /** Widgets and routing: what plays by itself, and is nobody's step. */
  readonly played: readonly EditCommand[];
  /** Edits of the project: one step of whoever plays the clip. */
  readonly edits: readonly EditCommand[];
  /** What happens after them, in order: play, stop, scripts. */
  readonly live: readonly Command[];
  /** How many events have a payload that fits no schema, or speak of something that is gone. */
  readonly left: number;
}

/** @param events in their order; of several values for one widget the last one counts */
export function momentOf(objects: ObjectReader, events: readonly ActionEvent[]): ActionMoment {
  const widgets = new Map<string, EditCommand>();
  const routing: EditCommand[] = [];
  const edits: EditCommand[] = [];
  const live: Command[] = [];
  const put = (event: ActionEvent): boolean => {
    switch (event.type) {
      case 'widgetChange':
        return take(widgetEdit(objects, event), (edit) => widgets.set(edit.id, edit));
      case 'routingChange':
        return take(routingEdit(event), (edit) => routing.push(edit));
      case 'script':
        return take(scriptCommand(event), (command) => live.push(command));
      case 'editCommand':
        return take(anyCommand(event), (command) => {
          if (command.cmd === 'BATCH') edits.push(...command.commands);
          else if (isEditCommand(command)) edits.push(command);
          else live.push(command);
        });
    }
  };
  const left = events.filter((event) => !isAutomation(event) && !put(event)).length;
  return { played: [...widgets.values(), ...routing], edits, live, left };
}

function take<Value>(value: Value | undefined, put: (value: Value) => void): boolean {
  if (value === undefined) return false;
  put(value);
  return true;
}

function widgetEdit(objects: ObjectReader, { payload }: ActionEvent): CommandOf<'SET_OBJECT'> | undefined {
  const { success, output } = v.safeParse(actionPayloads.widgetChange, payload);
  const widget = success ? objects.get(output.widget_id) : undefined;
  if (!success || widget?.kind !== 'WidgetAtome') return undefined;
  return { cmd: 'SET_OBJECT', id: widget.id, properties: { value: asValue(widget, output.value) } };
}

function routingEdit({ payload }: ActionEvent): EditCommand | undefined {
  const { success, output } = v.safeParse(actionPayloads.routingChange, payload);
  if (!success) return undefined;
  return 'graph' in output
    ? { cmd: 'SET_ROUTING_GRAPH', graph: output.graph }
    : { cmd: 'UPDATE_ROUTING', delta: output.delta };
}

function scriptCommand({ payload }: ActionEvent): CommandOf<'RUN_SCRIPT'> | undefined {
  const { success, output } = v.safeParse(actionPayloads.script, payload);
  return success ? { cmd: 'RUN_SCRIPT', ...output } : undefined;
}

/** What it says is the session's to check. */
function anyCommand({ payload }: ActionEvent): Command | undefined {
  const { success, output } = v.safeParse(actionPayloads.editCommand, payload);
  return success ? (normaliseCommand(output.command) as Command) : undefined;
}

const isEditCommand = (command: Command): command is EditCommand => Object.hasOwn(editCommands, command.cmd);
