// Files as tests hold them, and the way into the page: dropped on it like a person's own.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

export interface FileOfTest {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A file of the folder `fixtures`. */
export async function fixture(name: string): Promise<FileOfTest> {
  return { name, bytes: await readFile(join(import.meta.dirname, '../fixtures', name)) };
}

/** The form in which a file passes into the page. */
export const asText = ({ name, bytes }: FileOfTest) => ({ name, content: Buffer.from(bytes).toString('base64') });

/** Drags files over a point of the page and lets them fall there. */
export async function dropFiles(
  page: Page,
  files: readonly FileOfTest[],
  at: { readonly x: number; readonly y: number },
): Promise<void> {
  await page.evaluate(
    ([contents, { x, y }]) => {
      const carried = new DataTransfer();
      for (const { name, content } of contents) {
        const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
        carried.items.add(new File([bytes], name));
      }
      for (const type of ['dragenter', 'dragover', 'drop']) {
        const event = new DragEvent(type, {
          bubbles: true,
          cancelable: true,
          clientX: x,
          clientY: y,
          dataTransfer: carried,
        });
        // What lies under the pointer changes as the page lights up.
        document.elementFromPoint(x, y)?.dispatchEvent(event);
      }
    },
    [files.map(asText), at] as const,
  );
}
