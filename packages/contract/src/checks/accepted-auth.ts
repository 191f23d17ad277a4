import {
  base64,
  base64InShell,
  type CredentialForm,
  credentialForms,
  headerCredentials,
  KEY_IN_SHELL,
} from '../request/credentials.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import { preview } from '../schema/preview.ts';
import type { Check, Session, Severity, TestCase } from './check.ts';
import { compare } from './compare.ts';
import { mayCall } from './context.ts';

export const acceptedAuth: Check = {
  name: 'accepted_auth',
  severity: 'error',
  rationale: 'The right key is accepted in every documented form. Scheme names are case-insensitive (RFC 9110, 11.1).',
  testCases(operation, context) {
    const { token } = context.target;
    if (token === undefined || !mayCall(context, operation.method)) return [];
    const [first, ...others] = credentialForms(operation);
    if (!first) return [];
    const reference = { credentials: first.write(token, KEY_IN_SHELL) };
    const accepted: TestCase = {
      name: `${first.scheme}: the right key`,
      run: async (session) => expectAccepted(session, await session.send(reference), first),
    };
    const spelled = [first, ...others].flatMap((form) =>
      otherSpellings(form, token).map((spelling) => ({ ...spelling, form, name: `${form.scheme}: ${spelling.name}` })),
    );
    const forms = others.map((form) => ({
      form,
      name: `${form.scheme}: the right key`,
      severity: 'error' as const,
      credentials: form.write(token, KEY_IN_SHELL),
    }));
    const same = [...forms, ...spelled].map(
      ({ form, name, severity, credentials }): TestCase => ({
        name,
        run: async (session) => {
          // Unsafe methods may answer differently each time.
          if (operation.method !== 'GET') {
            expectAccepted(session, await session.send({ credentials }), form, severity);
            return;
          }
          const { answer, reference: wanted, isSame } = await compare(session, reference, { credentials });
          if (isSame) return;
          session.report(answer, {
            expected: `the answer that ${first.scheme} gets: ${wanted.status} ${preview(wanted.text)}`,
            actual: `${answer.status} ${preview(answer.text)}`,
            specRef: [form.definition],
            severity,
          });
        },
      }),
    );
    return [accepted, ...same];
  },
};

function expectAccepted(
  session: Session,
  exchange: OperationExchange,
  { definition }: CredentialForm,
  severity: Severity = 'error',
): void {
  if (![401, 403].includes(exchange.status)) return;
  const expected = 'a status other than 401 and 403';
  session.report(exchange, { expected, actual: `status ${exchange.status}`, specRef: [definition], severity });
}

function otherSpellings({ definition }: CredentialForm, key: string) {
  const isBasic = definition.type === 'http' && definition.scheme?.toLowerCase() === 'basic';
  if (isBasic) {
    return ['basic', 'BASIC'].map((scheme) => ({
      name: `the scheme written ${scheme}`,
      severity: 'error' as const,
      credentials: headerCredentials(
        'Authorization',
        `${scheme} ${base64(`${key}:`)}`,
        `${scheme} ${base64InShell(`${KEY_IN_SHELL}:`)}`,
        key,
      ),
    }));
  }
  if (definition.type !== 'apiKey' || definition.name?.toLowerCase() !== 'authorization') return [];
  // The description gives the whole header value, so it does not require the server to accept other spellings.
  return [
    {
      name: 'the scheme written token',
      severity: 'note' as const,
      credentials: headerCredentials('Authorization', `token token="${key}"`, `token token=\\"${KEY_IN_SHELL}\\"`, key),
    },
  ];
}
