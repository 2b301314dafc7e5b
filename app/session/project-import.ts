// A project from a file as objects of this session: ids of its own where they are taken, and its past before it.
import { compareHybridTime } from '../core/hybrid-clock.ts';
import { AtomeError, reportOf } from '../protocol/errors.ts';
import type { AtomeObject, AudioFileAtome, MediaFileAtome, ProjectAtome } from '../protocol/kinds.ts';
import type { LogicalTime } from '../protocol/state.ts';
import type { PropertyChange, TransactionRecord } from '../protocol/transaction.ts';
import type { PastTransaction } from '../storage/project-history.ts';
import type { Edit, EditContext } from './edit.ts';
import type { Applied, Ledger } from './ledger.ts';
import { openProject } from './object-commands.ts';
import type { ObjectMap } from './object-map.ts';
import { sameValue } from './same-value.ts';

export interface ProjectContent {
  readonly objects: readonly AtomeObject[];
  readonly history: Iterable<PastTransaction>;
  /** Where the sound or video of each content hash is stored here. */
  readonly paths: ReadonlyMap<string, string>;
}

type ImportContext = Pick<EditContext, 'author' | 'now' | 'createId'> & { readonly device: string };

type AnyFile = AudioFileAtome | MediaFileAtome;

const isFile = (object: AtomeObject | undefined): object is AnyFile =>
  object?.kind === 'AudioFileAtome' || object?.kind === 'MediaFileAtome';

interface ProjectImport {
  readonly projectId: string;
  /** The new objects as they are to be. */
  readonly objects: readonly AtomeObject[];
  /** Files of the same content that are here already, and now belong to the project as well. */
  readonly sharedFiles: readonly AnyFile[];
  /** How they came to be: ends with all of them removed, so that nothing shows before one last edit brings them back. */
  readonly past: readonly TransactionRecord[];
}

/**
 * Makes the project part of the session and brings it to the front, as one step.
 * @param id that step's
 * @throws AtomeError ERR_PROJECT_FILE when it is not whole, or the store's; nothing has changed then
 */
export async function takeOverProject(
  ledger: Ledger,
  content: ProjectContent,
  context: ImportContext,
  id: string,
): Promise<Applied> {
  const { projectId, objects, sharedFiles, past } = prepareImport(ledger.objects, content, context);
  const show = (edit: Edit): void => {
    edit.apply(objects.map(({ id }) => ({ objectId: id, property: 'deleted', before: true, after: undefined })));
    for (const file of sharedFiles) edit.set(file, { project_ids: [...new Set([...file.project_ids, projectId])] });
    openProject(edit, { cmd: 'OPEN_PROJECT', project_id: projectId });
    edit.created.push(projectId);
  };
  for (const object of objects) ledger.objects.restore(object.id, { object, living: false });
  try {
    assertWhole(ledger, show);
    await ledger.takeOver(past);
  } catch (error) {
    for (const { id } of objects) ledger.objects.restore(id, undefined);
    throw error;
  }
  return ledger.perform('Import project', show, { id });
}

function assertWhole(ledger: Ledger, show: (edit: Edit) => void): void {
  try {
    ledger.check(show);
  } catch (error) {
    throw new AtomeError('ERR_PROJECT_FILE', reportOf(error, 'ERR_PROJECT_FILE').msg);
  }
}

function prepareImport(here: ObjectMap, content: ProjectContent, context: ImportContext): ProjectImport {
  const projects = content.objects.filter((object): object is ProjectAtome => object.kind === 'ProjectAtome');
  const [project] = projects;
  if (!project || projects.length > 1) throw new AtomeError('ERR_PROJECT_FILE', `${projects.length} projects in it`);
  const ids = chooseIds(here, content.objects, context.createId);
  const sharedFiles: AnyFile[] = [];
  const objects: AtomeObject[] = [];
  for (const object of content.objects) {
    const known = isFile(object) ? here.get(ids.get(object.id) ?? '') : undefined;
    if (isFile(known)) sharedFiles.push(known);
    else objects.push(asOwn(renamed(object, ids) as AtomeObject, content.paths, context));
  }
  return {
    projectId: ids.get(project.id) ?? project.id,
    objects,
    sharedFiles,
    past: pastOf(objects, content.history, ids, context),
  };
}

