import {
  type CredentialForm,
  credentialForms,
  KEY_IN_SHELL,
  needsKey,
  queryCredentials,
} from '../request/credentials.ts';
import type { RequestParts } from '../request/operation-request.ts';
import { refusedCredentials, WRONG_KEY } from '../request/refused-credentials.ts';
import { isLoopback } from '../request/target.ts';
import type { Check, Severity, TestCase } from './check.ts';
import { type CheckContext, mayCall } from './context.ts';
import { authErrorOf, expectStatus } from './expectations.ts';

interface Attempt {
  readonly name: string;
  readonly severity?: Severity;
  readonly parts: RequestParts;
}

export const ignoredAuth: Check = {
  name: 'ignored_auth',
  severity: 'error',
  rationale:
    'Only the complete key in a documented form gives access: not a missing key, a part of it, or another place.',
  testCases(operation, context) {
    if (!needsKey(operation) || !mayCall(context, operation.method)) return [];
    const forms = credentialForms(operation);
    const attempts = [
      ...withoutKey(operation.method, context),
      ...withWrongKey(forms, context),
      ...inQuery(forms, context),
    ];
    const { expected, specRef } = authErrorOf(operation);
    return attempts.map(
      ({ name, severity, parts }): TestCase => ({
        name,
        run: async (session) => {
          expectStatus(session, await session.send(parts), expected, { specRef, ...(severity && { severity }) });
        },
      }),
    );
  },
};

function withoutKey(method: string, { alternatives }: CheckContext): Attempt[] {
  const none = { credentials: undefined };
  return [
    { name: 'no key', parts: none },
    ...alternatives.map((parameters, index) => ({
      name: `no key, by way ${index + 1} to something that exists`,
      parts: { ...none, parameters },
    })),
    { name: 'no key, and a query', parts: { ...none, query: 'x=1' } },
    { name: 'no key, and a browser', parts: { ...none, headers: [['Accept', 'text/html']] } },
    // Some servers trust headers that normally come from a proxy.
    {
      name: 'no key, said to come from the server itself',
      parts: { ...none, headers: [['X-Forwarded-For', '127.0.0.1']] },
    },
    ...(method === 'GET' ? [{ name: 'no key, by HEAD', parts: { ...none, method: 'HEAD' } }] : []),
  ];
}

function withWrongKey(forms: readonly CredentialForm[], { target: { token } }: CheckContext): Attempt[] {
  return forms.flatMap((form) =>
    refusedCredentials(form, token, forms).map(({ what, mayBeAccepted, credentials }) => ({
      name: `${form.scheme}: ${what}`,
      ...(mayBeAccepted && { severity: 'note' as const }),
      parts: { credentials },
    })),
  );
}

/** Returns attempts with the key in the query. URLs are logged on the way, so the real key is used only on loopback. */
function inQuery(forms: readonly CredentialForm[], { target: { token, url } }: CheckContext): Attempt[] {
  if (token === undefined || !isLoopback(url)) return [];
  const taken = forms.flatMap(({ definition }) => (definition.in === 'query' ? (definition.name ?? []) : []));
  return ['token', 'api_key', 'access_token', 'key', 'auth_token']
    .filter((name) => !taken.includes(name))
    .map((name) => ({
      name: `the key in the query as ${name}`,
      // A response may repeat its own URL, which the client knows anyway.
      parts: { credentials: queryCredentials(name, token, KEY_IN_SHELL, WRONG_KEY) },
    }));
}
