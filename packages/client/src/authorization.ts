import { FirstOfficerError } from './error.ts';

/** The two forms in which the API takes its key. */
export type AuthForm = 'basic' | 'token';

/**
 * The value of the header `Authorization`.
 *
 * @throws FirstOfficerError `invalid_argument` if the key is no printable ASCII; the message does not repeat it.
 */
export function authorization(token: string, form: AuthForm): string {
  // Not every caller has a type checker: an unset variable would go out as the key "undefined".
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token)) {
    throw new FirstOfficerError('invalid_argument', 'token must be an API key: printable ASCII, no spaces, not empty.');
  }
  return form === 'basic' ? `Basic ${btoa(`${token}:`)}` : `Token token="${token}"`;
}
