import { loadDescription, type Operation } from '@firstofficer/openapi';
import type { TestContext } from 'vitest';
import { createOperationExchange, type OperationExchange } from '../../src/request/operation-exchange.ts';
import { createRequest, type RequestParts } from '../../src/request/operation-request.ts';
import { createObjectStore } from '../../src/state/objects.ts';
import { findResources } from '../../src/state/resources.ts';
import { writeDescription } from '../verify.ts';

const BODY = 'content: { application/json: { schema: { type: object, properties: { id: {} } } } }';
const ID = '{ name: id, in: path, required: true, schema: { type: integer, minimum: 1 } }';

/** A description of pets that have toys, and of boxes that clients name. */
const PETS = `paths:
  /pets:
    get: { operationId: listPets, responses: { '200': { description: ok, ${BODY} } } }
    post: { operationId: createPet, responses: { '201': { description: ok, ${BODY} } } }
  /pets/{id}:
    parameters: [${ID}]
    get: { operationId: getPet, responses: { '200': { description: ok, ${BODY} }, '404': { description: none } } }
    put: { operationId: putPet, responses: { '204': { description: ok } } }
    delete: { operationId: deletePet, responses: { '204': { description: ok } } }
  /pets/{id}/feed:
    parameters: [${ID}]
    post: { operationId: feedPet, responses: { '204': { description: ok } } }
  /pets/{id}/toys:
    parameters: [${ID}]
    get: { operationId: listToys, responses: { '200': { description: ok, ${BODY} } } }
    post: { operationId: createToy, responses: { '200': { description: ok, ${BODY} } } }
  /pets/{id}/toys/{toyId}:
    parameters: [${ID}, { name: toyId, in: path, required: true, schema: { type: string } }]
    get: { operationId: getToy, responses: { '200': { description: ok, ${BODY} } } }
    delete: { operationId: deleteToy, responses: { '204': { description: ok } } }
  /boxes/{box}:
    parameters: [{ name: box, in: path, required: true, schema: { type: string } }]
    put: { operationId: putBox, responses: { '200': { description: ok }, '201': { description: ok } } }
`;

interface Outcome extends RequestParts {
  readonly status?: number;
  readonly json?: unknown;
  readonly responseHeaders?: readonly (readonly [name: string, value: string])[];
}

/** Loads the description of the pets. Returns its operations by ID, its resources by name, and a store without objects. */
export async function loadPets(context: TestContext) {
  const description = await loadDescription(await writeDescription(context, PETS));
  const resources = findResources(description);
  const find = <T>(all: readonly T[], isWanted: (one: T) => boolean): T => {
    const found = all.find(isWanted);
    if (found === undefined) throw new Error('The description does not contain it.');
    return found;
  };
  const operation = (id: string) => find(description.operations, (one) => one.id === id);
  return {
    document: description.document,
    operation,
    resource: (name: string) => find(resources, (one) => one.name === name),
    store: createObjectStore(resources),
    /** Returns an exchange as if the operation had been sent. */
    exchange: (id: string, outcome: Outcome) => createExchange(operation(id), outcome),
  };
}

function createExchange(operation: Operation, outcome: Outcome): OperationExchange {
  const { status = 200, json, responseHeaders = [], ...parts } = outcome;
  const request = createRequest(operation, parts);
  return createOperationExchange(request, {
    request,
    httpVersion: '1.1',
    status,
    statusText: '',
    headers: [['Content-Type', 'application/json'], ...responseHeaders],
    body: Buffer.from(json === undefined ? '' : JSON.stringify(json)),
    hasForbiddenBody: false,
    isPartial: false,
    startedAt: new Date(0),
    durationMs: 1,
  });
}
