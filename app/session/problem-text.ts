// What is wrong with an input, by its field and in words, from what its schema says.
import * as v from 'valibot';

type Issue = v.BaseIssue<unknown>;

/** @param field that the schema stands for, where it is one of an object */
export function problemText(issue: Issue, field: string | undefined): string {
  const inside = meantBy(issue);
  const path = [field, v.getDotPath(issue), inside && v.getDotPath(inside)].filter(Boolean).join('.') || 'command';
  return clipped(`${path}: ${reasonOf(inside ?? issue)}`);
}

export const clipped = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

/** The alternative of several that was meant: the one that fails deeper inside, and not by its name or for a lack. */
function meantBy({ type, issues }: Issue): Issue | undefined {
  if (type !== 'union' || !issues) return undefined;
  const inside = issues.filter((issue) => v.getDotPath(issue) !== null);
  const wrong = inside.filter((issue) => issue.type !== 'literal');
  return wrong.find((issue) => !isMissing(issue)) ?? wrong[0] ?? oneOf(inside);
}

/** A name that no alternative has. */
function oneOf(names: readonly Issue[]): Issue | undefined {
  const [first] = names;
  return first && { ...first, expected: `(${names.map(({ expected }) => expected).join(' | ')})` };
}

const isMissing = ({ type, expected, received }: Issue): boolean =>
  (type === 'object' || type === 'strict_object') && received === 'undefined' && expected?.startsWith('"') === true;

function reasonOf(issue: Issue): string {
  const { type, expected, received, message } = issue;
  if (expected === 'never') return 'no such field';
  if (isMissing(issue)) return 'missing';
  switch (type) {
    case 'finite':
      return `must be a finite number, not ${received}`;
    case 'uuid':
      return `must be a UUID, not ${received}`;
    case 'min_length':
    case 'max_length':
      return `its length must be ${expected}, not ${received}`;
    case 'regex':
    case 'custom':
      return `${message}, not ${received}`;
    default:
      return expected === null ? message : `must be ${expected}, not ${received}`;
  }
}
