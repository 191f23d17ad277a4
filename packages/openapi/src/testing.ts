import type { Operation } from './operation.ts';

/**
 * Creates an operation for a test. Members that the test does not set get default values.
 *
 * @example
 * const operation = createOperation({ responses: { '404': { description: 'No such pet.' } } });
 */
export function createOperation(members: Partial<Operation> = {}): Operation {
  return {
    id: 'getPet',
    method: 'GET',
    path: '/pets/{id}',
    parameters: [{ name: 'id', in: 'path', required: true }],
    responses: {},
    requestBody: undefined,
    definition: {},
    hasCallbacks: false,
    security: [],
    ...members,
  };
}
