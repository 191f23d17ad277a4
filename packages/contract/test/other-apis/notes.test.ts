import { createServer } from 'node:http';
import { describe, expect, type TestContext, test } from 'vitest';
import { listen, localServer } from '../local-server.ts';
import { errorsIn, verify } from '../verify.ts';
import { NOTES, NOTES_KEY, type NotesRequest, type NotesResponse, respond, serveNotes } from './notes-server.ts';

type Answer = (request: NotesRequest) => NotesResponse;

async function verifyNotes(context: TestContext, answer: Answer, only?: readonly string[]) {
  const url = await localServer(context, serveNotes(answer));
  return verify({ url, token: NOTES_KEY, spec: NOTES, only });
}

test('a correct server of a description that the tests do not know passes', async (context) => {
  const report = await verifyNotes(context, respond);

  expect(errorsIn(report)).toEqual([]);
  expect(report.verdict).toBe('passed');
});

test('all documented items of the description occur', async (context) => {
  const { coverage } = await verifyNotes(context, respond);
  const items = coverage.flatMap(({ operation, statuses, headers, examples, securitySchemes }) =>
    [...statuses, ...headers, ...examples, ...securitySchemes].map(({ name, times }) => ({ operation, name, times })),
  );

  expect(items.map(({ operation, name }) => `${operation} ${name}`)).toEqual(
    expect.arrayContaining([
      'listNotes 200 lastPage',
      'listNotes 401 WWW-Authenticate',
      'createNote 201 Location',
      'createNote 400',
      'deleteNote 204',
      'deleteNote 404 unknown',
      'deleteNote tokenAuth',
    ]),
  );
  expect(items.filter(({ times }) => times === 0)).toEqual([]);
});

/** Changes only successful responses of one operation. */
function changeSuccess(
  method: string,
  change: (response: NotesResponse, request: NotesRequest) => NotesResponse,
): Answer {
  return (request) => {
    const response = respond(request);
    return request.method === method && response.status < 300 ? change(response, request) : response;
  };
}

/** Changes the requests of one operation before the server reads them. */
function changeRequest(method: string, change: (request: NotesRequest) => Partial<NotesRequest>): Answer {
  return (request) => respond(request.method === method ? { ...request, ...change(request) } : request);
}

const authorized = { headers: { authorization: `Basic ${btoa(`${NOTES_KEY}:`)}` } };

