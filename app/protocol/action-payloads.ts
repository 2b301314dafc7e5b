// What the events of an action clip carry: one schema for each type.
import * as v from 'valibot';
import { editCommands, liveCommands } from './commands.ts';
import { type ActionClipAtome, fields } from './kinds.ts';
import { namedValues } from './named-values.ts';

const share = v.pipe(fields.finite, v.minValue(0), v.maxValue(1));
const { source, name, args, time_limit, memory_limit } = liveCommands.RUN_SCRIPT.entries;

/** What a script is run with, besides what starts it. */
export const scriptPayload = v.strictObject({ source, name, args, time_limit, memory_limit });

export const actionPayloads = {
  /** 0 to 1; an xy pad takes two. */
  widgetChange: v.strictObject({
    widget_id: fields.id,
    value: v.union([share, v.pipe(v.array(share), v.minLength(1), v.maxLength(2))]),
  }),
  script: scriptPayload,
  /** Any command. */
  editCommand: v.strictObject({ command: namedValues(v.unknown()) }),
  /** A graph in place of the one there is, or changes to it. */
  routingChange: v.union([
    v.strictObject({ graph: editCommands.SET_ROUTING_GRAPH.entries.graph }),
    v.strictObject({ delta: editCommands.UPDATE_ROUTING.entries.delta }),
  ]),
} as const;

/** A value for a parameter, as SCHEDULE_AUTOMATION writes it: it takes no event of its own. */
export const isAutomation = ({ type, payload }: ActionClipAtome['events'][number]): boolean =>
  type === 'widgetChange' && 'param_path' in payload;
