// For what can wait until the person sees something.

/** Resolves when what is shown now is on the screen; at once in a tab in the background, where nothing is painted. */
export function afterPaint(): Promise<void> {
  return new Promise((resolve) => {
    if (document.hidden) resolve();
    else requestAnimationFrame(() => setTimeout(resolve));
  });
}
