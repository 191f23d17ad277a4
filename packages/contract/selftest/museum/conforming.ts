import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { asArray } from '@firstofficer/openapi';
import type { DescribedMuseum } from './described-museum.ts';
import { CORRECT, createError } from './server/correct.ts';
import type { SchemaEdits } from './server/schemas.ts';
import type { Answer, Call, Message, MuseumVariant, Request } from './server/steps.ts';
import type { Exhibit, NewExhibit, Values } from './server/store.ts';
import { changesBodies, isObject, rejects, rejectsExhibits, renders, sends, withHeader } from './variants.ts';

/** A museum that differs from the correct one, but conforms to its description. */
interface ConformingMuseum extends DescribedMuseum {
  /** What the museum does differently, such as `indents the JSON`. */
  readonly name: string;
}

/** Returns a server that writes the same values as another JSON text. */
const writes = (change: (json: string) => string): MuseumVariant => ({
  serialize: (body) => change(JSON.stringify(body)),
});

/** Returns a server that changes answers. */
const changesAnswers = (changeAnswer: (answer: Answer, call: Call) => Answer | Promise<Answer>): MuseumVariant => ({
  changeAnswer,
});

/** Returns a server that answers some requests with an error before it reads them. */
const refuses = (status: number, isRefused: (request: Request, call: Call) => boolean): MuseumVariant =>
  changesAnswers((answer, call) =>
    answer.status !== 401 && isRefused(call.request, call) ? createError(status) : answer,
  );

/** Returns a server that answers a valid request for a new exhibit with an error. */
const refusesNew = (status: number, isRefused: (body: NewExhibit, call: Call) => boolean): MuseumVariant => ({
  handle: (call, steps) =>
    call.operation === 'createExhibit' && isRefused(call.body as NewExhibit, call)
      ? createError(status)
      : CORRECT.handle(call, steps),
});

/** Returns a server that answers a valid request for a tour with an error. */
const refusesTours = (isRefused: (tour: Values) => boolean): MuseumVariant => ({
  handle: (call, steps) =>
    call.operation === 'bookTour' && isRefused(call.body as Values) ? createError(422) : CORRECT.handle(call, steps),
});

const setHeader = (name: string, change: (value: string) => string) => (message: Message) => {
  const value = message.headers[name];
  return typeof value === 'string' ? withHeader(message, name, change(value)) : message;
};

const escapeNonAscii = (text: string) =>
  text.replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const reverseMembers = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reverseMembers);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).toReversed();
  return Object.fromEntries(entries.map(([name, member]) => [name, reverseMembers(member)]));
};

const getAge = ({ created_at }: Exhibit) => Date.parse(String(created_at));

// A server with several of these exhibits needs no other place for the time.
const birthTimes = new WeakMap<Exhibit, number>();
const LISTED_AFTER_MS = 300;

const ERROR = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };
const TOO_MANY = {
  description: 'Too many requests.',
  headers: { 'Retry-After': { required: true, schema: { type: 'integer', minimum: 0 } } },
  content: ERROR,
};
const OPERATIONS = [
  '~1exhibits/post',
  '~1exhibits/get',
  '~1exhibits~1{exhibitId}/get',
  '~1exhibits~1{exhibitId}/patch',
  '~1exhibits~1{exhibitId}/delete',
  '~1exhibits~1{exhibitId}~1images/post',
  '~1tours/post',
];
const inAllOperations = (path: string, value: unknown): SchemaEdits =>
  Object.fromEntries(OPERATIONS.map((operation) => [`/paths/${operation}/${path}`, value]));

