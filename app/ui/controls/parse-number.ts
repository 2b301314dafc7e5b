// Reads a number and its unit as people type them: "-6 dB", "−6,5dB", "250 ms", "1.5".

export interface TypedNumber {
  readonly value: number;
  /** In lower case, '' when none was typed. */
  readonly unit: string;
}

const pattern = /^([+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+|inf|∞))\s*([\p{L}%]*)$/u;

export function parseNumber(typed: string): TypedNumber | undefined {
  const plain = typed.trim().toLowerCase().replace(/[−–]/g, '-');
  const match = pattern.exec(plain);
  const digits = match?.[1];
  if (digits === undefined) return undefined;
  const infinite = /^([+-]?)(?:inf|∞)$/.exec(digits);
  const value = infinite ? (infinite[1] === '-' ? -Infinity : Infinity) : Number(digits.replace(',', '.'));
  return { value, unit: match?.[2] ?? '' };
}
