// The committed JSON Schema is that of the registry, and says what a command has to look like.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commandSchemas } from '../app/protocol/commands.ts';
import { kindSchemas } from '../app/protocol/kinds.ts';
import { schemaText } from './json-schema.ts';

const committed = readFileSync(new URL('../docs/schema.json', import.meta.url), 'utf8');

test('docs/schema.json is current; if not: npm run -s schema > docs/schema.json', () => {
  expect(JSON.parse(committed)).toEqual(JSON.parse(schemaText()));
});

test('every command and kind is in it, with its fields, bounds and no others', () => {
  const { $defs } = JSON.parse(committed);
  expect(Object.keys($defs).toSorted()).toEqual(
    [...Object.keys(commandSchemas), 'BATCH', ...Object.keys(kindSchemas)].toSorted(),
  );
  expect($defs.SPLIT_CLIP).toMatchObject({
    type: 'object',
    required: ['cmd', 'clip_id', 'position'],
    additionalProperties: false,
    properties: { cmd: { const: 'SPLIT_CLIP' }, position: { type: 'number', minimum: 0, maximum: 1e9 } },
  });
  const { graph } = $defs.SET_ROUTING_GRAPH.properties;
  expect(graph).toMatchObject({ additionalProperties: false });
  expect(graph.properties.nodes.items).toMatchObject({
    additionalProperties: false,
    properties: { params: { additionalProperties: {} } },
  });
  // What is kept may have been written by another version.
  expect($defs.RoutingGraphAtome).not.toHaveProperty('additionalProperties');
  expect($defs.AudioClipAtome.properties.pan).toMatchObject({ type: 'number', minimum: -1, maximum: 1 });
});
