import { TOKEN_VARIABLE } from '../request/credentials.ts';
import { createRedactor } from '../request/redact.ts';
import type { Check } from './check.ts';
import { findBasis } from './information-disclosure.ts';

// Creating a redactor takes longer than all other response checks together. Runs can share this cache, because a
// redactor depends only on its secret, and it stays small, because a run has about 100 secrets.
const cache = new Map<string, ReturnType<typeof createRedactor>>();

function findRedactor(secret: string): ReturnType<typeof createRedactor> {
  const redact = cache.get(secret) ?? createRedactor([{ value: secret, variable: TOKEN_VARIABLE }]);
  cache.set(secret, redact);
  return redact;
}

export const credentialsDisclosure: Check = {
  name: 'credentials_disclosure',
  severity: 'error',
  basis: 'rfc',
  rationale: 'No response repeats the credentials of its request: bodies and headers end up in logs (CWE-532).',
  checkResponse({ request, text, headers, operation, status }) {
    const redactors = (request.credentials?.secrets ?? []).map(findRedactor);
    const redact = (content: string) => redactors.reduce((rest, redactSecret) => redactSecret(rest), content);
    const places = [
      ...(redact(text) === text ? [] : ['the body']),
      ...headers.filter(([, value]) => redact(value) !== value).map(([name]) => `the header ${name}`),
    ];
    return places.map((place) => ({
      expected: 'a response without the credentials of its request',
      actual: `they are in ${place}`,
      specRef: [operation.definition, 'security'],
      ...findBasis(status),
    }));
  },
};
