import { foundBy, type MuseumFaultGroup } from '../fault.ts';
import { bookTour, create, createFrom, list, NEW, PAINTING, remove, request, retrieve, update } from '../requests.ts';
import { createError } from '../server/correct.ts';
import { parseJson } from '../server/parse-input.ts';
import type { Request } from '../server/steps.ts';
import type { Values } from '../server/store.ts';
import { answers, crashesOn, isObject } from '../variants.ts';

/** Returns a condition for requests with a body that is a JSON object. */
const hasBody =
  (isAffected: (body: Values) => boolean) =>
  ({ bytes }: Request) => {
    const body = parseJson(bytes);
    return isObject(body) && isAffected(body);
  };
const isJsonRequest = ({ headers, method }: Request) =>
  headers['content-type'] === 'application/json' && method !== 'GET';
const hasQuery =
  (pattern: RegExp) =>
  ({ query }: Request) =>
    pattern.test(decodeURIComponent(query));

/** Requests that a server answers with 500. */
export const crashes: MuseumFaultGroup = {
  name: 'museum: crashes',
  faults: foundBy('not_a_server_error', {
    'crashes on a title with NUL': crashesOn(
      hasBody(({ title }) => String(title).includes('\0')),
      create({ title: 'a\0b' }),
    ),
    'crashes on a title outside of the BMP': crashesOn(
      hasBody(({ title }) => /[^\0-\uffff]/u.test(String(title))),
      create({ title: '🖼' }),
    ),
    'crashes on an unknown kind': crashesOn(
      hasBody(({ kind }) => typeof kind === 'string' && !['painting', 'sculpture', 'film'].includes(kind)),
      create({ kind: 'vase' }),
    ),
    'crashes on rooms that are no list': crashesOn(
      hasBody(({ rooms }) => isObject(rooms)),
      create({ rooms: {} }),
    ),
    'crashes on a room that is null': crashesOn(
      hasBody(({ rooms }) => Array.isArray(rooms) && rooms.includes(null)),
      create({ rooms: [null] }),
    ),
    'crashes on an exhibit without rooms': crashesOn(
      hasBody((body) => 'inventory_number' in body && !('rooms' in body)),
      create({ rooms: undefined }),
    ),
    'crashes on a number as title': crashesOn(
      hasBody(({ title }) => typeof title === 'number'),
      create({ title: 7 }),
    ),
    'crashes on an empty change': crashesOn(
      hasBody((body) => Object.keys(body).length === 0),
      update({}),
    ),
    'crashes on malformed JSON': crashesOn(
      (received) => isJsonRequest(received) && received.bytes.length > 0 && parseJson(received.bytes) === undefined,
      createFrom('{'),
    ),
    'crashes on a missing body': crashesOn(
      ({ method, path, bytes }) => method === 'POST' && path === '/exhibits' && bytes.length === 0,
      createFrom(''),
    ),
    'crashes on a list as body': crashesOn(({ bytes }) => Array.isArray(parseJson(bytes)), createFrom([PAINTING])),
    'crashes on another media type': crashesOn(
      ({ headers }) => ['text/plain', 'application/xml', 'text/xml'].includes(headers['content-type'] ?? ''),
      ['text/plain', 'application/xml'].map((type) => create({}, { 'Content-Type': type })),
    ),
    'crashes on a limit that is given twice': crashesOn(hasQuery(/limit=.*limit=/), list('limit=1&limit=2')),
    'crashes on a limit that is no number': crashesOn(hasQuery(/(^|&)limit=[^&\d-]/), list('limit=abc')),
    'crashes on an unknown cursor': crashesOn(hasQuery(/(^|&)cursor=(?!YWZ0)/), list('cursor=x')),
    'crashes on an unknown order': crashesOn(hasQuery(/(^|&)sort=(?!-?(year|title)(&|$))/), list('sort=height')),
    'crashes on a year that is no number': crashesOn(hasQuery(/(^|&)year\[\w+\]=[^&\d-]/), list('year[gte]=x')),
    'crashes on numbers beyond the range of a double': crashesOn(
      hasBody((body) => Object.values(body).includes(Infinity)),
      createFrom(JSON.stringify(PAINTING).replace('1700', '1e400')),
    ),
    'crashes on an ID that is no UUID': crashesOn(({ path }) => /^\/exhibits\/[^/]{0,35}$/.test(path), retrieve('x')),
    'crashes on an unknown ID': answers({ to: 'retrieveExhibit', status: 404 }, createError(500), [
      retrieve(NEW.replace(/^./, '0')),
    ]),
    'crashes on the second request that deletes an exhibit': answers(
      { to: 'deleteExhibit', status: 404 },
      createError(500),
      [create(), remove(NEW), remove(NEW)],
    ),
    'crashes on an inventory number that is taken': answers({ to: 'createExhibit', status: 409 }, createError(500), [
      create(),
      create(),
    ]),
    'crashes on a tour for no visitors': crashesOn(
      ({ path, bytes }) => path === '/tours' && !bytes.includes('visitors'),
      bookTour({ visitors: undefined }),
    ),
    'crashes on a search without a match': answers(
      { to: 'listExhibits', status: 200 },
      (answer) =>
        isObject(answer.body) && Array.isArray(answer.body.data) && answer.body.data.length === 0
          ? createError(500)
          : answer,
      list('year[gte]=2100'),
    ),
    'crashes on unsupported methods': answers({ status: 405 }, createError(500), request('/tours', { method: 'PUT' })),
  }),
};
