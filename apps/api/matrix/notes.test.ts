import { fileURLToPath } from 'node:url';
import { verifyContract } from '@firstofficer/contract';
import { loadDescription } from '@firstofficer/openapi';
import { describe, expect, type TestContext, test } from 'vitest';
import type { Handlers } from '../src/server/routes.ts';
import { databases } from '../test/databases.ts';
import { authorize, expectPassed, formatRequest, sendRaw, startServer } from '../test/running-api.ts';

const spec = fileURLToPath(import.meta.resolve('@firstofficer/spec/test/notes.openapi.yaml'));
const description = await loadDescription(spec);

interface Note {
  readonly object: 'note';
  readonly id: string;
  readonly text: string;
}

/** Creates handlers that keep notes in memory. Records the inputs of all calls. */
function createNoteHandlers(inputs: unknown[] = []): Handlers {
  const texts = ['Call back', 'Ask for a logo', 'Renews in May'];
  const notes: Note[] = texts.map((text, index) => ({ object: 'note', id: `note_${index + 1}`, text }));
  let created = notes.length;
  return {
    listNotes(input) {
      inputs.push(input);
      const { limit, starting_after } = input.query as { limit: number; starting_after?: string };
      const start = notes.findIndex(({ id }) => id === starting_after) + 1;
      const data = notes.slice(start, start + limit);
      return { status: 200, body: { object: 'list', data, has_more: notes.length > start + limit } };
    },
    createNote(input) {
      inputs.push(input);
      created += 1;
      const { text } = input.body as { text: string };
      const note: Note = { object: 'note', id: `note_${created}`, text };
      notes.push(note);
      return { status: 201, body: note, headers: { Location: `/v1/notes/${note.id}` } };
    },
    async deleteNote({ path: { note } }) {
      const index = notes.findIndex(({ id }) => id === note);
      if (index < 0) return { status: 404 };
      notes.splice(index, 1);
      return { status: 204 };
    },
  };
}

const INVALID_PAGE = { error: { code: 'page_invalid', message: 'Send a limit from 1 to 100.' } };
const INVALID_NOTE = { error: { code: 'note_invalid', message: 'Send a text of 1 to 500 characters.' } };
const INVALID_ID = { error: { code: 'id_invalid', message: 'Send an ID such as note_1.' } };

const INVALID_LIMITS = ['limit', 'limit=10&limit=20'].concat(
  ['0', '101', '1.5', '', '%00', 'ten', '0x10', '1e400'].map((limit) => `limit=${limit}`),
);
const INVALID_STARTS = ['1', 'note_1%00', '%ZZ'].map((id) => `starting_after=${id}`);

const INVALID_BODIES = {
  'without a text': '{}',
  'with a text of another type': '{"text":1}',
  'with a flag as text': '{"text":"x","pinned":"true"}',
  'with an unknown member': '{"text":"x","size":1}',
  'that sets __proto__': '{"text":"x","__proto__":{"polluted":true}}',
  'that inherits its text': '{"__proto__":{"text":"x"}}',
  'that sets the prototype of its constructor': '{"text":"x","constructor":{"prototype":{"polluted":true}}}',
  'that is null': 'null',
  'that is not JSON': '{"text":',
  'that is two JSON values': '{"text":"x"}{"text":"x"}',
  'that begins with a byte order mark': '\ufeff{"text":"x"}',
  'that is deeply nested': '['.repeat(400_000) + ']'.repeat(400_000),
  'that is deeply nested and incomplete': '['.repeat(900_000),
  'that is empty': '',
};

