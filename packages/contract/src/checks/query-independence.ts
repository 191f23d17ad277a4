import type { Operation, Parameter, SecurityScheme } from '@firstofficer/openapi';
import { mayCall } from '../run/context.ts';
import { partsOf } from '../schema/schemas-at.ts';
import type { Check } from './check.ts';
import { expectSameAnswer } from './compare.ts';

// What some APIs read something into.
const COMMON = [
  'id=1',
  'account=2',
  'currency=eur',
  'fields=object',
  'include=all',
  'expand=all',
  'limit=1',
  'page=2',
  'date=2020-01-01',
  'month=2020-01',
  'locale=fi',
  'version=1',
  'debug=1',
  'test=true',
  'unknown=1',
  'format=xml',
  'callback=f',
  'pretty=1',
  '_method=OPTIONS',
];

const QUERIES: Readonly<Record<string, string>> = {
  'a name without a value': 'debug',
  'nothing after the question mark': '&',
  'a list': 'a[]=1&a[]=2',
  'a name of the prototype': '__proto__[x]=1&constructor[prototype][x]=1',
  'malformed percent-encoding': 'x=%ZZ&%=%&=',
  'a byte that UTF-8 never has': 'x=%FF%00',
  'quotes and brackets': "q='%22%3Cscript%3E;--",
  '4,000 characters': `x=${'y'.repeat(4000)}`,
};

/** Whether a query has a name that means something to an operation: of a parameter, a member of one, or a key. */
function isDocumented({ parameters, security }: Operation, query: string): boolean {
  const keys = security.flatMap(Object.values<SecurityScheme>).flatMap(({ name = [] }) => name);
  const names = parameters.filter(({ in: place }) => place === 'query').flatMap(namesOf);
  return [...new URLSearchParams(query).keys()].some((name) => [...keys, ...names].includes(name.replace(/\[.*/, '')));
}

/** An object stands in the query by its members. */
function namesOf({ name, schema = {} }: Parameter): string[] {
  return [name, ...partsOf(schema).flatMap(({ properties = {} }) => Object.keys(properties as object))];
}

export const queryIndependence: Check = {
  name: 'query_independence',
  severity: 'error',
  rationale: 'Query parameters that are not documented change nothing: they come from links, trackers and caches.',
  testCases(operation, context) {
    if (operation.method !== 'GET' || !mayCall(context, operation.method)) return [];
    // A parameter that has the name of one of the path's must not stand in for it.
    const own = operation.parameters
      .filter(({ in: place }) => place === 'path')
      .map(({ name }) => [`the name ${name}`, `${encodeURIComponent(name)}=no-such-thing`] as const);
    const common = COMMON.map((query) => [query, query] as const);
    const queries = [...common, ...Object.entries(QUERIES), ...own];
    return queries
      .filter(([, query]) => !isDocumented(operation, query))
      .map(([name, query]) => ({
        name,
        run: (session) =>
          expectSameAnswer(session, {
            reference: {},
            other: { query },
            wanted: 'the answer without that query',
            specRef: [operation.definition],
          }),
      }));
  },
};
