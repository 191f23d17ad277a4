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
import { type Basis, type Check, type CheckContext, isMethodAllowed, type Severity } from './check.ts';
import { createStatusCase, findAuthError } from './statuses.ts';

interface Attempt {
  readonly name: string;
  readonly severity?: Severity;
  readonly basis?: Basis;
  readonly parts: RequestParts;
}

export const ignoredAuth: Check = {
  name: 'ignored_auth',
  severity: 'error',
  basis: 'description',
  rationale:
    'Only the complete key in a documented form gives access: a missing key, a part of the key or the key in another place does not.',
  testCases(operation, context) {
    if (!needsKey(operation) || !isMethodAllowed(context, operation.method)) return [];
    const forms = listCredentialForms(operation, context.target);
    const attempts = [
      ...listAttemptsWithoutKey(operation.method, context),
      ...Object.entries(listPartialCredentials(operation, context.target)).map(([scheme, credentials]) => ({
        name: `the other keys without that of ${scheme}`,
        parts: { credentials },
      })),
      ...listAttemptsWithWrongKey(forms),
      ...listAttemptsInQuery(forms, context),
    ];
    const expected = findAuthError(operation);
    return attempts.map(({ name, parts, ...details }) => createStatusCase(name, parts, { ...expected, ...details }));
  },
};

function listAttemptsWithoutKey(method: string, { alternatives }: CheckContext): Attempt[] {
  const none = { credentials: undefined };
  return [
    { name: 'no key', parts: none },
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
    ...(method === 'GET' ? [{ name: 'no key, by HEAD', parts: { ...none, method: 'HEAD' } }] : []),
  ];
}

function listAttemptsWithWrongKey(forms: readonly CredentialForm[]): Attempt[] {
  return forms.flatMap((form) =>
    createWrongCredentials(form, forms).map(({ name, mayBeAccepted, hasKeyInOtherForm, credentials }) => ({
      name: `${form.scheme}: ${name}`,
      ...(mayBeAccepted && { severity: 'note' as const }),
      ...(hasKeyInOtherForm && { basis: 'profile' as const }),
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
