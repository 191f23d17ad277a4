/** Replaces the API key in a text by `[key]`. */
export type Redact = (text: string) => string;

/**
 * Creates the function that replaces an API key. It also finds the key if characters of it are percent-encoded, once or
 * several times, and as HTTP Basic encodes it.
 */
export function createRedaction(key: string): Redact {
  const pattern = [key, btoa(`${key}:`)].map((text) => [...text].map(matchCharacter).join('')).join('|');
  const expression = new RegExp(pattern, 'g');
  return (text) => text.replace(expression, '[key]');
}

/** Returns the pattern of a character of printable ASCII, percent-encoded or not. */
function matchCharacter(character: string): string {
  const [first = '', last = ''] = character.charCodeAt(0).toString(16);
  return `(?:\\x${first}${last}|%(?:25)*${first}[${last}${last.toUpperCase()}])`;
}
