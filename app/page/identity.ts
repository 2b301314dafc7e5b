// Who stores here: an id per person and one per device, made at the first visit and found again by what is on disk.
import { createId, type Id, isId } from '../core/id.ts';

export interface Identity {
  readonly userId: Id;
  readonly deviceId: Id;
}

/**
 * Reads the ids, or makes them. A lost user id is found again by its folder, so that no sound is orphaned; so is one that
 * the browser refused to keep beside the files.
 */
export async function loadIdentity(): Promise<Identity> {
  const userId = stored('atome.user') ?? (await userOnDisk()) ?? createId();
  const deviceId = stored('atome.device') ?? createId();
  keep('atome.user', userId);
  keep('atome.device', deviceId);
  return { userId, deviceId };
}

function stored(key: string): Id | undefined {
  try {
    const value = localStorage.getItem(key);
    return isId(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function keep(key: string, id: Id): void {
  try {
    localStorage.setItem(key, id);
  } catch {
    // Refused: the next visit finds the user by their folder and is a device of its own.
  }
}

async function userOnDisk(): Promise<Id | undefined> {
  try {
    const root = await navigator.storage.getDirectory();
    const data = await root.getDirectoryHandle('data');
    const users = await data.getDirectoryHandle('users');
    for await (const name of users.keys()) if (isId(name)) return name;
  } catch {
    // No folder yet: the first visit.
  }
  return undefined;
}
