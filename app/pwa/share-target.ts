// Files that other programs share with the installed page: kept in a cache until the page takes them.

/** The manifest's share target posts here; relative to the page. */
export const shareTargetPath = 'share-target';
/** Name of the form's field that holds the files. */
export const shareTargetField = 'audio';

const cacheName = 'shared-files';
const nameHeader = 'X-File-Name';

/** Keeps the files of a share request; resolves to how many there were. Service worker. */
export async function keepSharedFiles(request: Request): Promise<number> {
  const form = await request.formData();
  const files = form.getAll(shareTargetField).filter((entry) => entry instanceof File);
  const cache = await caches.open(cacheName);
  await Promise.all(
    files.map((file) =>
      cache.put(
        `${shareTargetPath}/${crypto.randomUUID()}`,
        new Response(file, {
          headers: { 'Content-Type': file.type, [nameHeader]: encodeURIComponent(file.name) },
        }),
      ),
    ),
  );
  return files.length;
}

/** Takes the kept files out of the cache. Page. */
export async function takeSharedFiles(): Promise<File[]> {
  const cache = await caches.open(cacheName);
  const requests = await cache.keys();
  const files = await Promise.all(
    requests.map(async (request) => {
      const response = await cache.match(request);
      if (response === undefined) return [];
      const name = decodeURIComponent(response.headers.get(nameHeader) ?? 'shared');
      return [new File([await response.blob()], name, { type: response.headers.get('Content-Type') ?? '' })];
    }),
  );
  await Promise.all(requests.map((request) => cache.delete(request)));
  return files.flat();
}