const VARIANTS: Readonly<Record<string, MuseumVariant | DescribedMuseum>> = {
  'is correct': {},

  // JSON
  'sends members in another order': { serialize: (body) => JSON.stringify(reverseMembers(body)) },
  'indents the JSON': { serialize: (body) => JSON.stringify(body, null, 2) },
  'escapes all characters outside of ASCII': writes(escapeNonAscii),
  'writes years with a decimal point': writes((json) => json.replaceAll(/"year":(-?\d+)/g, '"year":$1.0')),
  'writes years with an exponent': writes((json) => json.replaceAll(/"year":(-?\d+)/g, '"year":$1e0')),
  'has versions above 2^53': writes((json) => json.replaceAll(/"version":(\d+)/g, '"version":900719925474099$1')),
  'writes times with +00:00': writes((json) => json.replaceAll(/(:\d\d\.\d+)Z"/g, '$1+00:00"')),
  'writes times in another zone': renders(({ created_at, ...exhibit }) => {
    const time = new Date(Date.parse(String(created_at)) + 3_600_000).toISOString();
    return { ...exhibit, created_at: time.replace('Z', '+01:00') };
  }).variant,
  'writes times in microseconds': writes((json) => json.replaceAll(/(:\d\d\.\d+)Z"/g, '$1000Z"')),

  // Members
  'counts requests in the version': renders((exhibit, { request }) => ({ ...exhibit, version: request.number }))
    .variant,
  'numbers its error messages': changesAnswers((answer, { request }) =>
    answer.status < 400
      ? answer
      : { ...answer, body: { ...(answer.body as object), message: `No. ${request.number}` } },
  ),
  'adds a place to all errors': changesAnswers((answer) =>
    answer.status < 400 ? answer : { ...answer, body: { place: 'request', ...(answer.body as object) } },
  ),
  'adds members to images': changesBodies({ to: 'addImage', status: 201 }, (body) => ({ ...body, width: 640 })).variant,
  'gives equal tours the same ID': changesBodies({ to: 'bookTour', status: 201 }, (body) => ({
    ...body,
    tour_id: '0a4d55a8-d778-4022-afab-701977c5d840',
  })).variant,
  'stores emails in lower case': {
    createExhibit: (body, store) =>
      CORRECT.createExhibit(
        typeof body.curator_email === 'string' ? { ...body, curator_email: body.curator_email.toLowerCase() } : body,
        store,
      ),
  },

  // HTTP
  'compresses responses if the client accepts it': {
    changeMessage(message, { request }) {
      if (!/gzip/.test(String(request.headers['accept-encoding'])) || !message.bytes) return message;
      const bytes = gzipSync(message.bytes);
      const length = { 'Content-Length': String(bytes.length), 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' };
      return { ...message, headers: { ...message.headers, ...length }, bytes };
    },
  },
  'sends bodies in chunks': {
    changeMessage({ headers: { 'Content-Length': _, ...headers }, ...message }) {
      return { ...message, headers };
    },
    send({ status, headers, bytes }, response) {
      response.writeHead(status, headers);
      for (const byte of bytes ?? []) response.write(Buffer.of(byte));
      response.end();
    },
  },
  'closes each connection': sends((message) => withHeader(message, 'Connection', 'close')).variant,
  'waits 5 ms before each answer': changesAnswers(async (answer) => {
    await delay(5);
    return answer;
  }),
  'sends a charset with the media type': sends(setHeader('Content-Type', (type) => `${type}; charset=utf-8`)).variant,
  'writes header names in lower case': {
    changeMessage: ({ headers, ...message }) => ({
      ...message,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    }),
  },
  'sends further headers': sends((message, { request }) => withHeader(message, 'X-Request-Id', `r${request.number}`))
    .variant,
  'sends two challenges with a 401': sends((message) =>
    message.status === 401
      ? withHeader(message, 'WWW-Authenticate', 'Bearer realm="museum", Key realm="museum"')
      : message,
  ).variant,
  'sends an absolute Location': sends((message, { request }) =>
    setHeader('Location', (path) => `http://${request.headers.host}${path}`)(message),
  ).variant,
  'sends a Location relative to the URL of the request': sends(setHeader('Location', (path) => path.slice(1))).variant,
  'writes spaces after commas in a header': sends(setHeader('X-Kinds', (kinds) => kinds.replaceAll(',', ', '))).variant,
  'supports OPTIONS': changesAnswers((answer, { request }) =>
    answer.status === 405 && request.method === 'OPTIONS'
      ? { status: 204, headers: { Allow: `${answer.headers.Allow}, OPTIONS` } }
      : answer,
  ),
  'answers 406 to clients that do not accept JSON': refuses(
    406,
    ({ headers: { accept = '*/*' } }) => !/\*\/\*|application\/(\*|json)/.test(accept),
  ),
  'answers 413 to bodies above 64 KB': refuses(413, ({ bytes }) => bytes.length > 65_536),
  'answers 414 to targets above 8 KB': refuses(414, ({ path, query }) => path.length + query.length > 8192),
  'answers 415 to a charset': refuses(415, ({ headers }) => String(headers['content-type']).includes('charset')),
  'accepts bodies without a media type': {
    acceptsMediaType: (mediaType, input) => mediaType === '' || mediaType === input.mediaType,
  },

  // Order of checks
  'answers 404 to IDs that are no UUID': changesAnswers((answer) =>
    isObject(answer.body) && answer.body.place === 'exhibitId' ? createError(404) : answer,
  ),
  'answers 404 to unknown paths before it checks the key': changesAnswers((answer, { request: { path } }) =>
    /^\/(tours|exhibits(\/[^/]+(\/images)?)?)$/.test(path) ? answer : createError(404),
  ),
  'answers 400 to malformed paths before it checks the key': changesAnswers((answer, { request: { path } }) =>
    /%(?![0-9a-f]{2})/i.test(path) ? createError(400) : answer,
  ),
  'looks for the exhibit before it validates the body': refuses(
    404,
    ({ path }, { operation, store }) =>
      (operation === 'updateExhibit' || operation === 'addImage') && !store.exhibits.has(path.split('/')[2] ?? ''),
  ),
  'finds IDs in capital letters': { findExhibit: (id, { exhibits }) => exhibits.get(id.toLowerCase()) },
  'ignores a parameter that is given several times': {
    checkInput: (input, value) => (typeof value === 'symbol' ? undefined : CORRECT.checkInput(input, value)),
    handle: (call, steps) => {
      const known = Object.entries(call.parameters).filter(([, value]) => typeof value !== 'symbol');
      return CORRECT.handle({ ...call, parameters: Object.fromEntries(known) }, steps);
    },
  },
  'rejects unknown parameters of lists': refuses(
    400,
    ({ query }, { operation }) =>
      operation === 'listExhibits' &&
      [...new URLSearchParams(query).keys()].some(
        (name) => !/^(limit|cursor|sort|kind|on_display|tags|year.*|floors)$/.test(name),
      ),
  ),

  // Lists
  'lists the newest exhibits first': {
    compare: (a, b, sort) => CORRECT.compare(a, b, sort) || getAge(b) - getAge(a),
  },
  'has at most three exhibits on a page': {
    selectPage: (sorted, { start, limit }) => sorted.slice(start, start + Math.min(3, limit)),
  },
  'ends each list with an empty page': {
    handle(call, steps) {
      const answer = CORRECT.handle(call, steps);
      if (call.operation !== 'listExhibits' || answer.status !== 200 || !isObject(answer.body)) return answer;
      const last = asArray(answer.body.data).at(-1);
      const position = call.store.history.findIndex(({ id }) => isObject(last) && id === last.id);
      const next_cursor = position < 0 ? null : Buffer.from(`after ${position}`).toString('base64url');
      return { ...answer, body: { ...answer.body, next_cursor: answer.body.next_cursor ?? next_cursor } };
    },
  },
  'lists new exhibits after 300 ms': {
    createExhibit(body, store) {
      const exhibit = CORRECT.createExhibit(body, store);
      birthTimes.set(exhibit, performance.now());
      return exhibit;
    },
    listExhibits: (store) =>
      CORRECT.listExhibits(store).filter(
        (exhibit) => performance.now() - (birthTimes.get(exhibit) ?? -Infinity) >= LISTED_AFTER_MS,
      ),
  },

  // Rules that no schema can express
  'has room for three new exhibits': { capacity: 9 },
  'has room for no new exhibit': { capacity: 6 },
  'never uses an inventory number again': refusesNew(409, ({ inventory_number }, { store }) =>
    store.history.some((exhibit) => exhibit.inventory_number === inventory_number),
  ),
  'reserves some titles': rejectsExhibits(({ title }) => /^(test|string|title|example|a|x)$/i.test(title)).variant,
  'rejects control characters in titles with 422': refusesNew(422, ({ title }) => /\p{Cc}/u.test(title)),
  'rejects acquisitions in the future': refusesNew(422, ({ acquired_on }) => String(acquired_on) > '2026-01-01'),
  'rejects acquisitions before the exhibit was made': refusesNew(
    422,
    ({ acquired_on, year }) => typeof acquired_on === 'string' && Number(acquired_on.slice(0, 4)) < year,
  ),
  'rejects years with an end before their start': rejects(
    (value, place) => place === 'year' && isObject(value) && Number(value.gte ?? -3000) > Number(value.lte ?? 2100),
  ).variant,
  'books no tours in the past': refusesTours(({ day }) => String(day) < '2026-01-01'),
  'books no tours on Mondays': refusesTours(({ day }) => new Date(String(day)).getUTCDay() === 1),
  'has no free tours': refusesTours(() => true),
  'answers 204 to a second request that deletes an exhibit': changesAnswers((answer, { operation }) =>
    operation === 'deleteExhibit' && answer.status === 404 ? { status: 204, headers: {} } : answer,
  ),

  // Other descriptions
  'answers 202 to a request that deletes an exhibit': {
    variant: changesAnswers((answer) => (answer.status === 204 ? { ...answer, status: 202 } : answer)),
    description: {
      '/paths/~1exhibits~1{exhibitId}/delete/responses/202': { description: 'The exhibit will be deleted.' },
    },
  },
  'limits the rate of requests': {
    variant: changesAnswers((answer, { request: { number } }) =>
      number % 400 === 0
        ? { status: 429, headers: { 'Retry-After': '1' }, body: { code: 'invalid', message: 'Wait.' } }
        : answer,
    ),
    description: inAllOperations('responses/429', TOO_MANY),
  },
  'describes an extension with a broken reference': {
    variant: {},
    description: { '/x-internal': { owner: { $ref: './missing.yaml#/owner' } } },
  },
  'describes webhooks': {
    variant: {},
    description: {
      '/webhooks': {
        exhibitSold: { post: { operationId: 'exhibitSold', responses: { 200: { description: 'Received.' } } } },
      },
    },
  },
  'redirects to the newest exhibit': {
    variant: changesAnswers((answer, { operation }) =>
      operation === 'findNewest' && answer.status === 200
        ? { status: 307, headers: { Location: '/exhibits' } }
        : answer,
    ),
    description: {
      '/paths/~1newest': {
        get: {
          operationId: 'findNewest',
          responses: {
            307: {
              description: 'The newest exhibit has another URL.',
              headers: { Location: { required: true, schema: { type: 'string' } } },
            },
            401: { $ref: '#/components/responses/Unauthorized' },
          },
        },
      },
    },
  },
  'has an endless stream of events': {
    variant: {
      send(message, response, call) {
        if (call.operation !== 'watchExhibits' || message.status !== 200 || call.request.method === 'HEAD') {
          CORRECT.send(message, response);
          return;
        }
        const { 'Content-Length': _, ...headers } = message.headers;
        response.writeHead(200, { ...headers, 'Content-Type': 'text/event-stream' });
        const timer = setInterval(() => response.write('event: ping\ndata: {}\n\n'), 50);
        response.once('close', () => clearInterval(timer));
      },
    },
    description: {
      '/paths/~1events': {
        get: {
          operationId: 'watchExhibits',
          responses: {
            200: { description: 'Events.', content: { 'text/event-stream': { schema: { type: 'string' } } } },
            401: { $ref: '#/components/responses/Unauthorized' },
          },
        },
      },
    },
  },
};

/** The correct museum and the other conforming ones. */
export const conformingMuseums: readonly ConformingMuseum[] = Object.entries(VARIANTS).map(([name, given]) =>
  isDescribed(given) ? { name, ...given } : { name, variant: given },
);

function isDescribed(given: object): given is DescribedMuseum {
  return 'variant' in given;
}
