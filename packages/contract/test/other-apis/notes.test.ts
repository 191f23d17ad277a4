import { describe, expect, type TestContext, test } from 'vitest';
import type { Profile } from '../../src/checks/check.ts';
import { type Answer, KEY, type ReceivedRequest, verifyDescription } from '../verify.ts';
import { createNotesServer, NOTES, type Respond } from './notes-server.ts';

/** Returns a server that differs from the correct one. */
type Change = (respond: Respond) => Respond;

const verifyNotes = (context: TestContext, change: Change, only?: readonly string[], profile?: Profile) =>
  verifyDescription(context, { spec: NOTES, answer: change(createNotesServer()), only, ...(profile && { profile }) });

test('a correct server passes, and each documented item occurs', async (context) => {
  const { report, errors } = await verifyNotes(context, (respond) => respond);
  const items = report.coverage.flatMap(({ operation, statuses, headers, examples, securitySchemes }) =>
    [...statuses, ...headers, ...examples, ...securitySchemes].map(({ name, times }) => ({ operation, name, times })),
  );

  expect(errors).toEqual([]);
  expect(report.verdict).toBe('passed');
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
  // The example of a new note has the ID of a note in the list.
  expect(items.filter(({ times }) => times === 0)).toEqual([
    { operation: 'createNote', name: '201 created', times: 0 },
  ]);
});

/** Changes only successful responses of one operation. */
function changeSuccess(method: string, change: (response: Answer) => Answer): Change {
  return (respond) => (request) => {
    const response = respond(request);
    return request.method === method && Number(response.status) < 300 ? change(response) : response;
  };
}

/** Changes the requests of one operation before the server reads them. */
function changeRequest(method: string, change: (request: ReceivedRequest) => Partial<ReceivedRequest>): Change {
  return (respond) => (request) => respond(request.method === method ? { ...request, ...change(request) } : request);
}

/** Changes the queries of the list before the server reads them. */
function changeQuery(change: (query: URLSearchParams) => void): Change {
  return changeRequest('GET', (request) => {
    const url = new URL(request.url);
    change(url.searchParams);
    return { url };
  });
}

/** Changes the ID of a deleted note before the server reads it. */
function changeNoteId(change: (path: string) => string): Change {
  return changeRequest('DELETE', ({ url }) => ({ url: new URL(change(url.pathname), url) }));
}

const authorized = { headers: { authorization: `Basic ${btoa(`${KEY}:`)}` } };

describe('the expected check finds, at the place in the description, a server whose', () => {
  test.for<[string, Change, check: string, pointer: RegExp]>([
    [
      'list ignores the limit',
      changeQuery((query) => query.delete('limit')),
      'example_conformance',
      /~1v1~1notes\/get\/responses\/200\/.*\/examples\/firstPage$/,
    ],
    [
      'list accepts an invalid limit',
      changeQuery((query) => query.has('limit') && query.set('limit', '2')),
      'negative_data_rejection',
      /~1v1~1notes\/get\/parameters\/0\/schema\/minimum$/,
    ],
    [
      'list rejects a valid limit',
      changeQuery((query) => Number(query.get('limit')) > 50 && query.set('limit', '0')),
      'positive_data_acceptance',
      /~1v1~1notes\/get\/parameters\/0\/schema\/maximum$/,
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
      (respond) => (request) => {
        const response = respond(request);
        return { ...response, ...(response.status === 401 && { headers: {} }) };
      },
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
      'create rejects an optional member',
      changeRequest('POST', ({ body }) => (body.includes('pinned') ? { body: '{}' } : {})),
      'positive_data_acceptance',
      /~1v1~1notes\/post\/requestBody\/.*\/properties\/pinned$/,
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
      changeNoteId((path) => path.replace('note_404', 'note_1')),
      'example_conformance',
      /delete\/responses\/404\/.*\/examples\/unknown$/,
    ],
    [
      'delete accepts an invalid ID',
      (respond) => (request) => (request.method === 'DELETE' ? { status: 204 } : respond(request)),
      'negative_data_rejection',
      /schemas\/NoteId\/pattern$/,
    ],
    ['delete needs no key', changeRequest('DELETE', () => authorized), 'ignored_auth', /responses\/Unauthorized$/],
  ])('%s', async ([, answer, check, pointer], context) => {
    // Pairs of examples are a rule of FirstOfficer.
    const profile = check === 'example_conformance' ? 'firstofficer' : undefined;
    const { report, found } = await verifyNotes(context, answer, [check], profile);
    const errors = found.filter((finding) => finding.severity === 'error' && finding.check === check);

    expect(report.verdict).toBe('failed');
    expect(errors.map(({ spec }) => spec.pointer)).toContainEqual(expect.stringMatching(pointer));
  });

  test.for(['close', 'keep-alive'])('delete sends a body with 204 and Connection: %s', async (connection, context) => {
    const rawResponse = `HTTP/1.1 204 No Content\r\nConnection: ${connection}\r\nContent-Length: 2\r\n\r\n{}`;
    const answer = changeSuccess('DELETE', () => ({ rawResponse }));
    const { found } = await verifyNotes(context, answer, ['message_framing', 'accepted_auth']);

    expect(found).toMatchObject([
      { check: 'message_framing', expected: 'a 204 without a body', actual: 'a body after the headers' },
    ]);
  });
});
