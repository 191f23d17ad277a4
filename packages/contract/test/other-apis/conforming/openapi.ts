import type { Answer } from '../../verify.ts';
import { createRouter, isInteger, isObject, json } from './router.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const SCHEMA_2020 =
  '{"x-a":1,"pair":[1,"a"],"kind":"k","when":"P1D","big":9223372036854775807,"t":"10:00:00Z","u":"/a","nul":null,"odd":"?","b64":"aGk="}';

const of = (mediaType: string, body: unknown, headers: Answer['headers'] = {}): Answer => ({
  headers: { 'Content-Type': mediaType, ...headers },
  body,
});
const isAllowed = (condition: boolean, status = 400): Answer => ({ status: condition ? 200 : status });

function isTree(value: unknown): boolean {
  if (!isObject(value) || !Number.isInteger(value.v)) return false;
  if (Object.keys(value).some((name) => name !== 'v' && name !== 'kids')) return false;
  return !('kids' in value) || (Array.isArray(value.kids) && value.kids.every(isTree));
}

function areStylesValid(query: URLSearchParams): boolean {
  return (
    query.getAll('ids').length <= 3 &&
    [...query].every(([name, text]) => {
      switch (name) {
        case 'filter[a]':
        case 'ids':
          return isInteger(text);
        case 'filter[b]':
          return ['x', 'y'].includes(text);
        case 'pipe':
          return text.split('|').every(isInteger);
        case 'space':
          return text.split(' ').every(isInteger);
        default:
          return name !== 'filter' && !/^filter\[.*\]$/.test(name);
      }
    })
  );
}

