// What the page says to its service worker.

/** The person agreed to the update: take over now. */
export const activateMessage = 'activate';