/** Old id -> id here: the same where all of them are free, fresh ones else; files of known content are those known. */
function chooseIds(here: ObjectMap, objects: readonly AtomeObject[], createId: () => string): Map<string, string> {
  const taken = objects.some(({ id }) => here.knows(id));
  return new Map(
    objects.map((object) => {
      const known = isFile(object) ? here.fileWithHash(object.kind, object.content_hash) : undefined;
      return [object.id, known ?? (taken ? createId() : object.id)];
    }),
  );
}

/** The value with every id in it changed, at any depth, names of properties included. */
function renamed(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return ids.get(value) ?? value;
  if (Array.isArray(value)) return value.map((item) => renamed(item, ids));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [ids.get(name) ?? name, renamed(item, ids)]));
}

/** Files belong to the person who opens the project, and lie where they are stored here. */
function asOwn(object: AtomeObject, paths: ReadonlyMap<string, string>, { author }: ImportContext): AtomeObject {
  if (!isFile(object)) return object;
  const local_path = paths.get(object.content_hash);
  if (local_path === undefined) {
    const what = object.kind === 'AudioFileAtome' ? 'sound' : 'video';
    throw new AtomeError('ERR_PROJECT_FILE', `the ${what} of “${object.name}” is missing`);
  }
  return object.kind === 'AudioFileAtome' ? { ...object, user_id: author, local_path } : object;
}

function pastOf(
  objects: readonly AtomeObject[],
  history: Iterable<PastTransaction>,
  ids: ReadonlyMap<string, string>,
  { author, device, now, createId }: ImportContext,
): TransactionRecord[] {
  const values = new Map<string, Map<string, unknown>>(objects.map(({ id }) => [id, new Map()]));
  const records: TransactionRecord[] = [];
  let latest: LogicalTime = { wall: 0, counter: 0 };
  const take = (head: Omit<PastTransaction, 'changes'>, after: readonly Omit<PropertyChange, 'before'>[]): void => {
    const changes = after.map((change): PropertyChange => {
      const own = values.get(change.objectId);
      const before = own?.get(change.property);
      own?.set(change.property, change.after);
      return { ...change, before };
    });
    records.push({ ...head, id: createId(), role: 'do', target: null, imported: true, changes });
  };
  for (const { changes, ...head } of history) {
    if (compareHybridTime(head.time, latest) > 0) latest = head.time;
    const own = changes.flatMap(({ objectId, property, after }) => {
      const id = ids.get(objectId) ?? objectId;
      return values.has(id) ? { objectId: id, property, after: renamed(after, ids) } : [];
    });
    if (own.length > 0) take(head, own);
  }
  // A clock that ran ahead elsewhere would win against every edit made here until then: its whole past is moved back.
  const lead = Math.max(0, latest.wall - now());
  const moved = records.map(({ time, ...record }) => ({
    ...record,
    time: { wall: Math.max(0, time.wall - lead), counter: time.counter },
  }));
  records.length = 0;
  const end = { wall: latest.wall - lead, counter: latest.counter + 1 };
  take({ label: 'Import project', time: end, device, author }, [...differences(objects, values)]);
  return [...moved, ...records];
}

/** What is still to be changed after the past, whatever that was, for the objects to be as they should, but removed. */
function* differences(objects: readonly AtomeObject[], values: ReadonlyMap<string, ReadonlyMap<string, unknown>>) {
  for (const { id: objectId, ...properties } of objects) {
    const own = values.get(objectId);
    const wanted = new Map<string, unknown>(Object.entries({ ...properties, deleted: true }));
    for (const [property, after] of wanted) {
      if (!sameValue(own?.get(property), after)) yield { objectId, property, after };
    }
    for (const property of own?.keys() ?? []) {
      if (!wanted.has(property) && own?.get(property) !== undefined) yield { objectId, property, after: undefined };
    }
  }
}
