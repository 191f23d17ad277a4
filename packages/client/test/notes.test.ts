import { json } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { createApi } from '../src/api.ts';
import { createValidate } from '../src/create-validate.ts';
import { createOperationSender } from '../src/operation.ts';
import { serializeInput } from '../src/serialize.ts';
import { OPERATIONS, type operations, type paths, SERVER_URL } from './generated/openapi.ts';
import { validators } from './generated/validators.ts';
import { catchError, startServer } from './support.ts';

// The client's code must work with any description. These tests use the generated files of another one, which has a
// list, a create and a delete.

type Note = operations['createNote']['responses'][201]['content']['application/json'];

const NOTES: readonly Note[] = ['Call back', 'Ask for a logo', 'Renews in May'].map((text, index) => ({
  object: 'note',
  id: `note_${index + 1}`,
  text,
}));

const API = {
  serverUrl: SERVER_URL,
  operations: OPERATIONS,
};

function createNotesApi(baseUrl: string, { hasValidation = true } = {}) {
  const validate = hasValidation ? createValidate(validators) : undefined;
  const options = { token: 'key', baseUrl, maxRetries: 0, validate };
  const sendOperation = createOperationSender(options, API);
  return createApi<paths>((request) => sendOperation(serializeInput(request)));
}

/** Starts a server with the operations of the description. Returns its URL and the header X-Language of each request. */
async function startNotes() {
  const languages: unknown[] = [];
  const baseUrl = await startServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    languages.push(request.headers['x-language']);
    const send = (status: number, body: unknown) => response.writeHead(status).end(JSON.stringify(body));
    if (request.method === 'GET') {
      const limit = Number(searchParams.get('limit') ?? 10);
      const start = NOTES.findIndex(({ id }) => id === searchParams.get('starting_after')) + 1;
      const data = NOTES.slice(start, start + limit);
      return send(200, { object: 'list', data, has_more: start + limit < NOTES.length });
    }
    if (request.method === 'POST') {
      const note = { object: 'note', id: 'note_4', ...((await json(request)) as object) };
      response.setHeader('Location', '/v1/notes/note_4');
      return send(201, note);
    }
    if (NOTES.some(({ id }) => pathname === `/v1/notes/${id}`)) return response.writeHead(204).end();
    return send(404, { error: { code: 'note_missing', message: 'No note has this ID.' } });
  });
  return { api: createNotesApi(baseUrl), languages };
}

test('GET sends query and header parameters, and a loop reads every page', async () => {
  const { api, languages } = await startNotes();
  const header = { 'X-Language': 'de' } as const;
  const pages: Note[][] = [];
  for (let hasMore = true; hasMore; ) {
    const last = pages.at(-1)?.at(-1);
    const query = { limit: 2, ...(last && { starting_after: last.id }) };
    const { data, error } = await api.GET('/v1/notes', { params: { query, header } });
    if (error) throw new Error(error.error.message);
    pages.push(data.data);
    hasMore = data.has_more;
  }

  expect(pages).toEqual([NOTES.slice(0, 2), NOTES.slice(2)]);
  expect(languages).toEqual(['de', 'de']);
});

test('GET needs no parameters if none is required', async () => {
  const { data } = await (await startNotes()).api.GET('/v1/notes');

  expect(data).toEqual({ object: 'list', data: NOTES, has_more: false });
});

test('POST sends the body, and resolves with the new note and its Location', async () => {
  const { data, response } = await (await startNotes()).api.POST('/v1/notes', { body: { text: 'Renews in June' } });

  expect(data).toEqual({ object: 'note', id: 'note_4', text: 'Renews in June' });
  expect(response.status).toBe(201);
  expect(response.headers.get('Location')).toBe('/v1/notes/note_4');
});

test('DELETE resolves without data, or with the documented error', async () => {
  const { api } = await startNotes();
  const remove = (note: string) => api.DELETE('/v1/notes/{note}', { params: { path: { note } } });

  expect(await remove('note_1')).toMatchObject({ data: undefined, response: { status: 204 } });
  expect(await remove('note_404')).toMatchObject({ error: { error: { code: 'note_missing' } } });
});

describe('with validate, an invalid response rejects', () => {
  const success = (message: string) => ({ code: 'invalid_response', message: expect.stringContaining(message) });

  test.each([
    ['GET', 200, '{"object":"list","data":[{}]}', success("body must have required property 'has_more'")],
    ['GET', 201, '{"object":"list","data":[],"has_more":false}', success('status 201 is not documented')],
    ['POST', 201, '{"object":"note","id":"7","text":""}', success('/id must match pattern')],
    ['POST', 201, '', success('body must be object')],
  ] as const)('%s with status %i and the body %j', async (method, status, body, expected) => {
    const baseUrl = await startServer((_, response) => response.writeHead(status).end(body));
    const call = (options?: { hasValidation: boolean }) => {
      const api = createNotesApi(baseUrl, options);
      return method === 'GET' ? api.GET('/v1/notes') : api.POST('/v1/notes', { body: { text: 'Hello' } });
    };

    expect(await catchError(call())).toMatchObject(expected);
    await expect(call({ hasValidation: false }), 'without validate').resolves.toHaveProperty('response');
  });

  test('even if the path is not in the description', async () => {
    const baseUrl = await startServer((_, response) => response.end('{}'));
    const get = createNotesApi(baseUrl).GET as (path: string) => Promise<unknown>;

    expect(await catchError(get('/v1/tasks'))).toMatchObject(success('status 200 is not documented'));
  });
});

describe('an error that is not the documented one rejects, even without validate', () => {
  test.each([
    [400, '{"error":{"code":7,"message":"No."}}'],
    [400, '{"error":{"code":"no_message"}}'],
    [418, '{"error":{"code":"teapot","message":"No."}}'],
  ])('status %i with the body %j', async (status, body) => {
    const baseUrl = await startServer((_, response) => response.writeHead(status).end(body));

    for (const hasValidation of [true, false]) {
      const call = createNotesApi(baseUrl, { hasValidation }).POST('/v1/notes', { body: { text: 'Hello' } });
      expect(await catchError(call)).toMatchObject({ code: 'http', status, message: expect.stringContaining(body) });
    }
  });
});

test('validate finds a response that is documented by its class or as the default', () => {
  const reject = (message: string) => Object.assign(() => false, { errors: [{ instancePath: '', message }] });
  const members = Object.assign(() => false, {
    errors: [
      { instancePath: '/text', message: 'must be string' },
      { instancePath: '', message: 'must be object' },
    ],
  });
  const responses = { 200: members, 204: undefined, 429: reject('is 429'), '4XX': reject('is 4XX') };
  const validate = createValidate({ createNote: { ...responses, default: reject('is another') }, other: {} });

  expect(validate('createNote', 200, {})).toEqual(['/text must be string', 'body must be object']);
  expect(validate('createNote', 204, undefined)).toEqual([]);
  expect(validate('createNote', 429, {})).toEqual(['body is 429']);
  expect(validate('createNote', 400, {})).toEqual(['body is 4XX']);
  expect(validate('createNote', 499, {})).toEqual(['body is 4XX']);
  expect(validate('createNote', 500, {})).toEqual(['body is another']);
  expect(validate('other', 200, {})).toEqual(['status 200 is not documented']);
  expect(validate('unknown', 404, {})).toEqual(['status 404 is not documented']);
});