describe('the expected check finds, at the place in the description, a server whose', () => {
  test.for<[string, Answer, check: string, pointer: RegExp]>([
    [
      'list ignores the limit',
      changeRequest('GET', ({ query }) => ({
        query: new URLSearchParams([...query].filter(([name]) => name !== 'limit')),
      })),
      'example_conformance',
      /~1v1~1notes\/get\/responses\/200\/.*\/examples\/firstPage$/,
    ],
    [
      'list accepts an invalid limit',
      changeRequest('GET', ({ query }) => ({
        query: query.has('limit') ? new URLSearchParams({ ...Object.fromEntries(query), limit: '2' }) : query,
      })),
      'negative_data_rejection',
      /~1v1~1notes\/get\/parameters\/0\/schema$/,
    ],
    [
      'list rejects a valid limit',
      changeRequest('GET', ({ query }) => ({
        query: Number(query.get('limit')) > 50 ? new URLSearchParams({ limit: '0' }) : query,
      })),
      'positive_data_acceptance',
      /~1v1~1notes\/get\/parameters\/0$/,
    ],
    [
      'list has a has_more of another type',
      changeSuccess('GET', ({ body, ...response }) => ({ ...response, body: { ...Object(body), has_more: 'false' } })),
      'response_schema_conformance',
      /\/has_more\/type$/,
    ],
    [
      'list has an invalid note',
      changeSuccess('GET', ({ body, ...response }) => ({
        ...response,
        body: { ...Object(body), data: [{ id: 'x' }] },
      })),
      'response_schema_conformance',
      /schemas\/NoteId\/pattern$/,
    ],
    [
      'list has an undocumented status',
      changeSuccess('GET', (response) => ({ ...response, status: 203 })),
      'status_code_conformance',
      /~1v1~1notes\/get\/responses$/,
    ],
    ['list needs no key', changeRequest('GET', () => authorized), 'ignored_auth', /responses\/Unauthorized$/],
    [
      '401 has no WWW-Authenticate',
      (request) => ({ ...respond(request), ...(respond(request).status === 401 && { headers: {} }) }),
      'response_headers_conformance',
      /Unauthorized\/headers\/WWW-Authenticate\/required$/,
    ],
    [
      'create has no Location',
      changeSuccess('POST', (response) => ({ ...response, headers: {} })),
      'response_headers_conformance',
      /~1v1~1notes\/post\/responses\/201\/headers\/Location\/required$/,
    ],
    [
      'create has an invalid Location',
      changeSuccess('POST', (response) => ({ ...response, headers: { Location: '/notes/3' } })),
      'response_headers_conformance',
      /headers\/Location\/schema\/pattern$/,
    ],
    [
      'create accepts an invalid body',
      changeRequest('POST', () => ({ body: '{"text":"Call back"}' })),
      'negative_data_rejection',
      /~1v1~1notes\/post\/requestBody$/,
    ],
    [
      'create rejects a valid body',
      changeRequest('POST', () => ({ body: '{}' })),
      'positive_data_acceptance',
      /~1v1~1notes\/post\/requestBody$/,
    ],
    [
      'create accepts the key in one form only',
      changeRequest('POST', ({ headers }) => (/^basic/i.test(String(headers.authorization)) ? {} : { headers: {} })),
      'accepted_auth',
      /securitySchemes\/tokenAuth$/,
    ],
    [
      'delete answers 200 with a body',
      changeSuccess('DELETE', (response) => ({ ...response, status: 200, body: { deleted: true } })),
      'status_code_conformance',
      /\/delete\/responses$/,
    ],
    [
      'delete finds an unknown note',
      changeRequest('DELETE', ({ path }) => ({ path: path.replace('note_404', 'note_1') })),
      'example_conformance',
      /delete\/responses\/404\/.*\/examples\/unknown$/,
    ],
    [
      'delete accepts an invalid ID',
      changeRequest('DELETE', () => ({ path: '/v1/notes/note_1' })),
      'negative_data_rejection',
      /schemas\/NoteId$/,
    ],
    ['delete needs no key', changeRequest('DELETE', () => authorized), 'ignored_auth', /responses\/Unauthorized$/],
  ])('%s', async ([, answer, check, pointer], context) => {
    const { verdict, checks } = await verifyNotes(context, answer, [check]);
    const findings = checks.flatMap(({ findings }) => findings).filter(({ severity }) => severity === 'error');

    expect(verdict).toBe('failed');
    expect(findings.filter((finding) => finding.check === check).map(({ spec }) => spec.pointer)).toContainEqual(
      expect.stringMatching(pointer),
    );
  });

  test.for(['close', 'keep-alive'])('delete sends a body with 204 and Connection: %s', async (connection, context) => {
    const server = createServer(serveNotes(respond));
    // Node sends no body with a 204, so the test writes the bytes.
    server.prependListener('request', ({ method, url }, { socket }) => {
      if (method !== 'DELETE' || url !== '/v1/notes/note_1') return;
      socket?.end(`HTTP/1.1 204 No Content\r\nConnection: ${connection}\r\nContent-Length: 2\r\n\r\n{}`);
    });
    const url = await listen(context, server);
    const report = await verify({
      url,
      token: NOTES_KEY,
      spec: NOTES,
      only: ['message_framing', 'accepted_auth'],
    });

    expect(errorsIn(report)).toMatchObject([
      { check: 'message_framing', expected: 'a 204 without a body', actual: 'a body after the headers' },
    ]);
  });
});
