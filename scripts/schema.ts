// `npm run -s schema` prints the schema registry as JSON Schema; docs/schema.json holds it.
import { schemaText } from './json-schema.ts';

process.stdout.write(schemaText());
