import { decodeSegment } from '@firstofficer/openapi';
import type { Answer, ReceivedRequest } from '../verify.ts';

/** A thing that the server stores. */
interface Thing extends Readonly<Record<string, unknown>> {
  readonly id: number;
}

/** A server with things, which the contract tests have no code for. */
export interface ThingsServer {
  readonly things: Map<number, Thing>;
  answer(request: ReceivedRequest): Answer;
}

/** What a server does differently. */
export interface ThingsVariant {
  /** Returns the thing to store for the body of a creation. */
  readonly create?: (body: Members, server: ThingsServer) => Members;
  /** Returns the thing to store after a change. */
  readonly update?: (stored: Thing, change: Members, server: ThingsServer) => Members;
  /** Removes a thing. */
  readonly remove?: (id: number, server: ThingsServer) => void;
  /** Selects the things that the list contains. */
  readonly list?: (things: readonly Thing[]) => readonly Thing[];
  /** Finds a thing. */
  readonly find?: (id: number, server: ThingsServer) => Thing | undefined;
  /** The methods whose requests may set the time at which a thing was made. */
  readonly setsMade?: readonly string[];
  /** Whether a creation with the name of a thing returns this thing. */
  readonly upsert?: boolean;
  /** Returns the next ID. */
  readonly nextId?: (last: number) => number;
  /** Changes a response. */
  readonly change?: (answer: Answer, request: ReceivedRequest) => Answer;
}

type Members = Readonly<Record<string, unknown>>;

/** A description of the server: a list, and operations that create, retrieve, update and delete a thing. */
export const THINGS = `
paths:
  /things:
    get:
      operationId: listThings
      responses:
        '200': { description: Things., content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Thing' } } } } }
    post:
      operationId: createThing
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/NewThing' } } } }
      responses:
        '201':
          description: Created.
          headers: { Location: { schema: { type: string } } }
          content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }
        '400': { description: Invalid. }
        '422': { description: Refused. }
  /things/{thingId}:
    parameters: [{ name: thingId, in: path, required: true, schema: { type: integer } }]
    get:
      operationId: retrieveThing
      responses:
        '200': { description: A thing., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
        '404': { description: None. }
    patch:
      operationId: updateThing
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Change' } } } }
      responses:
        '200': { description: A thing., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
        '400': { description: Invalid. }
        '404': { description: None. }
    delete:
      operationId: deleteThing
      responses: { '202': { description: Later. }, '204': { description: Deleted. }, '404': { description: None. } }
components:
  schemas:
    Members:
      type: object
      properties:
        name: { type: string, minLength: 1, maxLength: 40 }
        colour: { type: string, enum: [red, blue], default: red }
        email: { type: string, format: email }
        size: { type: number, minimum: 0, maximum: 100, multipleOf: 0.5 }
        tags: { type: array, items: { type: string, pattern: '^[a-z]{1,9}$' }, maxItems: 3 }
        note: { type: [string, 'null'], maxLength: 40 }
        made: { type: string, format: date-time, readOnly: true }
    NewThing: { allOf: [{ $ref: '#/components/schemas/Members' }], required: [name] }
    Change: { allOf: [{ $ref: '#/components/schemas/Members' }], minProperties: 1 }
    Thing:
      allOf: [{ $ref: '#/components/schemas/Members' }]
      required: [id, name]
      properties: { id: { type: integer, readOnly: true }, updated: { type: integer, readOnly: true } }
`;

/** Creates a server that has things of its own, which the tests must not change. */
export function createThingsServer({
  create = (body) => body,
  update = (stored, change) => ({ ...stored, ...change }),
  remove = (id, { things }) => void things.delete(id),
  list = (things) => things,
  find = (id, { things }) => things.get(id),
  setsMade = [],
  upsert = false,
  nextId = (last) => last + 1,
  change = (answer) => answer,
}: ThingsVariant = {}): ThingsServer {
  const server: ThingsServer = {
    things: new Map([1, 2, 3].map((id) => [id, { id, name: 'Foreign', colour: 'red', updated: 0 }])),
    answer: (request) => change(answer(request), request),
  };
  const { things } = server;
  let last = 3;
  let updates = 0;

  function answer({ method, url, body }: ReceivedRequest): Answer {
    const [, collection, segment] = url.pathname.split('/');
    if (collection !== 'things') return { status: 404 };
    if (segment === undefined) {
      if (method === 'GET' || method === 'HEAD') return { body: list([...things.values()]) };
      if (method !== 'POST') return { status: 405, headers: { Allow: 'GET, HEAD, POST' } };
      const members = readMembers(body, setsMade.includes('POST'));
      if (!members || members.name === undefined) return { status: 400 };
      const same = upsert ? [...things.values()].find(({ name }) => name === members.name) : undefined;
      if (same) {
        const merged: Thing = { ...same, ...members, id: same.id };
        things.set(same.id, merged);
        return { status: 201, headers: { Location: `/things/${same.id}` }, body: merged };
      }
      last = nextId(last);
      const thing: Thing = {
        made: '2026-01-02T03:04:05Z',
        colour: 'red',
        ...create(members, server),
        id: last,
        updated: 0,
      };
      things.set(last, thing);
      return { status: 201, headers: { Location: `/things/${last}` }, body: thing };
    }
    if (!['GET', 'HEAD', 'PATCH', 'DELETE'].includes(method)) {
      return { status: 405, headers: { Allow: 'GET, HEAD, PATCH, DELETE' } };
    }
    const text = decodeSegment(segment) ?? '';
    const id = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
    const stored = find(id, server);
    if (!stored) return { status: 404 };
    if (method === 'DELETE') {
      remove(id, server);
      return { status: 204 };
    }
    if (method === 'PATCH') {
      const members = readMembers(body, setsMade.includes('PATCH'));
      if (!members || Object.keys(members).length === 0) return { status: 400 };
      updates += 1;
      things.set(id, { ...update(stored, members, server), id, updated: updates });
    }
    return { body: find(id, server) ?? stored };
  }
  return server;
}

const RULES: Readonly<Record<string, (value: unknown) => boolean>> = {
  name: (value) => typeof value === 'string' && value !== '' && [...value].length <= 40,
  colour: (value) => value === 'red' || value === 'blue',
  email: (value) => typeof value === 'string' && /^[^\s@]+@[^\s@]+$/.test(value),
  size: (value) => typeof value === 'number' && value >= 0 && value <= 100 && Number.isInteger(value * 2),
  tags: (value) =>
    Array.isArray(value) &&
    value.length <= 3 &&
    value.every((tag) => typeof tag === 'string' && /^[a-z]{1,9}$/.test(tag)),
  note: (value) => value === null || (typeof value === 'string' && [...value].length <= 40),
};

function readMembers(text: string, setsMade: boolean): Members | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
  const isValid = Object.entries(body).every(([name, value]) => RULES[name]?.(value) ?? true);
  if (!isValid) return undefined;
  const { made, ...members } = body as Members;
  return setsMade && made !== undefined ? { ...members, made } : members;
}
