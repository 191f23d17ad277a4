import type { Operation, SecurityScheme } from '@firstofficer/openapi';
import { createOperation } from '@firstofficer/openapi/testing';

export const SCHEMES = {
  basic: { type: 'http', scheme: 'Basic' },
  bearer: { type: 'http', scheme: 'bearer' },
  oauth: { type: 'oauth2' },
  token: { type: 'apiKey', in: 'header', name: 'Authorization' },
  header: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
  cookie: { type: 'apiKey', in: 'cookie', name: 'session' },
  query: { type: 'apiKey', in: 'query', name: 'filter[key]' },
  digest: { type: 'http', scheme: 'digest' },
} as const satisfies Record<string, SecurityScheme>;

/** Returns an operation with the given security schemes as alternatives. */
export function secured(...names: readonly (keyof typeof SCHEMES)[]): Operation {
  return createOperation({ security: names.map((name) => ({ [name]: SCHEMES[name] })) });
}
