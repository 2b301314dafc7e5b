// Finds what was meant by a few letters: every letter in order, best where they start words or stand together.

export interface FuzzyMatch {
  /** Higher is better. */
  readonly score: number;
  /** Indices of the matched characters. */
  readonly positions: readonly number[];
}

const isWordStart = (candidate: string, index: number): boolean =>
  index === 0 || /[\s\-_.:/(]/.test(candidate[index - 1] ?? '');

/** One greedy pass that takes the first `letter` from `first` on; undefined when one is missing. */
function matchFrom(query: string, candidate: string, first: number): FuzzyMatch | undefined {
  const positions: number[] = [];
  let score = 0;
  let at = first;
  for (const letter of query) {
    const index = candidate.indexOf(letter, at);
    if (index < 0) return undefined;
    const together = positions.at(-1) === index - 1;
    score += 1 + (together ? 4 : 0) + (isWordStart(candidate, index) ? 3 : 0);
    positions.push(index);
    at = index + 1;
  }
  return { score: score - candidate.length * 0.01 - (positions[0] ?? 0) * 0.02, positions };
}

/** Matches regardless of case and of spaces in the query; undefined when a letter is missing. */
export function fuzzyMatch(typed: string, words: string): FuzzyMatch | undefined {
  const query = typed.toLowerCase().replace(/\s+/g, '');
  const candidate = words.toLowerCase();
  const [letter] = query;
  if (letter === undefined) return { score: 0, positions: [] };
  let best: FuzzyMatch | undefined;
  for (let start = candidate.indexOf(letter); start >= 0; start = candidate.indexOf(letter, start + 1)) {
    const match = matchFrom(query, candidate, start);
    if (match && (!best || match.score > best.score)) best = match;
  }
  return best;
}

/** The items that match, best first; equals keep their order. */
export function fuzzyFilter<Item>(typed: string, items: readonly Item[], wordsOf: (item: Item) => string): Item[] {
  return items
    .flatMap((item) => {
      const match = fuzzyMatch(typed, wordsOf(item));
      return match ? [{ item, score: match.score }] : [];
    })
    .sort((left, right) => right.score - left.score)
    .map(({ item }) => item);
}
