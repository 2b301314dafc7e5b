// The engine's module: the very file that the page has loaded.

export async function compileEngine(): Promise<WebAssembly.Module> {
  const loaded = performance.getEntriesByType('resource').find(({ name }) => /\/engine-[^/]*\.wasm$/.test(name));
  if (!loaded) throw new Error('the page has loaded no engine');
  return WebAssembly.compileStreaming(fetch(loaded.name));
}
