// Finished exports on their way to the downloads: one of each kind per tab, until its next one or until the tab is gone.
import { openDirectory, removeFile } from './file-access.ts';
import { withFreeLock } from './locks.ts';

export interface ExportPlace {
  readonly directory: FileSystemDirectoryHandle;
  readonly name: string;
}

/**
 * Where the next export of a tab goes; what tabs that are gone have left there is removed.
 * @param tab the name of a Web Lock that the tab holds as long as it exists
 */
export async function exportPlace(tab: string, ending: 'wav' | 'atome'): Promise<ExportPlace> {
  const directory = await openDirectory(['exports']);
  const names: string[] = [];
  for await (const name of directory.keys()) names.push(name);
  for (const name of names) {
    // What cannot be removed yet is left for the next time.
    await withFreeLock(tabOf(name), () => removeFile(directory, name).then(undefined, () => undefined));
  }
  return { directory, name: `${encodeURIComponent(tab)}.${ending}` };
}

const tabOf = (name: string): string => decodeURIComponent(name.slice(0, name.lastIndexOf('.')));
