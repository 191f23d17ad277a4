import { foundBy, type MuseumFaultGroup } from '../fault.ts';
import {
  create,
  createFrom,
  FILM,
  list,
  NEW,
  OLDEST,
  remove,
  request,
  retrieve,
  UNKNOWN,
  update,
} from '../requests.ts';
import type { Answer, Message } from '../server/steps.ts';
import type { Values } from '../server/store.ts';
import { answers, changesBodies, renders, sends, withHeader } from '../variants.ts';

const without = (values: Values, name: string) =>
  Object.fromEntries(Object.entries(values).filter(([key]) => key !== name));
const setHeader = (name: string, value: string) => (answer: Answer) => ({
  headers: { ...answer.headers, [name]: value },
});
const removeHeader = (name: string) => (answer: Answer) => ({
  headers: Object.fromEntries(Object.entries(answer.headers).filter(([key]) => key !== name)),
});
const CREATE = { to: 'createExhibit', status: 201 };
const LIST = { to: 'listExhibits', status: 200 };
const NOT_FOUND = { to: 'retrieveExhibit', status: 404 };

/** Bodies of responses that violate their schema. */
export const responseBodies: MuseumFaultGroup = {
  name: 'museum: response bodies',
  faults: foundBy('response_schema_conformance', {
    'sends IDs without hyphens': changesBodies(
      CREATE,
      (body) => ({ ...body, id: String(body.id).replaceAll('-', '') }),
      create(),
    ),
    'sends no title in lists': renders(
      (exhibit, { operation }) => (operation === 'listExhibits' ? without(exhibit, 'title') : exhibit),
      list(),
    ),
    'sends years as text after a change': changesBodies(
      { to: 'updateExhibit', status: 200 },
      (body) => ({ ...body, year: String(body.year) }),
      update({ title: 'x' }),
    ),
    'sends a total of -1 if nothing matches': changesBodies(
      LIST,
      (body) => ({ ...body, total: body.total === 0 ? -1 : body.total }),
      list('year[gte]=2100'),
    ),
    'sends no cursor on the last page': changesBodies(
      LIST,
      (body) => (body.next_cursor === null ? without(body, 'next_cursor') : body),
      list(),
    ),
    'omits a note that is null': renders(
      (exhibit) => (exhibit.note === null ? without(exhibit, 'note') : exhibit),
      retrieve(),
    ),
    'sends null as members of other kinds': renders((exhibit) => ({ minutes: null, ...exhibit }), retrieve()),
    'sends films as paintings': renders(
      (exhibit) => ({ ...exhibit, kind: exhibit.kind === 'film' ? 'painting' : exhibit.kind }),
      createFrom(FILM),
    ),
    'sends times without a zone': renders(
      (exhibit) => ({ ...exhibit, created_at: String(exhibit.created_at).replace('Z', '') }),
      retrieve(),
    ),
    'sends the note of the donor': {
      variant: { renderExhibit: (exhibit) => exhibit },
      triggeredBy: [create({ donor_note: 'Anonymous.' }), retrieve(NEW)],
    },
    'sends floors as text': renders(
      ({ rooms, ...exhibit }) => ({
        ...exhibit,
        rooms: Array.isArray(rooms) ? rooms.map((room) => ({ ...room, floor: String(room.floor) })) : rooms,
      }),
      retrieve(),
    ),
    'sends a version as text': renders((exhibit) => ({ ...exhibit, version: String(exhibit.version) }), retrieve()),
    'sends no currency with an insured value': renders(
      (exhibit) => without(exhibit, 'currency'),
      create({ insured_value: 5, currency: 'EUR' }),
    ),
    'sends errors without a code': changesBodies(NOT_FOUND, (body) => without(body, 'code'), retrieve(UNKNOWN)),
    'sends an undocumented code': changesBodies(
      { status: 400 },
      (body) => ({ ...body, code: 'bad_request' }),
      retrieve('x'),
    ),
    'sends an error as a list of errors': answers(
      { to: 'createExhibit', status: 400 },
      ({ body }) => ({ body: [body] }),
      create({ title: '' }),
    ),
    'sends a list as an array': answers(LIST, ({ body }) => ({ body: (body as { data: unknown }).data }), list()),
    'sends the exhibit in a member': changesBodies(
      { to: 'retrieveExhibit', status: 200 },
      (body) => ({ exhibit: body }),
      retrieve(),
    ),
  }),
};

const cut = (message: Message): Message => {
  const bytes = message.bytes?.subarray(0, -1);
  return { ...withHeader(message, 'Content-Length', String(bytes?.length ?? 0)), bytes };
};

