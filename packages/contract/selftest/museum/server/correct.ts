import { parseForm, parseJson, parseMultipart } from './parse-input.ts';
import type { Answer, Call, ListQuery, Message, Steps } from './steps.ts';
import { createExhibit, type Exhibit, insert, issueId, type NewExhibit, type Values } from './store.ts';

/** The only valid key of the server. It is valid for both security schemes. */
export const KEY = 'mk_selftest_9Tq4wL7cR2zN';

/** The number of exhibits on a page for a request without a limit. */
const DEFAULT_LIMIT = 20;

/** The steps of the correct server. */
export const CORRECT = {
  authorize({ headersDistinct: { 'x-api-key': keys = [], authorization = [] } }) {
    const [credentials = ''] = authorization;
    return (keys.length === 1 && keys[0] === KEY) || /^bearer +(\S+)$/i.exec(credentials)?.[1] === KEY;
  },

  acceptsMediaType: (mediaType, input) => mediaType === input.mediaType,

  parseBody({ bytes, headers }, input) {
    if (input.mediaType === 'application/json') return parseJson(bytes);
    if (input.mediaType === 'application/x-www-form-urlencoded') return parseForm(bytes, input);
    return parseMultipart(bytes, headers['content-type'] ?? '', input);
  },

  checkInput(input, value) {
    if (value !== undefined) return input.check(value);
    return input.required ? { place: input.name, keyword: 'required' } : undefined;
  },

  findExhibit: (id, { exhibits }) => exhibits.get(id),

  createExhibit,

  updateExhibit: (stored, change) => ({ ...stored, ...change, version: stored.version + 1 }),

  deleteExhibit: (stored, { exhibits }) => void exhibits.delete(stored.id),

  listExhibits: ({ exhibits }) => [...exhibits.values()],

  matches(exhibit, { kind = exhibit.kind, on_display = exhibit.on_display, tags = [], year = {}, floors }) {
    return (
      exhibit.kind === kind &&
      exhibit.on_display === on_display &&
      tags.every((tag) => exhibit.tags.includes(tag)) &&
      exhibit.year >= (year.gte ?? -Infinity) &&
      exhibit.year <= (year.lte ?? Infinity) &&
      (floors === undefined || exhibit.rooms.some(({ floor }) => floors.includes(floor)))
    );
  },

  compare: (a, b, sort = '') => (sort.startsWith('-') ? compareBy(sort.slice(1), b, a) : compareBy(sort, a, b)),

  selectPage: (sorted, { start, limit }) => sorted.slice(start, start + limit),

  renderExhibit: ({ donor_note: _, ...exhibit }) => exhibit,

  handle(call, steps) {
    switch (call.operation) {
      case 'createExhibit':
        return create(call, steps);
      case 'listExhibits':
        return list(call, steps);
      case 'bookTour':
        return bookTour(call);
      case 'retrieveExhibit':
      case 'updateExhibit':
      case 'deleteExhibit':
      case 'addImage':
        return handleExhibit(call, steps);
      default:
        // Only variants have further operations.
        return { status: 200, headers: {}, body: {} };
    }
  },

  changeAnswer: (answer) => answer,
  serialize: (body) => JSON.stringify(body),
  changeMessage: (message) => message,

  // Node omits the body for HEAD.
  send({ status, headers, bytes }: Message, response): void {
    response.writeHead(status, headers).end(bytes);
  },
} satisfies Steps;

function handleExhibit(call: Call, steps: Steps): Answer {
  const stored = steps.findExhibit(String(call.parameters.exhibitId), call.store);
  if (!stored) return createError(404);
  switch (call.operation) {
    case 'updateExhibit':
      return update(stored, call, steps);
    case 'deleteExhibit':
      steps.deleteExhibit(stored, call.store);
      return { status: 204, headers: {} };
    case 'addImage':
      return addImage(stored, call);
    default:
      return answerWith(200, stored, { call, steps });
  }
}

function compareBy(member: string, a: Exhibit, b: Exhibit): number {
  if (member === 'title') return Number(a.title > b.title) - Number(a.title < b.title);
  return member === 'year' ? a.year - b.year : 0;
}

function create({ body, store, ...call }: Call, steps: Steps): Answer {
  // The body is valid.
  const members = body as NewExhibit;
  const all = [...store.exhibits.values()];
  if (all.some((exhibit) => exhibit.inventory_number === members.inventory_number)) return createError(409);
  if (all.length >= store.capacity) return createError(422);
  const exhibit = insert(store, steps.createExhibit(members, store));
  const answer = answerWith(201, exhibit, { call: { ...call, body, store }, steps });
  return { ...answer, headers: { ...answer.headers, Location: `/exhibits/${exhibit.id}` } };
}

