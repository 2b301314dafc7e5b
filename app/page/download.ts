// Hands a file to the browser's downloads.

/** The bytes of a disk-backed file are streamed, not loaded. */
export function download(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser has taken hold of the file by the next task; a minute covers slow disks.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
