import { isIPv6 } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Answer } from '../../verify.ts';
import { createRouter, type Handler, isInteger, isObject, json } from './router.ts';

const UNAUTHORIZED: Answer = { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } };

/** Answers 401 without the key. */
const withKey =
  (key: string, handle: Handler): Handler =>
  (request) =>
    readBearer(request.headers.authorization) === key ? handle(request) : UNAUTHORIZED;

function readBearer(authorization: string | undefined): string | undefined {
  return /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
}

const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  b: (text) => ['true', 'false'].includes(text),
  d: (text) => /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(text),
  u: (text) => /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]*$/.test(text),
  e: (text) => /^[^\s@]+@[^\s@]+$/.test(text),
  ip: (text) => isIPv6(text) && !text.includes('%'),
  h: (text) =>
    text.length <= 253 && text.split('.').every((label) => /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(label)),
};

/** Creates a server that conforms to http.openapi.yaml. */
export function createHttpServer(key: string) {
  let reads = 0;
  const names = new Set<string>();
  const keys = new Set<string>();
  return createRouter(
    {
      'GET /strictquery': ({ query }) => {
        const isKnown = [...query.keys()].every((name) => name === 'a');
        return isKnown && (!query.has('a') || isInteger(query.get('a'))) ? { body: {} } : { status: 400 };
      },
      'GET /lang': ({ headers }) =>
        json({ hello: headers['accept-language']?.startsWith('de') ? 'Hallo' : 'Hello' }, { Vary: 'Accept-Language' }),
      'GET /notacceptable': ({ headers: { accept } }) =>
        accept === undefined || /application\/(json|\*)|\*\/\*/.test(accept) ? { body: {} } : { status: 406 },
      'GET /gzip': ({ headers }) => {
        const isAsked = /\bgzip\b(?!;\s*q=0(\.0*)?\s*(,|$))/.test(headers['accept-encoding']?.toString() ?? '');
        const answer = json({ a: 1 }, { Vary: 'Accept-Encoding', ...(isAsked && { 'Content-Encoding': 'gzip' }) });
        return isAsked ? { ...answer, body: gzipSync(String(answer.body)) } : answer;
      },
      'POST /unique': ({ json: body }) => {
        if (!isObject(body) || typeof body.name !== 'string' || body.name === '') return { status: 400 };
        if (names.has(body.name)) return { status: 409 };
        names.add(body.name);
        return { status: 201 };
      },
      'GET /me': withKey(key, () => ({})),
      'GET /optionalauth': (request) =>
        request.headers.authorization === undefined ? {} : withKey(key, () => ({}))(request),
      'GET /counter': () => {
        reads += 1;
        return { body: { n: reads } };
      },
      'POST /counter': () => {
        reads = 0;
        return { status: 204 };
      },
      'GET /csv': ({ query }) => {
        const items = query.get('ids')?.split(',') ?? [];
        const areValid = items.length > 0 && items.every((item) => /^\d+$/.test(item) && Number(item) >= 1);
        return { status: areValid && new Set(items.map(Number)).size === items.length ? 200 : 400 };
      },
      'GET /bool': ({ query }) => ({
        status: [...query].every(([name, text]) => FORMATS[name]?.(text) ?? true) ? 200 : 400,
      }),
      'GET /old': () => ({ status: 501 }),
      'GET /slash/{name}': ({ values: [name] }) => ({ status: name === 'abc' ? 200 : 404 }),
      'GET /patterned/{code}': ({ values: [code] }) => ({ status: code === 'ABC1' ? 200 : 404 }),
      'GET /forbidden/{id}': withKey(key, ({ values: [id = ''] }) => {
        if (id === '1') return {};
        return { status: /^[1-9]\d*$/.test(id) ? 403 : 404 };
      }),
      'PUT /putter/{k}': ({ values: [name = ''], body, json: value }) => {
        if (!/^[a-z]+$/.test(name)) return { status: 404 };
        if (body !== '' && value !== null && !isObject(value)) return { status: 400 };
        const isNew = !keys.has(name);
        keys.add(name);
        return { status: isNew ? 201 : 200 };
      },
    },
    400,
  );
}
