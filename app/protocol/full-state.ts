// The whole state on its way to a client: its objects as one text, which thousands of them are written and read fastest as.
import type { AtomeObject } from './kinds.ts';
import type { AppState } from './state.ts';

export interface FullState {
  readonly state: Omit<AppState, 'objects'>;
  /** A list of them as JSON, in which a zero has no sign. */
  readonly objects: string;
}

export function fullState({ objects, ...state }: AppState): FullState {
  return { state, objects: JSON.stringify(Object.values(objects)) };
}

export function wholeState({ state, objects: text }: FullState): AppState {
  const objects: Record<string, AtomeObject> = {};
  for (const object of JSON.parse(text) as AtomeObject[]) objects[object.id] = object;
  return { ...state, objects };
}
