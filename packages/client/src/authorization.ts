import { assertArgument } from './error.ts';

/**
 * A form in which the API takes its key: `basic` is HTTP Basic, `token` is `Authorization: Token token="…"`.
 *
 * @example
 * const auth: AuthForm = 'token';
 */
export type AuthForm = 'basic' | 'token';

/**
 * The value of the header `Authorization`.
 *
 * @throws FirstOfficerError `invalid_argument` if the key cannot be sent in this form; the message does not repeat it.
 */
export function authorization(token: string, auth: AuthForm): string {
  const basic = auth === 'basic';
  assertArgument('auth', basic || auth === 'token', '"basic" or "token"');
  // Printable ASCII without what would end the key early. Not every caller has a type checker: an unset variable would
  // go out as the key "undefined".
  const sendable = typeof token === 'string' && (basic ? /^[!-9;-~]+$/ : /^[!#-+\--[\]-~]+$/).test(token);
  assertArgument('token', sendable, `an API key: ASCII without spaces and ${basic ? ':' : '" , \\'}`);
  return basic ? `Basic ${btoa(`${token}:`)}` : `Token token="${token}"`;
}
