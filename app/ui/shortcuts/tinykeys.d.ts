// Types of the part of tinykeys that is used; the package's own are not reachable through its exports.

declare module 'tinykeys' {
  export function createKeybindingsHandler(
    bindings: Readonly<Record<string, (event: KeyboardEvent) => void>>,
  ): (event: KeyboardEvent) => void;
}
