import { findExamplePairs, type Operation } from '@firstofficer/openapi';
import { isJson } from '../http/exchange.ts';
import type { Check } from './check.ts';
import { createSameResponseCase } from './compare.ts';
import { isImplied } from './statuses.ts';

type Headers = readonly (readonly [name: string, value: string])[];

const HEADERS: Readonly<Record<string, Headers>> = {
  'the headers of a browser': [
    ['Accept', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'],
    ['Accept-Language', 'fi,en;q=0.5'],
    ['Sec-Fetch-Mode', 'navigate'],
  ],
  'Accept for HTML only': [['Accept', 'text/html']],
  'Accept for XML only': [['Accept', 'application/xml']],
  'Accept for an image only': [['Accept', 'image/avif']],
  'Accept for text only': [['Accept', 'text/plain']],
  'Accept for another type of JSON only': [['Accept', 'application/problem+json']],
  'Accept-Language for an unknown language': [['Accept-Language', 'xx']],
  'Accept for JSON': [['Accept', 'application/json']],
  'a malformed Accept': [['Accept', ';;,q=']],
  'an Accept of an asterisk': [['Accept', '*']],
  'Accept-Encoding for gzip': [['Accept-Encoding', 'gzip']],
  'a Range': [['Range', 'bytes=0-9']],
};

export const acceptIndependence: Check = {
  name: 'accept_independence',
  severity: 'error',
  basis: 'profile',
  needs: 'a GET operation that returns only JSON',
  rationale:
    'An operation that documents only JSON returns it to every client: browsers, crawlers and careless clients.',
  testCases(operation) {
    if (operation.method !== 'GET' || !hasOnlyJson(operation)) return [];
    const missing = findExamplePairs(operation).find(({ status }) => status === '404');
    const requests = [
      { suffix: '', parts: {} },
      ...(missing ? [{ suffix: ', for a missing resource', parts: { parameters: missing.parameters } }] : []),
      { suffix: ', without a key', parts: { credentials: undefined } },
    ];
    return requests.flatMap(({ suffix, parts }) =>
      Object.entries(HEADERS).map(([name, headers]) =>
        createSameResponseCase(`${name}${suffix}`, {
          reference: parts,
          other: { ...parts, headers },
          wanted: 'the same response as without these headers',
          specRef: [operation.definition, 'responses'],
          // An API may answer 406 (RFC 9110, 15.5.7), unless the description documents another status for this.
          isAlsoAllowed: ({ status, documented }) =>
            status === 406 && (documented !== undefined || isImplied(operation, 406)),
        }),
      ),
    );
  },
};

/** Returns whether all documented bodies are JSON, and no response has several media types, which Accept could select. */
function hasOnlyJson({ responses }: Operation): boolean {
  const types = Object.values(responses).map(({ content = {} }) => Object.keys(content));
  return types.some(({ length }) => length > 0) && types.every((own) => own.length <= 1 && own.every(isJson));
}
