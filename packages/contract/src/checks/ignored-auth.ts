import type { Operation } from '@firstofficer/openapi';
import {
  type CredentialForm,
  createQueryCredentials,
  listCredentialForms,
  listPartialCredentials,
  needsKey,
} from '../request/credentials.ts';
import type { RequestParts } from '../request/operation-request.ts';
import { isLoopback } from '../request/target.ts';
import { createWrongCredentials, WRONG_KEY } from '../request/wrong-credentials.ts';
import { type Basis, type Check, type CheckContext, isMethodAllowed, type Severity, type TestCase } from './check.ts';
import { canSendHead, expectStatus, findAuthError, hasStatus } from './statuses.ts';

interface Attempt {
  readonly name: string;
  readonly severity?: Severity;
  readonly basis?: Basis;
  readonly parts: RequestParts;
  /** Whether the request differs from a right one only in its key, which is missing or well-formed. */
  readonly isPlain?: boolean;
}

export const ignoredAuth: Check = {
  name: 'ignored_auth',
  severity: 'error',
  basis: 'description',
  needs: 'an operation that requires a key',
  rationale:
    'Only the complete key in a documented form gives access: a missing key, a part of the key or the key in another place does not.',
  testCases(operation, context) {
    if (!needsKey(operation) || !isMethodAllowed(context, operation.method)) return [];
    const forms = listCredentialForms(operation, context.target);
    const attempts = [
      ...listAttemptsWithoutKey(operation, context),
      ...Object.entries(listPartialCredentials(operation, context.target)).map(([scheme, credentials]) => ({
        name: `the other keys without that of ${scheme}`,
        parts: { credentials },
      })),
      ...listAttemptsWithWrongKey(forms),
      ...listAttemptsInQuery(forms, context),
    ];
    return attempts.map((attempt) => createRefusedCase(operation, attempt));
  },
};

/** Creates a test case that expects the documented status for a wrong key. */
function createRefusedCase(operation: Operation, { name, parts, isPlain = false, ...details }: Attempt): TestCase {
  const { statuses, ...expected } = findAuthError(operation);
  return {
    name,
    async run(session) {
      const exchange = await session.send(parts);
      if (hasStatus(exchange, statuses)) return;
      const isRefused = exchange.status >= 400;
      if (isRefused) {
        const { credentials: _, ...others } = parts;
        const { status } = await session.send(others);
        // The server refuses this request with the right key as well.
        if (status === exchange.status) return;
      }
      // HTTP allows 404 instead of 403 (RFC 9110, 15.5.4), and OAuth 400 for a malformed header (RFC 6750, 3.1).
      const isAllowed = isRefused && (!isPlain || (exchange.status === 404 && exchange.documented !== undefined));
      expectStatus(session, exchange, { statuses, ...expected, ...details, ...(isAllowed && { basis: 'profile' }) });
    },
  };
}

function listAttemptsWithoutKey(operation: Operation, { alternatives }: CheckContext): Attempt[] {
  const none = { credentials: undefined };
  return [
    { name: 'no key', parts: none, isPlain: true },
    ...alternatives.map((parameters, index) => ({
      name: `no key, for an existing resource by alternative ${index + 1}`,
      parts: { ...none, parameters },
    })),
    { name: 'no key, and a query', parts: { ...none, query: 'x=1' } },
    { name: 'no key, and Accept for HTML', parts: { ...none, headers: [['Accept', 'text/html']] } },
    // Some servers trust headers that normally come from a proxy.
    {
      name: 'no key, and X-Forwarded-For from this machine',
      parts: { ...none, headers: [['X-Forwarded-For', '127.0.0.1']] },
    },
    ...(canSendHead(operation) ? [{ name: 'no key, by HEAD', parts: { ...none, method: 'HEAD' } }] : []),
  ];
}

function listAttemptsWithWrongKey(forms: readonly CredentialForm[]): Attempt[] {
  return forms.flatMap((form) =>
    createWrongCredentials(form, forms).map(({ name, mayBeAccepted, hasKeyInOtherForm, credentials }) => ({
      name: `${form.scheme}: ${name}`,
      ...(mayBeAccepted && { severity: 'note' as const }),
      ...(hasKeyInOtherForm && { basis: 'profile' as const }),
      isPlain: name === 'a wrong key',
      parts: { credentials },
    })),
  );
}

/** Returns attempts with the key in the query. Proxies log URLs, so the real key is sent only to this machine. */
function listAttemptsInQuery(forms: readonly CredentialForm[], { target: { url } }: CheckContext): Attempt[] {
  const key = forms.find((form) => form.key)?.key;
  if (!key || !isLoopback(url)) return [];
  const { value, variable } = key;
  const documented = forms.flatMap(({ definition }) => (definition.in === 'query' ? (definition.name ?? []) : []));
  return ['token', 'api_key', 'access_token', 'key', 'auth_token']
    .filter((name) => !documented.includes(name))
    .map((name) => ({
      name: `the key in the query as ${name}`,
      basis: 'profile',
      // The secret is not the token: a response may repeat its own URL, which the client knows anyway.
      parts: { credentials: createQueryCredentials({ name, value, shell: `$${variable}`, secret: WRONG_KEY }) },
    }));
}
