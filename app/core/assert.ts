// Assertions for what can only be wrong through a mistake in this program, never through input.

export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${message}`);
}

/** The value, which this program knows to exist. */
export function defined<Value>(value: Value | undefined | null, message: string): Value {
  if (value === undefined || value === null) throw new Error(`missing: ${message}`);
  return value;
}

/** Closes an exhaustive switch: a new case that is not handled does not compile. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
