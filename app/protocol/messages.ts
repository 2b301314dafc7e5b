// What the tabs of one browser say to each other: one of them owns the session, and every tab is its client.
import * as v from 'valibot';
import type { ErrorReport } from './errors.ts';
import type { FullState } from './full-state.ts';
import { fields } from './kinds.ts';
import type { CommandReply, Cue, JsonPatchOp } from './state.ts';

/** Name of the BroadcastChannel where tabs find the owner of the session. */
export const lobbyName = 'atome-flow-lobby';
/** Name of the BroadcastChannel between one client and the owner; each connection has its own. */
export const connectionName = (connection: string): string => `atome-flow-client-${connection}`;

const { id } = fields;
const revision = v.pipe(v.number(), v.integer(), v.minValue(0));
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
/** What the owner made from its own types, as it is. */
const plain = <Value>() => v.custom<Value>(isObject, 'must be an object');

/** In the lobby, to everyone. */
export const lobbyMessage = v.variant('type', [
  /** A tab wants to be served. `life` is the Web Lock that it holds as long as it exists. */
  v.object({ type: v.literal('HELLO'), version: v.number(), connection: id, life: v.string() }),
  /** A session can be connected to from now on; whatever there was before is gone. */
  v.object({ type: v.literal('OWNER'), session: id }),
  /** A tab wants to be the owner: the owner lets go, and the others let it pass. */
  v.object({ type: v.literal('TAKE_OVER'), tab: id }),
]);

/** From a client to the owner. */
export const clientMessage = v.variant('type', [
  /** The id becomes that of the transaction; `again`: another owner may have carried it out already. */
  v.object({ type: v.literal('COMMAND'), id, again: v.boolean(), command: v.unknown() }),
  /** A question by its name; asking twice does no harm. */
  v.object({ type: v.literal('ASK'), id, question: v.string(), values: v.array(v.unknown()) }),
  /** A patch is missing. */
  v.object({ type: v.literal('RESYNC') }),
  /** The client shows this revision. */
  v.object({ type: v.literal('SEEN'), revId: revision }),
  /** One frame of features, please. */
  v.object({ type: v.literal('WANT_FEATURES') }),
]);

/** What moves all the time: meters, and the positions of the timelines that play. */
const features = {
  /** Peak left and right, root mean square left and right. */
  meters: v.instance(Float32Array),
  /** Seconds from each timeline's zero, as it is heard. */
  positions: v.array(v.tuple([id, v.number()])),
};

/** From the owner to a client. */
export const ownerMessage = v.variant('type', [
  v.object({ type: v.literal('STATE_FULL'), session: id, state: plain<FullState['state']>(), objects: v.string() }),
  v.object({ type: v.literal('STATE_PATCH'), revId: revision, ops: plain<readonly JsonPatchOp[]>() }),
  /** The answer to a COMMAND; the state that it left has been sent before. */
  v.object({ type: v.literal('REPLY'), id, reply: plain<CommandReply>() }),
  /** The answer to an ASK. */
  v.object({ type: v.literal('ANSWER'), id, value: v.unknown() }),
  v.object({ type: v.literal('NO_ANSWER'), id, error: plain<ErrorReport>() }),
  v.object({ type: v.literal('FEATURES'), ...features }),
  /** Once a second: the newest revision that was sent, how the engine does (an EngineStatus) and where it is. */
  v.object({ type: v.literal('STATUS'), revId: revision, status: plain<object>(), ...features }),
  /** To the owner's own page alone: where the engine's shared memory tells what (FeatureUpdates). */
  v.object({ type: v.literal('ENGINE'), updates: plain<readonly object[]>() }),
  /** A timeline asks for something besides sound. */
  v.object({ type: v.literal('CUE'), cue: plain<Cue>() }),
  /** Something went wrong that nobody asked for. */
  v.object({ type: v.literal('NOTICE'), error: plain<ErrorReport>() }),
  /** The owner is of another version of the program and cannot serve this tab. */
  v.object({ type: v.literal('OTHER_VERSION') }),
]);

export type LobbyMessage = v.InferOutput<typeof lobbyMessage>;
export type ClientMessage = v.InferOutput<typeof clientMessage>;
export type OwnerMessage = v.InferOutput<typeof ownerMessage>;
export type FeaturesMessage = Extract<OwnerMessage, { type: 'FEATURES' }>;
export type Features = Pick<FeaturesMessage, 'meters' | 'positions'>;

/** What arrived, if it is a message of that schema. */
export function readMessage<const Schema extends v.GenericSchema>(
  schema: Schema,
  data: unknown,
): v.InferOutput<Schema> | undefined {
  const result = v.safeParse(schema, data);
  return result.success ? result.output : undefined;
}
