// What an event may carry: an event whose payload does not fit its type would never happen.
import * as v from 'valibot';
import { eventPayloads } from '../protocol/event-payloads.ts';
import type { TimelineEventAtome } from '../protocol/kinds.ts';
import { parsedInput } from './validate.ts';

const schemas: Readonly<Partial<Record<TimelineEventAtome['type'], v.GenericSchema>>> = Object.fromEntries(
  Object.entries(eventPayloads).map(([type, schema]) => [type, v.partial(schema as typeof eventPayloads.ui_show)]),
);

/**
 * What is missing may still come, as long as the event is being made; until then it does nothing.
 * @throws AtomeError ERR_BAD_COMMAND for a value that does not fit, and for a field that the type does not know.
 */
export function assertPayload({ type, payload }: Pick<TimelineEventAtome, 'type' | 'payload'>): void {
  const schema = schemas[type];
  if (schema) parsedInput(schema, payload, 'payload');
}
