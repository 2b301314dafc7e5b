// What a sound is called after its file.
import { longestName } from '../protocol/kinds.ts';

/** The file's name without its extension, cut to the length that names may have, between characters. */
export function soundName(fileName: string): string {
  const name = fileName.replace(/\.[^.]*$/, '') || fileName;
  return name.slice(0, longestName).replace(/[\uD800-\uDBFF]$/, '');
}