describe.each(databases)('the notes API on $name', (kind) => {
  async function start(context: TestContext) {
    const inputs: unknown[] = [];
    const { url, key, accountId } = await startServer(context, kind, {
      description,
      handlers: createNoteHandlers(inputs),
    });
    const send = async (method: string, target: string, options: { body?: string; headers?: object } = {}) => {
      const json = options.body === undefined ? {} : { 'Content-Type': 'application/json' };
      const { body = null, headers = {} } = options;
      const response = await fetch(url + target, { method, headers: { ...authorize(key), ...json, ...headers }, body });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
    };
    return { url, key, accountId, inputs, send };
  }

  test('passes all contract tests', async (context) => {
    const { url, key } = await start(context);
    const report = await verifyContract({ target: { url, token: key }, spec, seed: 1, profile: 'firstofficer' });
    expectPassed(report);
  });

  test('lists notes in pages, with the default limit of the description', async (context) => {
    const { send, inputs, accountId } = await start(context);
    expect((await send('GET', '/v1/notes')).body).toMatchObject({ object: 'list', has_more: false });
    expect(inputs).toEqual([{ accountId, path: {}, query: { limit: 10 }, headers: {}, body: undefined }]);

    const first = await send('GET', '/v1/notes?limit=2&unknown=%00', { headers: { 'X-Language': 'de' } });
    expect(first.body).toMatchObject({ data: [{ id: 'note_1' }, { id: 'note_2' }], has_more: true });
    expect(inputs[1]).toMatchObject({ query: { limit: 2 }, headers: { 'X-Language': 'de' } });
    const next = await send('GET', '/v1/notes?limit=2&starting_after=note%5F2');
    expect(next.body).toMatchObject({ data: [{ id: 'note_3' }], has_more: false });
  });

  test('rejects invalid parameters with the 400 of the list', async (context) => {
    const { send, inputs } = await start(context);
    for (const query of [...INVALID_LIMITS, ...INVALID_STARTS]) {
      expect(await send('GET', `/v1/notes?${query}`), query).toMatchObject({ status: 400, body: INVALID_PAGE });
    }
    const response = await send('GET', '/v1/notes', { headers: { 'X-Language': 'fr' } });
    expect(response).toMatchObject({ status: 400, body: INVALID_PAGE });
    expect(inputs).toEqual([]);
  });

  test('creates a note and returns its location', async (context) => {
    const { send, inputs } = await start(context);
    const headers = { 'Content-Type': 'Application/JSON; charset=utf-8' };
    const response = await send('POST', '/v1/notes', { body: '{"text":"Héllo","pinned":true}', headers });
    expect(response).toMatchObject({ status: 201, body: { object: 'note', id: 'note_4', text: 'Héllo' } });
    expect(response.headers.get('location')).toBe('/v1/notes/note_4');
    expect(inputs).toMatchObject([{ body: { text: 'Héllo', pinned: true } }]);
  });

  test('rejects invalid bodies with the 400 of the creation', async (context) => {
    const { send, inputs } = await start(context);
    for (const [name, body] of Object.entries(INVALID_BODIES)) {
      expect(await send('POST', '/v1/notes', { body }), name).toMatchObject({ status: 400, body: INVALID_NOTE });
    }
    for (const contentType of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx', 'json', '']) {
      const request = { body: '{"text":"x"}', headers: { 'Content-Type': contentType } };
      const response = await send('POST', '/v1/notes', request);
      expect(response, contentType).toMatchObject({ status: 400, body: INVALID_NOTE });
    }
    expect(inputs).toEqual([]);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect((await send('POST', '/v1/notes', { body: '{"text":"x"}' })).status).toBe(201);
  });

  test('rejects a missing body, bytes that are not UTF-8 and a body that is too large', async (context) => {
    const { url, key, send } = await start(context);
    expect(await send('POST', '/v1/notes')).toMatchObject({ status: 400, body: INVALID_NOTE });
    const headers = { ...authorize(key), 'Content-Type': 'application/json', 'Content-Length': '12' };
    const invalid = await sendRaw(url, formatRequest('/v1/notes', headers, 'POST'), '{"text":"\xff"}');
    expect(invalid.text).toContain(JSON.stringify(INVALID_NOTE));
    const large = await send('POST', '/v1/notes', { body: JSON.stringify({ text: 'x'.repeat(1024 * 1024) }) });
    expect(large).toMatchObject({
      status: 413,
      body: { error: { type: 'invalid_request_error', message: 'The request body is larger than 1048576 bytes.' } },
    });
    expect((await send('GET', '/v1/notes')).status).toBe(200);
  });

  test('deletes a note, and answers with the errors of the deletion', async (context) => {
    const { send } = await start(context);
    const deleted = await send('DELETE', '/v1/notes/note_1', { body: 'ignored', headers: { 'Content-Type': 'a/b' } });
    expect(deleted).toMatchObject({ status: 204, body: undefined });
    expect(deleted.headers.get('content-type')).toBeNull();
    expect(await send('DELETE', '/v1/notes/note_1')).toMatchObject({
      status: 404,
      body: { error: { code: 'note_missing', message: 'No note has this ID.' } },
    });
    for (const id of ['1', 'note_', 'note_1%00', '%ZZ', `note_${'1'.repeat(40)}`, '']) {
      expect(await send('DELETE', `/v1/notes/${id}`), id).toMatchObject({ status: 400, body: INVALID_ID });
    }
  });

  test('answers 405 with all methods of the path, and 401 with the challenge of the description', async (context) => {
    const { url, send } = await start(context);
    const response = await send('PUT', '/v1/notes', { body: '{}' });
    expect({ status: response.status, allow: response.headers.get('allow') }).toEqual({
      status: 405,
      allow: 'GET, HEAD, POST',
    });
    const unauthorized = await fetch(`${url}/v1/notes?limit=0`);
    expect(unauthorized.status).toBe(401);
    expect(unauthorized.headers.get('www-authenticate')).toBe('Basic realm="Notes"');
    expect(await unauthorized.json()).toEqual({ error: { code: 'key_invalid', message: 'Send a valid API key.' } });
  });
});
