import type { Operation, Parameter, SecurityScheme } from '@firstofficer/openapi';
import { listComposedSchemas } from '../schema/walk.ts';
import type { Check } from './check.ts';
import { createSameResponseCase } from './compare.ts';

// Parameter names that have an effect in some APIs.
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
  'only an ampersand': '&',
  'a list': 'a[]=1&a[]=2',
  'names of the JavaScript prototype': '__proto__[x]=1&constructor[prototype][x]=1',
  'malformed percent-encoding': 'x=%ZZ&%=%&=',
  'a byte that is invalid in UTF-8': 'x=%FF%00',
  'quotes and brackets': "q='%22%3Cscript%3E;--",
  '4,000 characters': `x=${'y'.repeat(4000)}`,
};

/** Returns whether the operation documents a name in the query: as a parameter, a member of one, or a key. */
function isDocumented({ parameters, security }: Operation, query: string): boolean {
  const keys = security.flatMap(Object.values<SecurityScheme>).flatMap(({ name = [] }) => name);
  const names = parameters.filter(({ in: place }) => place === 'query').flatMap(listQueryNames);
  return [...new URLSearchParams(query).keys()].some((name) => [...keys, ...names].includes(name.replace(/\[.*/, '')));
}

/** Returns the names under which a parameter can appear in the query: objects may appear as their members. */
function listQueryNames({ name, schema = {} }: Parameter): string[] {
  return [name, ...listComposedSchemas(schema).flatMap(({ properties = {} }) => Object.keys(properties as object))];
}

export const queryIndependence: Check = {
  name: 'query_independence',
  severity: 'error',
  basis: 'profile',
  needs: 'a GET operation',
  rationale: 'Undocumented query parameters have no effect: links, trackers and caches add them.',
  testCases(operation) {
    if (operation.method !== 'GET') return [];
    // A query parameter with the name of a path parameter must not replace it.
    const pathNames = operation.parameters
      .filter(({ in: place }) => place === 'path')
      .map(({ name }) => [`the name ${name}`, `${encodeURIComponent(name)}=no-such-thing`] as const);
    const common = COMMON.map((query) => [query, query] as const);
    const queries = [...common, ...Object.entries(QUERIES), ...pathNames];
    return queries
      .filter(([, query]) => !isDocumented(operation, query))
      .map(([name, query]) =>
        createSameResponseCase(name, {
          other: { query },
          wanted: 'the same response as without that query',
          specRef: [operation.definition],
        }),
      );
  },
};
