import { expect, test } from 'vitest';
import { type Answer, type ReceivedRequest, verifyDescription } from '../../verify.ts';
import { createRouter, isInteger, isObject, json } from './router.ts';

interface Case {
  readonly description: string;
  /** Creates the server, which may have state. */
  readonly serve: () => (request: ReceivedRequest) => Answer;
}

/** Returns a description with one GET operation that has one query parameter and documents 400. */
const withQuery = (name: string, schema: string, more = '') => `
paths:
  /things: { get: { parameters: [{ name: ${name}, in: query, schema: ${schema}${more} }],
    responses: { '200': { description: It., content: { application/json: {} } }, '400': { description: Bad. } } } }`;

/** Returns a server that answers 400 to the values of a query parameter that it does not accept. */
const serveQuery = (name: string, accepts: (text: string) => boolean) => () =>
  createRouter({
    'GET /things': ({ query }) => {
      const text = query.get(name);
      return text === null || accepts(text) ? json([]) : { status: 400 };
    },
  });

/** Returns a description with one POST operation that has a JSON body and documents a status for refused data. */
const withBody = (schema: string, status = 422) => `
paths:
  /things: { post: { requestBody: { required: true, content: { application/json: { schema: ${schema} } } },
    responses: { '201': { description: Made. }, '${status}': { description: Refused. } } } }`;

type Members = Readonly<Record<string, unknown>>;

/** Returns a server that answers with one status to malformed data and to data that it does not accept. */
const serveBody =
  (isValid: (body: Members) => boolean, accepts: (body: Members) => boolean, status = 422) =>
  () =>
    createRouter({
      'POST /things': ({ json: body }) => ({
        status: isObject(body) && isValid(body) && accepts(body) ? 201 : status,
      }),
    });

const isText = (value: unknown): value is string => typeof value === 'string';
const isWhole = (value: unknown): value is number => Number.isInteger(value);

const CASES: Readonly<Record<string, Case>> = {
  'knows only the cursors that it sent': {
    description: withQuery('cursor', '{ type: string }'),
    serve: serveQuery('cursor', (text) => text === 'eyJpZCI6MX0'),
  },
  'knows only the names of its members': {
    description: withQuery('fields', '{ type: string }', ', example: name'),
    serve: serveQuery('fields', (text) => text.split(',').every((name) => ['id', 'name'].includes(name))),
  },
  'knows only the time zones that exist': {
    description: withQuery('timezone', '{ type: string }'),
    serve: serveQuery('timezone', (text) => ['UTC', 'Europe/Helsinki'].includes(text)),
  },
  'needs at least three letters to search': {
    description: withQuery('q', '{ type: string }'),
    serve: serveQuery('q', (text) => /\p{L}{3}/u.test(text)),
  },
  'knows the page numbers that it has': {
    description: withQuery('page', '{ type: integer, minimum: 1 }'),
    serve: serveQuery('page', (text) => /^[1-9]\d?$/.test(text)),
  },
  'knows only the currencies that it trades': {
    description: withBody(
      '{ type: object, required: [currency, amount], properties: { currency: { type: string, minLength: 3, maxLength: 3 }, amount: { type: integer, minimum: 1 } } }',
    ),
    serve: serveBody(
      ({ currency, amount }) => isText(currency) && [...currency].length === 3 && isWhole(amount) && amount >= 1,
      ({ currency }) => ['EUR', 'USD'].includes(String(currency)),
    ),
  },
  'has no money for large amounts': {
    description: withBody(
      '{ type: object, required: [amount], properties: { amount: { type: integer, minimum: 1 } } }',
    ),
    serve: serveBody(
      ({ amount }) => isWhole(amount) && amount >= 1,
      ({ amount }) => Number(amount) <= 100,
    ),
  },
  'refuses objects that refer to something unknown': {
    description: withBody(
      '{ type: object, required: [owner_id], properties: { owner_id: { type: integer, minimum: 1 }, note: { type: string } } }',
      400,
    ),
    serve: serveBody(
      ({ owner_id, note }) => isWhole(owner_id) && owner_id >= 1 && (note === undefined || isText(note)),
      ({ owner_id }) => owner_id === 7,
      400,
    ),
  },
  'has only weak checks of names': {
    description: withBody(
      '{ type: object, required: [name], properties: { name: { type: string, minLength: 1 } } }',
      400,
    ),
    serve: serveBody(
      ({ name }) => isText(name) && name !== '',
      ({ name }) => !/\p{Cc}/u.test(String(name)) && String(name).trim() !== '' && name !== 'admin',
      400,
    ),
  },
  'has a rule for two dates': {
    description: withBody(
      '{ type: object, required: [from, to], properties: { from: { type: string, format: date }, to: { type: string, format: date } } }',
      400,
    ),
    serve: serveBody(
      ({ from, to }) =>
        [from, to].every(
          (day) =>
            isText(day) &&
            /^\d{4}-\d\d-\d\d$/.test(day) &&
            !Number.isNaN(Date.parse(day)) &&
            new Date(day).toISOString().startsWith(day),
        ),
      ({ from, to }) => String(from) <= String(to),
      400,
    ),
  },
  'finds nothing for most numbers': {
    description: `
paths:
  /things/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
    get: { responses: { '200': &r { description: It. }, '400': *r, '404': *r } }
    delete: { responses: { '204': *r, '400': *r, '404': *r } }`,
    serve: () => {
      const find = (id: string | undefined, status: number) =>
        isInteger(id) ? { status: id === '5' ? status : 404 } : { status: 400 };
      return createRouter({
        'GET /things/{id}': ({ values: [id] }) => find(id, 200),
        'DELETE /things/{id}': ({ values: [id] }) => find(id, 204),
      });
    },
  },
};

test.for(Object.entries(CASES))('no error for a server that %s', async ([, { description, serve }], context) => {
  const { errors } = await verifyDescription(context, { description, answer: serve() });

  expect(errors).toEqual([]);
});
