// The schema registry as JSON Schema, for programs that are not written in TypeScript: kinds, commands, error codes.
import { type ConversionConfig, toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { batchCommand, editCommands, liveCommands } from '../app/protocol/commands.ts';
import { errorCatalogue } from '../app/protocol/errors.ts';
import { kindSchemas } from '../app/protocol/kinds.ts';
import { PROTOCOL_VERSION } from '../app/protocol/state.ts';

/** Checks that JSON Schema has no words for (an end behind its start) are left to the session, which names them. */
const converted = (schema: GenericSchema, config: ConversionConfig = {}): object => {
  const { $schema: _dialect, ...rest } = toJsonSchema(schema, {
    target: 'draft-2020-12',
    errorMode: 'ignore',
    ...config,
  });
  return rest;
};

/** What is sent is refused with names that are not known, at any depth; what is kept may have more, of newer versions. */
const command = (schema: GenericSchema): object =>
  converted(schema, {
    overrideSchema: ({ jsonSchema }) =>
      jsonSchema.properties ? { ...jsonSchema, additionalProperties: false } : undefined,
  });

const all = (schemas: Readonly<Record<string, GenericSchema>>, convert = command): Record<string, object> =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, convert(schema)]));

/** The text of docs/schema.json. */
export function schemaText(): string {
  const editNames = Object.keys(editCommands);
  const batch = command(batchCommand) as { properties: object };
  const commands = {
    type: 'array',
    minItems: 1,
    items: { oneOf: editNames.map((name) => ({ $ref: `#/$defs/${name}` })) },
  };
  const document = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Atome Flow: what the session takes and keeps',
    version: PROTOCOL_VERSION,
    oneOf: [...editNames, 'BATCH', ...Object.keys(liveCommands)].map((name) => ({ $ref: `#/$defs/${name}` })),
    $defs: {
      ...all(editCommands),
      BATCH: { ...batch, properties: { ...batch.properties, commands } },
      ...all(liveCommands),
      ...all(kindSchemas, (schema) => converted(schema)),
    },
    undoable: editNames,
    errors: Object.fromEntries(Object.entries(errorCatalogue).map(([name, { code, text }]) => [name, { code, text }])),
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}
