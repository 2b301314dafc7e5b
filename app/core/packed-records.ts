// Thousands of records that are much alike, as columns: a fraction of their size, and copied in a fraction of the time.

type PlainRecord = Readonly<Record<string, unknown>>;

/** The values of one property: one per record, or where they repeat themselves each of them once, and their places. */
export interface PackedColumn {
  readonly values: readonly unknown[];
  readonly places?: Uint8Array;
}

/** Records that have the same properties in the same order. */
interface PackedTable {
  readonly count: number;
  readonly names: readonly string[];
  readonly columns: readonly PackedColumn[];
}

/** A structured clone keeps all of it. */
export interface PackedRecords {
  readonly tables: readonly PackedTable[];
  /** The table of each record. */
  readonly order: PackedColumn;
}

/** Different values that are told apart; a column of more is kept as it is. */
const mostPlaces = 256;

interface OpenTable {
  readonly names: readonly string[];
  readonly columns: unknown[][];
  count: number;
}

/** Values are taken over as they are, by reference. */
export function packRecords(records: Iterable<PlainRecord>): PackedRecords {
  const tables: OpenTable[] = [];
  const order: number[] = [];
  let last = 0;
  for (const record of records) {
    const names = Object.keys(record);
    const known = tables[last];
    if (!known || !isSame(known.names, names)) last = tables.findIndex((table) => isSame(table.names, names));
    if (last < 0) last = tables.push({ names, columns: names.map(() => []), count: 0 }) - 1;
    const table = tables[last];
    if (table) addRow(table, record);
    order.push(last);
  }
  return {
    tables: tables.map(({ names, columns, count }) => ({ names, count, columns: columns.map(packColumn) })),
    order: packColumn(order),
  };
}

function addRow(table: OpenTable, record: PlainRecord): void {
  const values = Object.values(record);
  for (let column = 0; column < values.length; column++) table.columns[column]?.push(values[column]);
  table.count++;
}

/** Records of their own, in the order in which they were packed. */
export function unpackRecords({ tables, order }: PackedRecords): Record<string, unknown>[] {
  const rows = tables.map(unpackTable);
  const next = tables.map(() => 0);
  const [only] = rows;
  if (only && rows.length === 1) return only;
  const all: Record<string, unknown>[] = [];
  for (const at of unpackColumn(order) as readonly number[]) {
    const row = next[at] ?? 0;
    next[at] = row + 1;
    const record = rows[at]?.[row];
    if (record) all.push(record);
  }
  return all;
}

export function packColumn(all: readonly unknown[]): PackedColumn {
  const most = Math.min(mostPlaces, all.length / 2);
  const known = new Map<unknown, number>();
  const places = new Uint8Array(all.length);
  let [before, place]: [unknown, number] = [all[0], -1];
  for (let index = 0; index < all.length; index++) {
    const value = all[index];
    if (place < 0 || !Object.is(value, before)) {
      // A map does not tell zeros apart.
      const key = Object.is(value, -0) ? negativeZero : value;
      const found = known.get(key);
      if (found === undefined && known.size >= most) return { values: all };
      place = found ?? known.size;
      before = value;
      if (found === undefined) known.set(key, place);
    }
    places[index] = place;
  }
  return { values: Array.from(known.keys(), (key) => (key === negativeZero ? -0 : key)), places };
}

const negativeZero = Symbol('-0');

export function unpackColumn({ values, places }: PackedColumn): readonly unknown[] {
  return places ? Array.from(places, (place) => values[place]) : values;
}

function unpackTable({ count, names, columns }: PackedTable): Record<string, unknown>[] {
  const first: Record<string, unknown> = {};
  for (let column = 0; column < columns.length; column++) first[names[column] ?? ''] = columns[column]?.values[0];
  const rows: Record<string, unknown>[] = [];
  // Most properties are the same everywhere: those come with the copy.
  for (let row = 0; row < count; row++) rows.push({ ...first });
  for (const [index, { values, places }] of columns.entries()) {
    const name = names[index] ?? '';
    if (places && values.length === 1) continue;
    for (let row = 0; row < count; row++) {
      const record = rows[row];
      if (record) record[name] = places ? values[places[row] ?? 0] : values[row];
    }
  }
  return rows;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false;
  return true;
}
