// Sizes in bytes and rates in hertz as people read them.

/** Two significant places: 1_536_000 is "1.5 MB". */
export function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${units[power]}`;
}

/** 44100 is "44.1 kHz". */
export const rateText = (hertz: number): string => `${Number((hertz / 1000).toFixed(3))} kHz`;
