/** A word, or a name that consists of several words, such as `current_mrr`, `X-Request-Id` and `tokenAuth`. */
const WORD = /[\p{L}\p{N}]+(?:[_-][\p{L}\p{N}]+)*/gu;
const PART = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}]+|\p{N}+|[^\p{Lu}\p{Ll}\p{N}_-]+/gu;

/** Words that do not help to find a place. */
const STOP_WORDS = new Set(
  'a an and are be can do does for how i if in is it my of on or the to what when where which with you'.split(' '),
);

/**
 * Returns the stem of a word, so that "retries" and "retry" are the same term.
 *
 * @example
 * stem('Encoding'); // 'encod', as for 'encode' and 'encoded'
 */
function stem(word: string): string {
  const lower = word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[_-]/g, '');
  if (lower.length < 5) return lower.length === 4 ? lower.replace(/(?<=[a-z]{2}[^su])s$/, '') : lower;
  return lower
    .replace(/ies$/, 'y')
    .replace(/(?<=[^su])s$/, '')
    .replace(/(?<=[a-z]{3})(?:ing|ed|e)$/, '');
}

/**
 * Lists the terms of a text for the index: each word, and the parts of names.
 *
 * @example
 * listTerms('the current_mrr'); // ['the', 'currentmrr', 'current', 'mrr']
 */
export function listTerms(text: string): string[] {
  return (text.match(WORD) ?? []).flatMap((word) => {
    const parts = word.match(PART) ?? [];
    return (parts.length > 1 ? [word, ...parts] : [word]).map(stem);
  });
}

/** Lists the terms of a query. A name is one term. */
export function listQueryTerms(query: string): string[] {
  const words = query.match(WORD) ?? [];
  const meaningful = words.filter((word) => !STOP_WORDS.has(word.toLowerCase()));
  return [...new Set((meaningful.length > 0 ? meaningful : words).map(stem))];
}

/** A part of a text. */
export interface TextPart {
  readonly text: string;
  readonly isMatch: boolean;
}

/** Splits a text at the words that have one of the terms. */
export function markTerms(text: string, terms: ReadonlySet<string>): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(WORD)) {
    const [word] = match;
    if (!listTerms(word).some((term) => terms.has(term))) continue;
    parts.push({ text: text.slice(end, match.index), isMatch: false }, { text: word, isMatch: true });
    end = match.index + word.length;
  }
  return [...parts, { text: text.slice(end), isMatch: false }].filter((part) => part.text !== '');
}

/** Returns the part of a text around the first of the terms: at most about 140 characters, cut between words. */
export function cutExcerpt(text: string, terms: ReadonlySet<string>): string {
  const first = markTerms(text, terms);
  const at = first[0]?.isMatch ? 0 : first.length > 1 ? (first[0]?.text.length ?? 0) : 0;
  const start = at < 60 ? 0 : text.indexOf(' ', at - 50) + 1;
  const rest = text.slice(start);
  const cut = rest.length > 140 ? `${rest.slice(0, 140).replace(/[\s·,;:]*\S*$/, '')}…` : rest;
  return start > 0 ? `…${cut}` : cut;
}

/**
 * Returns the number of letters to insert, delete, replace or swap with the next to make a word from another, or to
 * make its beginning if that takes fewer.
 */
export function countTypos(typed: string, word: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: word.length + 1 }, (_, index) => index);
  for (let row = 1; row <= typed.length; row++) {
    const current = [row];
    for (let column = 1; column <= word.length; column++) {
      const isSame = typed[row - 1] === word[column - 1];
      const steps = [
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      ];
      const isSwapped = typed[row - 1] === word[column - 2] && typed[row - 2] === word[column - 1];
      if (isSwapped) steps.push((beforeLast[column - 2] ?? 0) + 1);
      current.push(Math.min(...steps));
    }
    [beforeLast, last] = [last, current];
  }
  // The reader may not have typed the end of the word yet.
  return Math.min(last[word.length] ?? 0, ...last.slice(typed.length).map((count) => count + 0.5));
}
