// The service worker: keeps the whole page for use without a network, and isolates it on any static host.
import { clientsClaim } from 'workbox-core';
import { addPlugins, cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute, setDefaultHandler } from 'workbox-routing';
import { getSyncUrl } from '../core/environment.ts';
import { pageHeaders } from './headers.ts';
import { activateMessage } from './messages.ts';
import { keepSharedFiles, shareTargetPath } from './share-target.ts';

declare const self: ServiceWorkerGlobalScope;

const headers = pageHeaders(getSyncUrl()?.origin);
const scope = new URL(self.registration.scope);
const shareTarget = new URL(shareTargetPath, scope);

/** The response with the page's headers on it; as it is where the host already sends them, which is faster. */
function withPageHeaders(response: Response): Response {
  if (response.type === 'opaque' || response.type === 'error') return response;
  if (Object.entries(headers).every(([name, value]) => response.headers.get(name) === value)) return response;
  const merged = new Headers(response.headers);
  for (const [name, value] of Object.entries(headers)) merged.set(name, value);
  const hasBody = ![101, 204, 205, 304].includes(response.status);
  return new Response(hasBody ? response.body : null, {
    status: response.status,
    statusText: response.statusText,
    headers: merged,
  });
}

async function receiveShare(request: Request): Promise<Response> {
  const count = await keepSharedFiles(request);
  return Response.redirect(`${scope.href}?shared=${count}`, 303);
}

addPlugins([{ handlerWillRespond: async ({ response }) => withPageHeaders(response) }]);
registerRoute(
  ({ url }) => url.href === shareTarget.href,
  ({ request }) => receiveShare(request),
  'POST',
);
precacheAndRoute(self.__WB_MANIFEST, { cleanURLs: false, ignoreURLParametersMatching: [/./] });
cleanupOutdatedCaches();

// Addresses are relative to the page, so deeper ones than the page's own lead back to it.
const page = createHandlerBoundToURL('index.html');
registerRoute(
  new NavigationRoute((context) =>
    new URL('.', context.url).href === scope.href ? page(context) : Promise.resolve(Response.redirect(scope.href)),
  ),
);
setDefaultHandler(async ({ request, url }) => {
  const response = await fetch(request);
  return url.origin === scope.origin ? withPageHeaders(response) : response;
});

// A new version waits until the person says so; the very first one takes the page over at once.
self.addEventListener('message', (event) => {
  if (event.data === activateMessage) void self.skipWaiting();
});
clientsClaim();
