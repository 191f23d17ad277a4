import type { Answer, ReceivedRequest } from '../verify.ts';

/** A booking of the server. */
interface Booking {
  readonly id: string;
  readonly guest: string;
  readonly status: string;
  readonly paid: boolean;
  readonly nights: number;
  readonly check_in: string;
  readonly score: number;
  readonly tags: readonly string[];
  readonly note: string | null;
}

const STATUSES = ['pending', 'confirmed', 'cancelled'];

/** The bookings of the server. No booking is confirmed and unpaid. */
const BOOKINGS: readonly Booking[] = [
  ['Ann', 'confirmed', true, 9, '2026-03-01', ['sea'], null],
  ['bob', 'pending', false, 10, '2026-01-15', [], 'late'],
  ['Cid', 'confirmed', true, 100, '2025-12-24', ['sea', 'pet'], null],
  ['ann-marie', 'pending', true, 2, '2026-07-09', ['pet'], null],
  ['Zoe', 'confirmed', true, 33, '2026-02-02', ['sea'], 'early'],
  ['Eve', 'pending', false, 4, '2026-05-05', [], null],
  ['Åke', 'confirmed', true, 10, '2026-06-06', ['pet'], null],
].map(([guest, status, paid, nights, check_in, tags, note], index) => ({
  ...({ guest, status, paid, nights, check_in, tags, note } as Omit<Booking, 'id' | 'score'>),
  id: `b${index + 1}`,
  score: (index * 3) % 7,
}));

/** The parameters and the response of a list, in several styles. */
export const STYLES = {
  cursor: {
    parameters: '{ name: cursor, in: query, schema: { type: string } }',
    members: "next_cursor: { type: [string, 'null'] }, total: { type: integer }",
  },
  after: {
    parameters: '{ name: starting_after, in: query, schema: { type: string } }',
    members: 'has_more: { type: boolean }',
  },
  page: {
    parameters: '{ name: page, in: query, schema: { type: integer, minimum: 1, default: 1 } }',
    members: 'total: { type: integer }',
  },
  offset: {
    parameters: '{ name: offset, in: query, schema: { type: integer, minimum: 0 } }',
    members: 'count: { type: integer }',
  },
  link: {
    parameters: '{ name: unused, in: query, schema: { type: string } }',
    members: 'meta: { type: object, properties: { total_count: { type: integer } } }',
  },
} as const;

/** How the list of a server is paged. */
export type Style = keyof typeof STYLES;

/** Returns the description of a server with a list. */
export function describeBookings(style: Style): string {
  const { parameters, members } = STYLES[style];
  return `
paths:
  /bookings:
    get:
      operationId: listBookings
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 50, default: 5 } }
        - ${parameters}
        - { name: status, in: query, schema: { $ref: '#/components/schemas/Status' } }
        - { name: paid, in: query, schema: { type: boolean } }
        - { name: guest, in: query, schema: { type: string, minLength: 1 } }
        - { name: tags, in: query, explode: false, schema: { type: array, items: { type: string, pattern: '^[a-z]+$' } } }
        - { name: nights, in: query, style: deepObject, explode: true,
            schema: { type: object, properties: { gte: { type: integer }, lte: { type: integer } } } }
        - { name: check_in, in: query, schema: { type: string, format: date } }
        - { name: score, in: query, schema: { type: integer } }
        - { name: check_in_from, in: query, schema: { type: string, format: date } }
        - { name: from, in: query, schema: { type: string, format: date } }
        - { name: to, in: query, schema: { type: string, format: date } }
        - { name: until, in: query, description: Bookings with a check-in on or before this day.,
            schema: { type: string, format: date } }
        - { name: sort, in: query, schema: { type: string, enum: [nights, -nights, guest, -guest, check_in, -check_in] } }
      responses:
        '200':
          description: Bookings.
          headers: { X-Total-Count: { schema: { type: integer } }, Link: { schema: { type: string } } }
          content:
            application/json:
              schema:
                type: object
                required: [data]
                properties: { data: { type: array, items: { $ref: '#/components/schemas/Booking' } }, ${members} }
        '400': { description: Invalid. }
components:
  schemas:
    Status: { type: string, enum: [${STATUSES.join(', ')}] }
    Booking:
      type: object
      required: [id, guest, status]
      properties:
        id: { type: string }
        guest: { type: string, minLength: 1 }
        status: { $ref: '#/components/schemas/Status' }
        paid: { type: boolean }
        nights: { type: integer, minimum: 1 }
        score: { type: integer }
        check_in: { type: string, format: date }
        tags: { type: array, items: { type: string, pattern: '^[a-z]+$' } }
        note: { type: [string, 'null'] }
`;
}

