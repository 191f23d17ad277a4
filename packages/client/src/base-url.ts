import { assertArgument } from './error.ts';

const SECURE = /^(https:|http:\/\/((.+\.)?localhost|127(\.\d+){3}|\[::1])(:\d+)?$)/;

/**
 * The base URL in its normal form, to which a path can be added.
 *
 * @throws FirstOfficerError `invalid_argument` if the key could not, or should not, be sent there.
 */
export function normalBaseUrl(baseUrl: string | URL): string {
  const { origin = '', pathname, href } = URL.canParse(String(baseUrl)) ? new URL(baseUrl) : ({} as Partial<URL>);
  assertArgument(
    'baseUrl',
    // Nothing else: credentials would end up in error messages, a query would swallow the path.
    origin + pathname === href && SECURE.test(origin),
    'an https URL (http on loopback) without credentials, query or fragment',
  );
  return `${href}`.replace(/\/$/, '');
}
