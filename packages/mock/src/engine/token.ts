/**
 * The API key that a mock accepts by default. It is the key in the examples of the API description.
 *
 * @example
 * const headers = { Authorization: `Token token="${DEFAULT_TOKEN}"` };
 */
export const DEFAULT_TOKEN = 'YourTokenHere';

/** Describes a valid API key, for error messages. */
export const KEY_FORMAT = 'printable ASCII without spaces, colons, commas, quotes or backslashes';

/**
 * Returns whether an API key can be sent in every supported form.
 *
 * In HTTP Basic a colon ends the user name, and in a quoted token a quote ends the key.
 */
export function isValidKey(token: string): boolean {
  return /^[\x21-\x7e]+$/.test(token) && !/[:,"\\]/.test(token);
}
