import { FirstOfficerError } from './error.ts';

/**
 * A form in which the API takes its key: `basic` is HTTP Basic, `token` is `Authorization: Token token="…"`.
 *
 * @example
 * const auth: AuthForm = 'token';
 */
export type AuthForm = 'basic' | 'token';

// What would end the key early, and how to say so.
const FORBIDDEN: Readonly<Record<AuthForm, { readonly pattern: RegExp; readonly names: string }>> = {
  basic: { pattern: /:/, names: 'colons' },
  token: { pattern: /["\\,]/, names: 'quotes, backslashes or commas' },
};

/**
 * The value of the header `Authorization`.
 *
 * @throws FirstOfficerError `invalid_argument` if the key cannot be sent in this form; the message does not repeat it.
 */
export function authorization(token: string, form: AuthForm): string {
  // Not every caller has a type checker: an unset variable would go out as the key "undefined".
  if (!Object.hasOwn(FORBIDDEN, form))
    throw new FirstOfficerError('invalid_argument', 'auth must be "basic" or "token".');
  const { pattern, names } = FORBIDDEN[form];
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token) || pattern.test(token)) {
    throw new FirstOfficerError(
      'invalid_argument',
      `token must be an API key: printable ASCII, not empty, without spaces, and with auth "${form}" without ${names}.`,
    );
  }
  return form === 'basic' ? `Basic ${btoa(`${token}:`)}` : `Token token="${token}"`;
}
