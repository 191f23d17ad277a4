import type { Operation } from '../src/index.ts';

/** An operation of which only what matters to the test is said. */
export function operation(parts: Partial<Operation>): Operation {
  return {
    id: 'getPet',
    method: 'GET',
    path: '/pets/{id}',
    parameters: [],
    responses: {},
    requestBody: undefined,
    definition: {},
    callsBack: false,
    security: [],
    ...parts,
  };
}
