import type { Operation } from '../src/index.ts';

/** Creates an operation with default values for all members that a test does not set. */
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
