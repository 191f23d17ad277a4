import type { Operation, SecurityScheme } from '@firstofficer/openapi';

/** Returns an operation with defaults for all parts that do not matter to the test. */
export function operation(parts: Partial<Operation> = {}): Operation {
  return {
    id: 'getPet',
    method: 'GET',
    path: '/pets/{id}',
    parameters: [{ name: 'id', in: 'path', required: true }],
    responses: {},
    requestBody: undefined,
    definition: {},
    callsBack: false,
    security: [],
    ...parts,
  };
}

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
  return operation({ security: names.map((name) => ({ [name]: SCHEMES[name] })) });
}
