// The past of a project in its file: one line of JSON per transaction, oldest first, read with bounds on everything.
import * as v from 'valibot';
import { crc32 } from '../core/crc32.ts';
import { fields, isKind, kindSchemas } from '../protocol/kinds.ts';
import type { LogicalTime } from '../protocol/state.ts';
import type { TransactionRecord } from '../protocol/transaction.ts';
import { type ByteSource, damaged, type ZipEntry } from './zip-reader.ts';

/** A property's new value; `undefined`: it does not exist from then on. */
export interface PastChange {
  readonly objectId: string;
  readonly property: string;
  readonly after: unknown;
}

/** One step of a project's past, whoever made it and wherever. */
export interface PastTransaction {
  readonly label: string;
  readonly time: LogicalTime;
  readonly device: string;
  readonly author: string;
  readonly changes: readonly PastChange[];
}

/** Bytes read from the file at a time, and the longest line: a batch over a whole large project fits. */
const pieceBytes = 1 << 20;
const longestLine = 256 << 20;

/** What concerns the given objects, as lines; transactions that concern none of them are left out. */
export async function* historyLines(
  transactions: AsyncIterable<TransactionRecord>,
  concerns: (objectId: string) => boolean,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  for await (const { label, time, device, author, changes } of transactions) {
    const kept = changes.filter(({ objectId }) => concerns(objectId));
    if (kept.length === 0) continue;
    const rows = kept.map(({ objectId, property, after }) =>
      after === undefined ? [objectId, property] : [objectId, property, after],
    );
    yield encoder.encode(`${JSON.stringify([label, time.wall, time.counter, device, author, rows])}\n`);
  }
}

const text = v.pipe(v.string(), v.maxLength(1000));
const clock = v.pipe(v.number(), v.integer(), v.minValue(0));
const lineSchema = v.tuple([text, clock, clock, text, text, v.array(v.array(v.unknown()))]);

/**
 * Reads the lines and checks every value by the schema of its object's kind.
 * @param kindOf the kind of an object of the project. @throws AtomeError ERR_PROJECT_FILE that names what is wrong
 */
export function* readHistory(
  source: ByteSource,
  entry: ZipEntry,
  kindOf: (objectId: string) => string | undefined,
): Generator<PastTransaction> {
  let number = 0;
  for (const line of linesOf(source, entry)) {
    number++;
    const parsed = v.safeParse(lineSchema, parsedJson(line, number));
    if (!parsed.success) throw damaged(`history, line ${number}: ${parsed.issues[0].message}`);
    const [label, wall, counter, device, author, rows] = parsed.output;
    const changes = rows.map((row) => checkedChange(row, kindOf, number));
    yield { label, time: { wall, counter }, device, author, changes };
  }
}

function checkedChange(row: unknown[], kindOf: (id: string) => string | undefined, line: number): PastChange {
  const [objectId, property, after] = row;
  const wrong = (what: string) => damaged(`history, line ${line}: ${what}`);
  if (!v.is(fields.id, objectId) || typeof property !== 'string' || row.length > 3) throw wrong('not a change');
  const kind = kindOf(objectId);
  if (kind === undefined || !isKind(kind)) throw wrong(`the project has no object ${objectId}`);
  if (property === 'kind' && after !== kind) throw wrong(`${objectId} is a ${kind}`);
  if (property === 'deleted' && typeof after !== 'boolean' && after !== undefined)
    throw wrong('deleted: not a boolean');
  if (property === 'kind' || property === 'deleted') return { objectId, property, after };
  const entries: Readonly<Record<string, v.GenericSchema>> = kindSchemas[kind].entries;
  const schema = Object.hasOwn(entries, property) ? entries[property] : undefined;
  if (!schema) throw wrong(`${kind} has no property ${JSON.stringify(property.slice(0, 100))}`);
  if (row.length === 2) return { objectId, property, after: undefined };
  const value = v.safeParse(schema, after);
  if (!value.success) throw wrong(`${kind} ${objectId} ${property}: ${value.issues[0].message}`);
  return { objectId, property, after: value.output };
}

function* linesOf(source: ByteSource, { offset, size, checksum }: ZipEntry): Generator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let found = 0;
  for (let at = 0; at < size; at += pieceBytes) {
    const bytes = source.read(offset + at, Math.min(pieceBytes, size - at));
    found = crc32(bytes, found);
    let piece: string;
    try {
      piece = decoder.decode(bytes, { stream: at + pieceBytes < size });
    } catch {
      throw damaged('the history is not text');
    }
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) throw damaged('a line of the history is too long');
    yield* lines;
  }
  if (rest !== '') yield rest;
  if (found !== checksum) throw damaged('the history was changed or damaged');
}

function parsedJson(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw damaged(`history, line ${number}: cannot be read`);
  }
}
