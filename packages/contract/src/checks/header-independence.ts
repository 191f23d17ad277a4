import type { SecurityScheme } from '@firstofficer/openapi';
import type { Check } from './check.ts';
import { createSameResponseCase } from './compare.ts';

const HEADERS: readonly (readonly [name: string, value: string])[] = [
  ['Origin', 'https://pages.example'],
  ['Referer', 'https://pages.example/'],
  ['Cookie', 'account=2; session=x'],
  ['Content-Type', 'text/plain'],
  ['X-API-Version', '1'],
  ['X-Requested-With', 'XMLHttpRequest'],
  // Proxies add these. A client that sends them must not get more access.
  ['X-Forwarded-Proto', 'http'],
  ['X-Forwarded-Host', 'pages.example'],
  ['X-Original-URL', '/'],
  // A safe method, in case the server applies it.
  ['X-HTTP-Method-Override', 'OPTIONS'],
];

export const headerIndependence: Check = {
  name: 'header_independence',
  severity: 'error',
  basis: 'profile',
  needs: 'a GET operation',
  rationale: 'Undocumented request headers have no effect: browsers and proxies add them automatically.',
  testCases(operation) {
    if (operation.method !== 'GET') return [];
    const documented = [...operation.parameters, ...operation.security.flatMap(Object.values<SecurityScheme>)]
      .filter(({ in: place }) => place === 'header' || place === 'cookie')
      .map(({ name = '', in: place }) => (place === 'cookie' ? 'Cookie' : name).toLowerCase());
    const isDocumented = (header: string) => documented.includes(header.toLowerCase());
    return HEADERS.filter(([name]) => !isDocumented(name)).map(([name, value]) =>
      createSameResponseCase(`${name}: ${value}`, {
        other: { headers: [[name, value]] },
        wanted: 'the same response as without that header',
        specRef: [operation.definition],
      }),
    );
  },
};
