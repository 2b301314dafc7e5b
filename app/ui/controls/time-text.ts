// Durations and places in time as people read and type them: "1:02.500", "250 ms", "3 h 12 min".
import { parseNumber } from './parse-number.ts';

const padded = (value: number, digits: number): string => String(value).padStart(digits, '0');

/** Minutes, seconds and milliseconds, hours when there are any: 62.5 is "1:02.500". */
export function clockText(seconds: number): string {
  const sign = seconds < 0 ? '−' : '';
  const total = Math.round(Math.abs(seconds) * 1000);
  const hours = Math.floor(total / 3_600_000);
  const minutes = Math.floor(total / 60_000) % 60;
  const rest = `${padded(Math.floor(total / 1000) % 60, 2)}.${padded(total % 1000, 3)}`;
  return hours > 0 ? `${sign}${hours}:${padded(minutes, 2)}:${rest}` : `${sign}${minutes}:${rest}`;
}

/** To whole seconds, for lists: 185.4 is "3:05". */
export function lengthText(seconds: number): string {
  const total = Math.round(seconds);
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor(total / 60) % 60;
  const rest = padded(total % 60, 2);
  return hours > 0 ? `${hours}:${padded(minutes, 2)}:${rest}` : `${minutes}:${rest}`;
}

/** Short times in milliseconds, others in seconds: 0.25 is "250 ms", 1.5 is "1.500 s". */
export const shortTimeText = (seconds: number): string =>
  Math.abs(seconds) < 1 ? `${Number((seconds * 1000).toFixed(1))} ms` : `${seconds.toFixed(3)} s`;

/** Seconds of "1:02.5", "90", "250 ms", "2 min"; undefined when it is not a time. */
export function parseTime(typed: string): number | undefined {
  const clock = /^(?:(\d+):)?(\d{1,2}):(\d{1,2}(?:[.,]\d*)?)$/.exec(typed.trim());
  if (clock) {
    const [, hours = '0', minutes = '0', seconds = '0'] = clock;
    return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(',', '.'));
  }
  const number = parseNumber(typed);
  const factors: Readonly<Record<string, number>> = { '': 1, s: 1, sec: 1, ms: 0.001, m: 60, min: 60, h: 3600 };
  const factor = number ? factors[number.unit] : undefined;
  return number && factor !== undefined && Number.isFinite(number.value) ? number.value * factor : undefined;
}
