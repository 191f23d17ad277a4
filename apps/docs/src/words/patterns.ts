const NUMBERS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const CLASSES: Readonly<Record<string, string>> = {
  '[a-z]': 'lowercase letter',
  '[A-Z]': 'uppercase letter',
  '[a-zA-Z]': 'letter',
  '[A-Za-z]': 'letter',
  '[0-9]': 'digit',
  '\\d': 'digit',
};

/**
 * Returns a pattern in words, or undefined if there are no words that are easier to read than the pattern.
 *
 * @example
 * describePattern('^[a-z]{3}$'); // 'three lowercase letters'
 */
export function describePattern(pattern: string): string | undefined {
  if (pattern === '\\S') return 'at least 1 non-space character';
  if (pattern === '^\\S+$' || pattern === '^\\S*$') return 'no spaces';
  const [, characters = '', count] = /^\^(\[[^\]]+\]|\\d)(?:\{(\d+)\}|\+)\$$/.exec(pattern) ?? [];
  const name = CLASSES[characters];
  if (name === undefined) return undefined;
  if (count === undefined) return `only ${name}s`;
  return `${NUMBERS[Number(count)] ?? count} ${name}${count === '1' ? '' : 's'}`;
}
