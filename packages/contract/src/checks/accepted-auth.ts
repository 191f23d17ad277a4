import type { Check, Probe } from '../engine/check.ts';
import {
  base64,
  type CredentialForm,
  credentialForms,
  headerCredentials,
  KEY_IN_SHELL,
} from '../engine/credentials.ts';
import { expectStatus } from '../engine/expectations.ts';
import { isCertain, mayCall } from '../engine/subject.ts';

export const acceptedAuth: Check = {
  name: 'accepted_auth',
  severity: 'error',
  rationale: 'The right key is accepted in every documented form. Names of schemes have no case (RFC 9110, 11.1).',
  probes(operation, subject) {
    const { token } = subject.target;
    if (token === undefined || !mayCall(subject, operation.method)) return [];
    const expected = isCertain(subject, operation)
      ? ['2XX']
      : Object.keys(operation.responses).filter((s) => s !== '401');
    return credentialForms(operation).flatMap((form): Probe[] => {
      const promise = [form.definition] as const;
      const right: Probe = {
        name: `${form.scheme}: the right key`,
        run: async (session) => {
          const exchange = await session.send({ credentials: form.write(token, KEY_IN_SHELL) });
          expectStatus(session, exchange, expected, { promise });
        },
      };
      const spellings = otherSpellings(form, token).map(
        ({ name, credentials, severity }): Probe => ({
          name: `${form.scheme}: ${name}`,
          run: async (session) => {
            expectStatus(session, await session.send({ credentials }), expected, { promise, severity });
          },
        }),
      );
      return [right, ...spellings];
    });
  },
};

function otherSpellings({ definition }: CredentialForm, key: string) {
  const isBasic = definition.type === 'http' && definition.scheme?.toLowerCase() === 'basic';
  if (isBasic) {
    return ['basic', 'BASIC'].map((scheme) => ({
      name: `the scheme written ${scheme}`,
      severity: 'error' as const,
      credentials: headerCredentials(
        'Authorization',
        `${scheme} ${base64(`${key}:`)}`,
        `${scheme} $(printf %s "${KEY_IN_SHELL}:" | base64)`,
        key,
      ),
    }));
  }
  if (definition.type !== 'apiKey' || definition.name?.toLowerCase() !== 'authorization') return [];
  // The description gives the whole value of the header as it is, so another spelling is no promise of its own.
  return [
    {
      name: 'the scheme written token',
      severity: 'note' as const,
      credentials: headerCredentials('Authorization', `token token="${key}"`, `token token=\\"${KEY_IN_SHELL}\\"`, key),
    },
  ];
}