/** Creates a server that conforms to openapi.openapi.yaml. The key is valid in any letter case. */
export function createOpenApiServer(key: string) {
  const isKey = (text: string | undefined) => text?.toLowerCase() === key.toLowerCase();
  const isBearer = (text = '') => isKey(/^bearer +(.*)$/i.exec(text)?.[1]);
  const unauthorized = { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } };
  return createRouter({
    'GET /byte': ({ query }) => isAllowed(BASE64.test(query.get('data') ?? '?'), 422),
    'GET /nosuccess/{id}': ({ values: [id] }) => ({ status: isInteger(id) ? 404 : 400 }),
    'GET /writeonly': () => json({ id: 1, name: 'A' }),
    'POST /writeonly': ({ json: body }) => {
      if (!isObject(body) || typeof body.name !== 'string' || body.name === '') return { status: 400 };
      if (typeof body.password !== 'string' || [...body.password].length < 3) return { status: 400 };
      return { ...json({ id: 2, name: body.name }), status: 201 };
    },
    'GET /pets': () =>
      json([
        { kind: 'cat', lives: 9 },
        { kind: 'dog', barks: true },
      ]),
    'GET /defaultonly': () => json({}),
    'GET /wild': ({ query }) => {
      const n = query.get('n');
      return isInteger(n) && Number(n) >= 1 ? { ...json(5), status: 203 } : { ...json({}), status: 418 };
    },
    'GET /text': () => of('text/plain; charset=utf-8', 'hello'),
    'GET /png': () => of('image/png', PNG),
    'GET /xml': () => of('application/xml', '<a>x</a>'),
    'GET /range-type': () => json({ a: 1 }),
    'GET /any-type': () => json({ a: 1 }),
    'GET /csv-or-json': ({ headers: { accept = '' } }) =>
      /text\/csv/.test(accept) && !/application\/json/.test(accept)
        ? of('text/csv', '1,2\n', { Vary: 'Accept' })
        : json([1, 2], { Vary: 'Accept' }),
    'GET /styles': ({ query }) => isAllowed(areStylesValid(query)),
    'GET /jsonparam': ({ query }) => {
      try {
        const value: unknown = JSON.parse(query.get('q') ?? '');
        return isAllowed(isObject(value) && Number.isInteger(value.a));
      } catch {
        return { status: 400 };
      }
    },
    'GET /tenant': ({ headers }) => isAllowed(UUID.test(String(headers['x-tenant']))),
    'GET /cookie': ({ headers }) => isAllowed(/(?:^|; ?)sid=-?\d+(?:;|$)/.test(headers.cookie ?? '')),
    'GET /keyquery': ({ query }) => isAllowed(query.get('key') === key, 401),
    'GET /keycookie': ({ headers }) => isAllowed((headers.cookie ?? '').split(/; ?/).includes(`session=${key}`), 401),
    'GET /oauth': ({ headers }) => (isBearer(headers.authorization) ? {} : unauthorized),
    'GET /bothkeys': ({ headers }) => (isBearer(headers.authorization) && headers['x-key'] === key ? {} : unauthorized),
    'POST /upload': ({ mediaType, body }) => {
      if (mediaType !== 'multipart/form-data') return { status: 415 };
      return { status: /name="?file"?/.test(body) ? 201 : 400 };
    },
    'POST /form': ({ mediaType, body }) => {
      if (mediaType !== 'application/x-www-form-urlencoded') return { status: 415 };
      return isAllowed(isInteger(new URLSearchParams(body).get('a')));
    },
    'POST /twobodies': ({ mediaType, body, json: value }) => {
      if (mediaType === 'application/xml') return isAllowed(/^\s*<[\s\S]*>\s*$/.test(body));
      if (mediaType !== 'application/json') return { status: 415 };
      return isAllowed(isObject(value) && Number.isInteger(value.a));
    },
    'GET /tree': () => json({ v: 1, kids: [{ v: 2 }] }),
    'POST /tree': ({ json: body }) => isAllowed(isTree(body)),
    'GET /schema2020': () => of('application/json', SCHEMA_2020),
    'GET /redirect': () => ({ status: 302, headers: { Location: '/text' } }),
    'GET /headers': () => ({
      headers: {
        'X-List': '1,2',
        'X-Obj': 'a,1',
        'Last-Modified': new Date(0).toUTCString(),
        'X-Flag': 'true',
        'Set-Cookie': ['a=1', 'b=2'],
        'X-Json': '{"a":1}',
      },
    }),
    'DELETE /nocontent': () => ({ status: 204 }),
    'OPTIONS /options': () => ({ status: 204, headers: { Allow: 'GET, HEAD, OPTIONS' } }),
    'GET /options': () => ({}),
    'HEAD /headop': () => ({ headers: { 'X-Count': '5' } }),
    'GET /nullquery': ({ query }) => {
      const [n, flag] = [query.get('n') ?? 'null', query.get('flag') ?? ''];
      return isAllowed(['', 'null'].includes(n) || isInteger(n) ? ['', 'true', 'false'].includes(flag) : false);
    },
    'GET /anybody': () => json({ x: 1 }),
    'GET /nullbody': () => json(null),
    'GET /falsebody': () => json(false),
    'GET /ndjson': () => of('application/x-ndjson', '{"a":1}\n{"a":2}\n'),
    'GET /problem': () => of('application/vnd.api+json', '{"data":1}'),
    'GET /badexample': () => json({ n: 5 }),
    'GET /time': () => json({ now: new Date().toISOString(), r: Math.random() }),
    'GET /conditional': ({ headers }) =>
      headers['if-none-match'] === '"e"' ? { status: 304, headers: { ETag: '"e"' } } : json({ a: 1 }, { ETag: '"e"' }),
    'GET /deprecated': () => ({ status: 410 }),
    'GET /files/{name}.json': ({ values: [name = ''] }) => isAllowed(/^[a-z]{1,8}$/.test(name), 404),
    'GET /range/{from}-{to}': ({ values }) =>
      isAllowed(
        values.every((value) => /^\d+$/.test(value)),
        404,
      ),
    'GET /users/me': () => json({ me: true }),
    'GET /users/{id}': ({ values: [id] }) => (id === 'u1' ? json({ id: 'u1' }) : { status: 404 }),
  });
}