function update(stored: Exhibit, call: Call, steps: Steps): Answer {
  const expected = call.parameters['If-Match'] ?? '*';
  if (expected !== '*' && expected !== formatETag(stored)) return createError(412);
  const exhibit = steps.updateExhibit(stored, call.body as Values, call.store);
  call.store.exhibits.set(exhibit.id, exhibit);
  return answerWith(200, exhibit, { call, steps });
}

function answerWith(status: number, exhibit: Exhibit, { call, steps }: { call: Call; steps: Steps }): Answer {
  return { status, headers: { ETag: formatETag(exhibit) }, body: steps.renderExhibit(exhibit, call) };
}

function formatETag({ version }: Exhibit): string {
  return `"${version}"`;
}

/** Returns a page of exhibits. A cursor is the position of the last exhibit of the page before in the history. */
function list(call: Call, steps: Steps): Answer {
  const query: ListQuery = call.parameters;
  const { limit = DEFAULT_LIMIT, cursor, sort } = query;
  const { history, exhibits } = call.store;
  const age = (exhibit: Exhibit) => history.findIndex(({ id }) => id === exhibit.id);
  const compare = (a: Exhibit, b: Exhibit) => steps.compare(a, b, sort) || age(a) - age(b);

  const previous = cursor === undefined ? undefined : history[decodeCursor(cursor)];
  if (cursor !== undefined && !previous) return createError(400, 'cursor');
  const last = previous && (exhibits.get(previous.id) ?? previous);
  const all = steps.listExhibits(call.store).filter((exhibit) => steps.matches(exhibit, query));
  const sorted = all.toSorted(compare);
  const start = last ? sorted.filter((exhibit) => compare(exhibit, last) <= 0).length : 0;
  const page = steps.selectPage(sorted, { start, limit }, query);
  const end = page.at(-1);
  const hasNext = end !== undefined && end !== sorted.at(-1);
  return {
    status: 200,
    headers: {
      'X-Total-Count': String(all.length),
      ...(page.length > 0 && { 'X-Kinds': [...new Set(page.map(({ kind }) => kind))].join(',') }),
    },
    body: {
      data: page.map((exhibit) => steps.renderExhibit(exhibit, call)),
      next_cursor: hasNext ? encodeCursor(age(end)) : null,
      total: all.length,
    },
  };
}

function encodeCursor(position: number): string {
  return Buffer.from(`after ${position}`).toString('base64url');
}

function decodeCursor(cursor: string): number {
  const position = Number(/^after (\d+)$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1]);
  return encodeCursor(position) === cursor ? position : -1;
}

/** A valid body of a request that adds an image. */
interface ImageForm {
  readonly file: string;
  readonly caption?: string;
  readonly taken_on?: string;
}

function addImage({ id: exhibit_id }: Exhibit, { body, store }: Call): Answer {
  const { file, caption = null, taken_on = null } = body as ImageForm;
  return {
    status: 201,
    headers: {},
    body: { id: issueId(store), exhibit_id, bytes: file.length, caption, taken_on },
  };
}

function bookTour({ body, store }: Call): Answer {
  const tour = body as Values;
  // The museum is closed on Christmas Day.
  if (String(tour.day).endsWith('-12-25')) return createError(422);
  return { status: 201, headers: {}, body: { contact: null, addons: [], ...tour, tour_id: issueId(store) } };
}

const CODES: Readonly<Record<number, string>> = {
  400: 'invalid',
  401: 'unauthorized',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  412: 'precondition_failed',
  415: 'unsupported_media_type',
  422: 'unprocessable',
};

const MESSAGES: Readonly<Record<number, string>> = {
  400: 'The request is invalid.',
  401: 'The key is missing or wrong.',
  404: 'Nothing has this URL.',
  405: 'This URL does not support the method.',
  409: 'Another exhibit has this inventory number.',
  412: 'The exhibit has another version.',
  415: 'The body has another media type.',
  422: 'The request cannot be fulfilled at the moment.',
};

/** Returns an error answer. `place` is the invalid part of the request. */
export function createError(status: number, place?: string): Answer {
  const code = CODES[status] ?? 'server_error';
  const message = MESSAGES[status] ?? 'The server failed.';
  return { status, headers: {}, body: { code, message, ...(place !== undefined && { place }) } };
}
