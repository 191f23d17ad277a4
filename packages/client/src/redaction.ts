import { omitUndefined } from './error.ts';

/** Returns a string without the API key, cut after `maxLength` characters. Returns undefined if the value is no string. */
export type Redactor = (value: unknown, maxLength?: number) => string | undefined;

/**
 * Removes API keys from a string: each key itself, and the key in Base64 as HTTP Basic sends it. Both are also found if
 * they are percent-encoded, or escaped for JSON or HTML, as a server or proxy may repeat them.
 *
 * @param maxLength - The string is cut after this number of characters. The default is the length of a stack with ten
 * lines.
 */
export function redactKeys(value: unknown, keys: readonly string[], maxLength = 1_000): string | undefined {
  if (typeof value !== 'string') return undefined;
  let text = value;
  for (const key of keys) {
    // Longer words may contain a short word by chance.
    const boundary = /^\w{1,5}$/.test(key) ? '\\b' : '';
    // The last characters in Base64 depend on what follows the key. HTTP Basic adds a colon.
    const encoded = btoa(key).replace(/.?=+$/, '');
    const pattern = `${boundary}${buildPattern(key)}${boundary}|${buildPattern(encoded)}`;
    text = text.replace(new RegExp(pattern, 'gi'), '[API key]');
  }
  // The text is cut last, because a part of a key would not be found.
  return text.slice(0, maxLength);
}

/** Returns the source of a regular expression that finds a text, even if any of its characters are escaped. */
function buildPattern(text: string): string {
  return text.replace(/./g, (character) => {
    const code = character.charCodeAt(0);
    const hex = code.toString(16);
    // JSON, then URL and HTML. A text may be escaped several times.
    return `(?:\\\\{0,9}(\\x${hex}|(u00|x)${hex})|[%&][#x025]*(${hex}|${code});?|&\\w+;)`;
  });
}

/** A copy of an error that `fetch` or a function of the application threw. */
export interface ErrorCopy {
  readonly message?: string | undefined;
  readonly code?: string | undefined;
  readonly cause?: ErrorCopy | undefined;
}

/**
 * Copies what `fetch` or a function of the application threw, without the API key. Copies only the name, message, code
 * and stack of each cause, because some libraries attach the whole request to their errors, and the request contains the
 * key.
 */
export function redactCause(thrown: unknown, redact: Redactor, depth = 5): ErrorCopy | undefined {
  // The depth is limited because a chain of causes may be circular.
  if (!thrown || !depth) return undefined;
  try {
    const { name, message = thrown, code, stack, cause } = thrown as Partial<Record<string, unknown>>;
    const copy = {
      name: redact(name),
      stack: redact(stack),
      code: redact(code),
      cause: redactCause(cause, redact, depth - 1),
    };
    return Object.assign(new Error(redact(message)), omitUndefined(copy));
  } catch {
    // A getter of the error threw.
    return undefined;
  }
}