/** The query of a request to the server. */
export interface Query {
  readonly limit: number;
  readonly cursor: string | undefined;
  readonly sort: string | undefined;
  get(name: string): string | null;
}

/** The steps in which the server answers. A test replaces one of them. */
export interface Steps {
  matches(booking: Booking, query: Query): boolean;
  compare(one: Booking, other: Booking, sort: string): number;
  /** Returns the start of the page in the list. */
  findStart(list: readonly Booking[], query: Query): number;
  selectPage(list: readonly Booking[], start: number, query: Query): readonly Booking[];
  hasNext(list: readonly Booking[], end: number): boolean;
  countTotal(list: readonly Booking[], page: readonly Booking[]): number;
  change(answer: Answer, query: Query): Answer;
}

/** Returns whether a booking has at least one night between two days. */
function isInPeriod({ check_in, nights }: Booking, { get }: Query): boolean {
  const check_out = new Date(Date.parse(check_in) + nights * 86_400_000).toISOString();
  return check_out >= (get('from') ?? '') && check_in <= (get('to') ?? '9');
}

const CORRECT: Steps = {
  matches(booking, query) {
    const is = (name: string, value: unknown) => (query.get(name) ?? String(value)) === String(value);
    const { tags, nights, guest, check_in, score } = booking;
    const wanted = query.get('tags')?.split(',') ?? [];
    return (
      is('status', booking.status) &&
      is('paid', booking.paid) &&
      guest.toLowerCase().includes((query.get('guest') ?? '').toLowerCase()) &&
      (wanted.length === 0 || wanted.some((tag) => tags.includes(tag))) &&
      nights >= Number(query.get('nights[gte]') ?? 0) &&
      nights <= Number(query.get('nights[lte]') ?? Number.POSITIVE_INFINITY) &&
      check_in >= (query.get('check_in_from') ?? '') &&
      isInPeriod(booking, query) &&
      check_in <= (query.get('until') ?? '9') &&
      is('check_in', check_in) &&
      is('score', score)
    );
  },
  compare(one, other, sort) {
    const name = sort.replace('-', '') as 'guest' | 'nights' | 'check_in';
    const order = Number(one[name] > other[name]) - Number(one[name] < other[name]);
    return sort.startsWith('-') ? -order : order;
  },
  findStart(list, query) {
    const after = query.get('starting_after');
    if (after !== null) return list.findIndex(({ id }) => id === after) + 1;
    if (query.get('page') !== null) return (Number(query.get('page')) - 1) * query.limit;
    return Number(query.cursor?.slice(1) ?? query.get('offset') ?? 0);
  },
  selectPage: (list, start, { limit }) => list.slice(start, start + limit),
  hasNext: (list, end) => end < list.length,
  countTotal: ({ length }) => length,
  change: (answer) => answer,
};

/** Returns a server with a list that is paged in this style. */
export function serveBookings(style: Style, steps: Partial<Steps> = {}): (request: ReceivedRequest) => Answer {
  const { matches, compare, findStart, selectPage, hasNext, countTotal, change } = { ...CORRECT, ...steps };
  return ({ method, url: { pathname, searchParams } }) => {
    if (pathname !== '/bookings') return { status: 404 };
    if (method !== 'GET' && method !== 'HEAD') return { status: 405, headers: { Allow: 'GET, HEAD' } };
    const limit = searchParams.get('limit') ?? '5';
    const query = {
      limit: Number(limit),
      cursor: searchParams.get('cursor') ?? undefined,
      sort: searchParams.get('sort') ?? undefined,
      get: (name: string) => searchParams.get(name),
    };
    if (!/^\d+$/.test(limit) || query.limit < 1 || query.limit > 50) return { status: 400 };
    const found = BOOKINGS.filter((booking) => matches(booking, query));
    const list = query.sort === undefined ? found : found.toSorted((a, b) => compare(a, b, query.sort ?? ''));
    const start = findStart(list, query);
    const data = selectPage(list, start, query);
    const end = start + data.length;
    const isNext = hasNext(list, end) && data.length > 0;
    const total = countTotal(list, data);
    const next = new URLSearchParams({ ...Object.fromEntries(searchParams), cursor: `c${end}` });
    const members = {
      cursor: { next_cursor: isNext ? `c${end}` : null, total },
      after: { has_more: isNext },
      page: { total },
      offset: { count: data.length },
      link: { meta: { total_count: total } },
    }[style];
    const headers = {
      'X-Total-Count': String(total),
      ...(style === 'link' && isNext && { Link: `<http://bookings.test/bookings?${next}>; rel="next"` }),
    };
    return change({ status: 200, headers, body: { data, ...members } }, query);
  };
}
