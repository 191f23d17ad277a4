import { findExamplePairs, type Operation } from '@firstofficer/openapi';
import { isJson } from '../http/media-type.ts';
import type { Check } from './check.ts';
import { expectSameAnswer } from './compare.ts';
import { mayCall } from './context.ts';
import { isImplied } from './documented-statuses.ts';

type Headers = readonly (readonly [name: string, value: string])[];

const REQUESTS: Readonly<Record<string, Headers>> = {
  'a browser': [
    ['Accept', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'],
    ['Accept-Language', 'fi,en;q=0.5'],
    ['Sec-Fetch-Mode', 'navigate'],
  ],
  'nothing but HTML': [['Accept', 'text/html']],
  'nothing but XML': [['Accept', 'application/xml']],
  'nothing but an image': [['Accept', 'image/avif']],
  'nothing but text': [['Accept', 'text/plain']],
  'nothing but another kind of JSON': [['Accept', 'application/problem+json']],
  'another language': [['Accept-Language', 'xx']],
  JSON: [['Accept', 'application/json']],
  'a malformed Accept': [['Accept', ';;,q=']],
  'an Accept of an asterisk': [['Accept', '*']],
  'a client that takes gzip': [['Accept-Encoding', 'gzip']],
  'a client that wants a part of it': [['Range', 'bytes=0-9']],
};

export const acceptIndependence: Check = {
  name: 'accept_independence',
  severity: 'error',
  rationale:
    'An operation that documents only JSON returns it to every client: browsers, crawlers and careless clients.',
  testCases(operation, context) {
    if (operation.method !== 'GET' || !mayCall(context, operation.method) || !answersOnlyJson(operation)) return [];
    const missing = findExamplePairs(operation).find(({ status }) => status === '404');
    const requests = [
      { to: '', parts: {} },
      ...(missing ? [{ to: ', of what does not exist', parts: { parameters: missing.parameters } }] : []),
      { to: ', without a key', parts: { credentials: undefined } },
    ];
    return requests.flatMap(({ to, parts }) =>
      Object.entries(REQUESTS).map(([name, headers]) => ({
        name: `asked for by ${name}${to}`,
        run: (session) =>
          expectSameAnswer(session, {
            reference: parts,
            other: { ...parts, headers },
            wanted: 'the answer as without these headers',
            specRef: [operation.definition, 'responses'],
            // An API may answer 406 (RFC 9110, 15.5.7), unless the description documents another status for this.
            isAlsoAllowed: ({ status, documented }) =>
              status === 406 && (documented !== undefined || isImplied(operation, 406)),
          }),
      })),
    );
  },
};

function answersOnlyJson({ responses }: Operation): boolean {
  const types = Object.values(responses).map(({ content = {} }) => Object.keys(content));
  // If there are several media types, Accept may select one of them.
  return types.some(({ length }) => length > 0) && types.every((own) => own.length <= 1 && own.every(isJson));
}
