import { redactor } from '../request/redact.ts';
import type { Check } from './check.ts';

// Cached, because a run has few secrets and many responses.
const redactors = new Map<string, ReturnType<typeof redactor>>();

function redactorOf(secret: string): ReturnType<typeof redactor> {
  const redact = redactors.get(secret) ?? redactor(secret);
  redactors.set(secret, redact);
  return redact;
}

export const credentialsDisclosure: Check = {
  name: 'credentials_disclosure',
  severity: 'error',
  rationale: 'No response repeats the credentials of its request: bodies and headers end up in logs (CWE-532).',
  checkResponse({ request, text, headers, operation }) {
    const redact = redactorOf(request.credentials?.secret ?? '');
    const places = [
      ...(redact(text) === text ? [] : ['the body']),
      ...headers.filter(([, value]) => redact(value) !== value).map(([name]) => `the header ${name}`),
    ];
    return places.map((place) => ({
      expected: 'a response without the credentials of its request',
      actual: `they are in ${place}`,
      specRef: [operation.definition, 'security'],
    }));
  },
};
