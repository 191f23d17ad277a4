import type { Check } from '../engine/check.ts';
import { show } from '../engine/show.ts';
import { compare } from '../engine/stable.ts';
import { mayCall } from '../engine/subject.ts';

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

export const queryIndependence: Check = {
  name: 'query_independence',
  severity: 'error',
  rationale: 'Query parameters that are not documented change nothing: they come from links, trackers and caches.',
  probes(operation, subject) {
    if (operation.method !== 'GET' || !mayCall(subject, operation.method)) return [];
    // A parameter that has the name of one of the path's must not stand in for it.
    const own = operation.parameters
      .filter(({ in: place }) => place === 'path')
      .map(({ name }) => [`the name ${name}`, `${encodeURIComponent(name)}=no-such-thing`] as const);
    const documented = operation.parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name);
    const common = COMMON.filter((query) => !documented.includes(query.replace(/=.*/, ''))).map(
      (query) => [query, query] as const,
    );
    return [...common, ...Object.entries(QUERIES), ...own].map(([name, query]) => ({
      name,
      async run(session) {
        const { answer, reference, isSame } = await compare(session, {}, { query });
        if (isSame) return;
        session.report(answer, {
          expected: `the answer without that query: ${reference.status} ${show(reference.text)}`,
          actual: `${answer.status} ${show(answer.text)}`,
          promise: [operation.definition],
        });
      },
    }));
  },
};
