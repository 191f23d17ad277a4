import { assertArgument } from './error.ts';

/**
 * How the client sends the API key: `basic` is HTTP Basic, `token` is `Authorization: Token token="…"`.
 *
 * @example
 * const auth: AuthForm = 'token';
 */
export type AuthForm = 'basic' | 'token';

/**
 * Builds the value of the `Authorization` header.
 *
 * @throws FirstOfficerError `invalid_argument` if the key contains characters that this form cannot send. The message
 * does not contain the key.
 */
export function buildAuthorization(token: string, auth: AuthForm): string {
  const basic = auth === 'basic';
  assertArgument('auth', basic || auth === 'token', '"basic" or "token"');
  // The delimiters of each form are excluded. JavaScript callers may pass undefined, which would be sent as the key
  // "undefined".
  const isValid = typeof token === 'string' && (basic ? /^[!-9;-~]+$/ : /^[!#-+\--[\]-~]+$/).test(token);
  assertArgument('token', isValid, `non-empty, printable ASCII without spaces or ${basic ? ':' : '" , \\'}`);
  return basic ? `Basic ${btoa(`${token}:`)}` : `Token token="${token}"`;
}