/** Statuses, headers and bytes of responses. */
export const responseMessages: MuseumFaultGroup = {
  name: 'museum: statuses, headers and bytes',
  faults: [
    ...foundBy('status_code_conformance', {
      'answers 200 to a request that creates an exhibit': answers(CREATE, { status: 200 }, create()),
      'answers 403 to requests for unknown exhibits': answers(NOT_FOUND, { status: 403 }, retrieve(UNKNOWN)),
      'answers 200 to a request that deletes an exhibit': answers(
        { to: 'deleteExhibit', status: 204 },
        { status: 200, body: {} },
        [create(), remove(NEW)],
      ),
      'answers 422 to invalid changes': answers({ to: 'updateExhibit', status: 400 }, { status: 422 }, update({})),
      'answers 204 to a change': answers(
        { to: 'updateExhibit', status: 200 },
        () => ({ status: 204, body: undefined }),
        update({ title: 'x' }),
      ),
      'answers 206 with a page that is not the last': answers(
        LIST,
        ({ body }) => ({ status: (body as { next_cursor: unknown }).next_cursor === null ? 200 : 206 }),
        list('limit=1'),
      ),
    }),
    ...foundBy('response_headers_conformance', {
      'sends no ETag after a change': answers(
        { to: 'updateExhibit', status: 200 },
        removeHeader('ETag'),
        update({ title: 'x' }),
      ),
      'sends an ETag without quotation marks': answers(
        { to: 'retrieveExhibit', status: 200 },
        setHeader('ETag', '1'),
        retrieve(),
      ),
      'sends a total count that is no number': answers(LIST, setHeader('X-Total-Count', 'many'), list()),
      'sends no Location': answers(CREATE, removeHeader('Location'), create()),
      'sends the kinds of a page in another style': answers(LIST, setHeader('X-Kinds', 'painting|film'), list()),
      'sends no challenge with a 401': answers({ status: 401 }, removeHeader('WWW-Authenticate'), {
        ...list(),
        headers: {},
      }),
    }),
    ...foundBy('content_type_conformance', {
      'sends errors as text': sends(
        (message) => (message.status === 404 ? withHeader(message, 'Content-Type', 'text/plain') : message),
        retrieve(UNKNOWN),
      ),
      'sends lists as HTML': sends(
        (message, { operation }) =>
          operation === 'listExhibits' ? withHeader(message, 'Content-Type', 'text/html') : message,
        list(),
      ),
    }),
    ...foundBy('json_syntax', {
      'sends JSON without its last brace after a change': sends(
        (message, { operation }) => (operation === 'updateExhibit' && message.status === 200 ? cut(message) : message),
        update({ title: 'x' }),
      ),
    }),
    ...foundBy('json_duplicate_members', {
      'sends the title twice': {
        variant: { serialize: (body) => JSON.stringify(body).replace('"title":', '"title":"","title":') },
        triggeredBy: retrieve(),
      },
    }),
    ...foundBy('json_encoding', {
      'sends Latin-1': {
        variant: { serialize: (body) => Buffer.from(JSON.stringify(body), 'latin1') },
        triggeredBy: create({ title: 'Zwei Bäume' }),
      },
    }),
    ...foundBy('head_conformance', {
      'answers 404 to HEAD': answers(
        {},
        (answer, { request: { method } }) => (method === 'HEAD' ? { status: 404 } : answer),
        request(`/exhibits/${OLDEST}`, { method: 'HEAD' }),
      ),
    }),
    ...foundBy('unsupported_method', {
      'sends no Allow header with a 405': answers(
        { status: 405 },
        removeHeader('Allow'),
        request('/tours', { method: 'PUT' }),
      ),
      'answers 404 to unsupported methods': answers(
        { status: 405 },
        { status: 404 },
        request('/tours', { method: 'PUT' }),
      ),
    }),
    ...foundBy(['message_framing', 'no_response'], {
      'sends a body with a 204': {
        variant: {
          send({ status, headers, bytes }, response) {
            if (status === 204) response.socket?.end('HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n{}');
            else response.writeHead(status, headers).end(bytes);
          },
        },
        triggeredBy: [create(), remove(NEW)],
      },
    }),
    ...foundBy('information_disclosure', {
      'sends a stack trace with a 400': changesBodies(
        { status: 400 },
        (body) => ({
          ...body,
          message:
            'TypeError: x is null\n    at parse (/srv/museum/server.js:10:5)\n    at run (/srv/museum/server.js:3:1)',
        }),
        retrieve('x'),
      ),
    }),
    ...foundBy('credentials_disclosure', {
      'sends the key with a 404': answers(
        { status: 404 },
        ({ body }, { request: { headers } }) => ({
          body: { ...(body as object), message: `Nothing found for ${headers['x-api-key'] ?? headers.authorization}.` },
        }),
        retrieve(UNKNOWN),
      ),
    }),
  ],
};
