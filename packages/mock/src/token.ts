/**
 * The only key a mock accepts unless told otherwise: the one in the API's own examples.
 *
 * @example
 * const headers = { Authorization: `Token token="${DEFAULT_TOKEN}"` };
 */
export const DEFAULT_TOKEN = 'YourTokenHere';

/** What {@link isKey} asks of a key, for messages. */
export const KEY_FORM = 'printable ASCII without spaces, colons, commas, quotes or backslashes';

/** Says whether a key can be sent in every form: in HTTP Basic a colon would end it, in a quoted token a quote. */
export function isKey(token: string): boolean {
  return /^[\x21-\x7e]+$/.test(token) && !/[:,"\\]/.test(token);
}
