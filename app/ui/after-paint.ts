// For what can wait until the person sees something.

/** Resolves when what is shown now is on the screen; at once in a tab in the background, where nothing is painted. */
export function afterPaint(): Promise<void> {
  return new Promise((resolve) => {
    if (document.hidden) resolve();
    else requestAnimationFrame(() => setTimeout(resolve));
  });
}

/** Resolves when what is under way has been handed on. */
export const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
