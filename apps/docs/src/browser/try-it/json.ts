import { isJson } from '../../json.ts';

/** A piece of a text, with the class that colors it. */
export interface Token {
  readonly text: string;
  /** A class of highlight.js. Undefined for spaces and punctuation. */
  readonly className?: 'hljs-attr' | 'hljs-string' | 'hljs-number' | 'hljs-literal';
}

// The colors of a longer text would make the page slow.
const MAX_LENGTH = 200_000;

const TOKENS = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\],]|[^\s{}[\],"]+/g;

/**
 * Splits JSON into colored tokens, with one member per line. Numbers and texts stay as they are, so that large numbers
 * keep their digits. Other texts are a single token. highlight.js, which colors the examples when the site is built, is
 * much larger, and does not add lines.
 *
 * @example
 * formatJson('{"id":1}').map(({ text }) => text).join(''); // '{\n  "id": 1\n}'
 */
export function formatJson(json: string): Token[] {
  if (json.length > MAX_LENGTH || !isJson(json)) return [{ text: json }];
  const tokens: Token[] = [];
  let depth = 0;
  let previous = '';
  const addLine = () => tokens.push({ text: `\n${'  '.repeat(depth)}` });
  for (const [text, colon] of json.matchAll(TOKENS)) {
    const isEnd = text === '}' || text === ']';
    if (isEnd) depth -= 1;
    const isEmpty = isEnd && (previous === '{' || previous === '[');
    if (!isEmpty && (isEnd || previous === '{' || previous === '[' || previous === ',')) addLine();
    if (text === '{' || text === '[') depth += 1;
    if (colon !== undefined) {
      tokens.push({ text: text.slice(0, -colon.length), className: 'hljs-attr' }, { text: ': ' });
    } else tokens.push(colorValue(text));
    previous = text;
  }
  return tokens;
}

function colorValue(text: string): Token {
  if (text.startsWith('"')) return { text, className: 'hljs-string' };
  if (/^[-\d]/.test(text)) return { text, className: 'hljs-number' };
  return /^[a-z]/.test(text) ? { text, className: 'hljs-literal' } : { text };
}
