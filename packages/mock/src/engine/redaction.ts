/** Replaces the API key in a text by `[key]`. */
export type Redact = (text: string) => string;

// Each decoding of a long text takes time, and clients choose the text.
const MAX_DECODINGS = 4;

/**
 * Creates the function that replaces an API key. It also finds the key in the form of HTTP Basic, and if some or all
 * characters are percent-encoded, up to five times. It then returns the decoded text.
 */
export function createRedaction(key: string): Redact {
  const [plain, basic] = [key, btoa(`${key}:`).replace(/=+$/, '')].map((text) =>
    [...text].map(matchCharacter).join(''),
  );
  // In a Prefer header, the padding of HTTP Basic is not a part of the name.
  const expression = new RegExp(`${plain}|${basic}(?:=|%3[Dd]){0,2}`, 'g');
  return (text) => {
    let result = text.replace(expression, '[key]');
    let decoded = result;
    for (let count = 0; count < MAX_DECODINGS && decoded.includes('%'); count += 1) {
      const next = decodeAscii(decoded);
      decoded = next.replace(expression, '[key]');
      if (decoded !== next) result = decoded;
    }
    return result;
  };
}

/** Returns the pattern of a character of printable ASCII, percent-encoded or not. */
function matchCharacter(character: string): string {
  const [first = '', last = ''] = character.charCodeAt(0).toString(16);
  return `(?:\\x${first}${last}|%${first}[${last}${last.toUpperCase()}])`;
}

/** Decodes the characters of printable ASCII in percent-encoding. */
function decodeAscii(text: string): string {
  return text.replace(/%([2-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
