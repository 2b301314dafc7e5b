// Commands carried out on an edit, and what follows from them.
import type { Edit } from './edit.ts';
import { type AnyParsedEdit, carryOut } from './edit-commands.ts';
import { followLoopMarkers } from './loop-markers.ts';

/** @throws AtomeError when one of them does not fit; the edit is then rolled back. */
export function carryOutAll(edit: Edit, commands: readonly AnyParsedEdit[]): void {
  for (const command of commands) carryOut(edit, command);
  followLoopMarkers(edit);
}
