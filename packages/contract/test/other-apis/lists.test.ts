import { describe, expect, type TestContext, test } from 'vitest';
import { LIST_CHECKS } from '../../src/checks/lists/index.ts';
import { verifyDescription } from '../verify.ts';
import { describeBookings, type Query, STYLES, type Steps, type Style, serveBookings } from './bookings-server.ts';

const only = LIST_CHECKS.map(({ name }) => name);

/** Tests a server with a list. Returns the checks that reported an error. */
async function findErrors(context: TestContext, style: Style, steps: Partial<Steps> = {}): Promise<string[]> {
  const trial = { only, description: describeBookings(style), answer: serveBookings(style, steps) };
  const { found } = await verifyDescription(context, trial);
  return [...new Set(found.filter(({ severity }) => severity === 'error').map(({ check }) => check))];
}

const styles = Object.keys(STYLES) as Style[];

describe('a server with a correct list', () => {
  test.for(styles)('gets no finding: %s', async (style, context) => {
    const trial = { only, description: describeBookings(style), answer: serveBookings(style) };
    const { found, report } = await verifyDescription(context, trial);

    expect(found).toEqual([]);
    expect(report.verdict).toBe('passed');
    expect(report.checks.filter(({ status }) => status === 'skipped')).toEqual([]);
    expect(report.requests).toBeLessThan(200);
  });
});

const without =
  (...names: string[]) =>
  (query: Query): Query => ({ ...query, get: (name) => (names.includes(name) ? null : query.get(name)) });

/** Returns a server that ignores parameters. */
const ignores = (...names: string[]): Partial<Steps> => ({
  matches: (booking, query) => correct.matches(booking, without(...names)(query)),
});

const correct: Pick<Steps, 'matches' | 'compare'> = {
  matches: ({ status, paid, guest, tags, nights, check_in, score }, query) =>
    (query.get('status') ?? status) === status &&
    (query.get('paid') ?? String(paid)) === String(paid) &&
    guest.toLowerCase().includes((query.get('guest') ?? '').toLowerCase()) &&
    (query.get('tags') ?? tags[0] ?? '').split(',').some((tag) => tag === '' || tags.includes(tag)) &&
    nights >= Number(query.get('nights[gte]') ?? 0) &&
    nights <= Number(query.get('nights[lte]') ?? 1e9) &&
    check_in >= (query.get('check_in_from') ?? '') &&
    check_in >= (query.get('from') ?? '') &&
    check_in <= (query.get('to') ?? '9') &&
    check_in <= (query.get('until') ?? '9') &&
    (query.get('check_in') ?? check_in) === check_in &&
    (query.get('score') ?? String(score)) === String(score),
  compare(one, other, sort) {
    const name = sort.replace('-', '') as 'guest' | 'nights' | 'check_in';
    const order = Number(one[name] > other[name]) - Number(one[name] < other[name]);
    return sort.startsWith('-') ? -order : order;
  },
};

const ODD: Readonly<Record<string, Partial<Steps>>> = {
  'sends at most two bookings on a page': {
    selectPage: (list, start, { limit }) => list.slice(start, start + Math.min(2, limit)),
  },
  'sorts by the rules of a language': {
    compare(one, other, sort) {
      const name = sort.replace('-', '') as 'guest' | 'nights' | 'check_in';
      const order = new Intl.Collator('en', { numeric: true }).compare(String(one[name]), String(other[name]));
      return sort.startsWith('-') ? -order : order;
    },
  },
  'takes a number and a day as limits': {
    matches: (booking, query) =>
      correct.matches(booking, without('score', 'check_in')(query)) &&
      booking.score >= Number(query.get('score') ?? 0) &&
      booking.check_in <= (query.get('check_in') ?? booking.check_in),
  },
  'answers 204 to a filter without matches': {
    change: (answer) => ((answer.body as { data: unknown[] }).data.length === 0 ? { status: 204 } : answer),
  },
};

describe('a server with an odd but right list', () => {
  test.for(Object.entries(ODD))('gets no error: %s', async ([, steps], context) => {
    expect(await findErrors(context, 'cursor', steps)).toEqual([]);
  });

  test('gets no error: answers later page numbers with the last page', async (context) => {
    const findStart: Steps['findStart'] = ({ length }, { limit, get }) =>
      Math.max(0, Math.min(Number(get('page') ?? 1), Math.ceil(length / limit)) - 1) * limit;

    expect(await findErrors(context, 'page', { findStart })).toEqual([]);
  });

  test('gets no error: answers 404 to later page numbers', async (context) => {
    const change: Steps['change'] = (answer, { get }) =>
      Number(get('page') ?? 1) > 1 && (answer.body as { data: unknown[] }).data.length === 0 ? { status: 404 } : answer;

    expect(await findErrors(context, 'page', { change })).toEqual([]);
  });

  test.for(styles)('gets no error: lists one more booking each time, %s', async (style, context) => {
    let count = 0;
    const selectPage: Steps['selectPage'] = (list, start, { limit }) => {
      count += 1;
      const [first] = list;
      const added = first ? Array.from({ length: count }, (_, index) => ({ ...first, id: `n${index}` })) : [];
      return [...added, ...list].slice(start, start + limit);
    };
    const countTotal: Steps['countTotal'] = ({ length }) => length + count;
    const hasNext: Steps['hasNext'] = (list, end) => end < list.length + count;

    expect(await findErrors(context, style, { selectPage, countTotal, hasNext })).toEqual([]);
  });
});

const FAULTS: readonly (readonly [name: string, style: Style, check: string, steps: Partial<Steps>])[] = [
  ['ignores the status', 'cursor', 'list_filter', ignores('status')],
  ['ignores paid', 'page', 'list_filter', ignores('paid')],
  ['ignores the guest', 'cursor', 'list_filter', ignores('guest')],
  ['ignores the tags', 'cursor', 'list_filter', ignores('tags')],
  ['ignores the least number of nights', 'cursor', 'list_filter', ignores('nights[gte]')],
  ['ignores the day', 'cursor', 'list_filter', ignores('check_in')],
  ['ignores the score', 'cursor', 'list_filter', ignores('score')],
  ['ignores the first day', 'offset', 'list_filter', ignores('check_in_from')],
  ['ignores the start of the period', 'cursor', 'list_filter', ignores('from')],
  ['ignores the end of the period', 'page', 'list_filter', ignores('to')],
  [
    'takes the end of the period for its start',
    'cursor',
    'list_filter',
    {
      matches: (booking, query) =>
        correct.matches(booking, without('to')(query)) && booking.check_in >= (query.get('to') ?? ''),
    },
  ],
  [
    'excludes the last day',
    'cursor',
    'list_filter',
    {
      matches: (booking, query) => correct.matches(booking, query) && booking.check_in !== query.get('until'),
    },
  ],
  [
    'takes paid=false for no filter',
    'cursor',
    'list_filter',
    {
      matches: (booking, query) =>
        correct.matches(booking, query.get('paid') === 'false' ? without('paid')(query) : query),
    },
  ],
  [
    'excludes the largest number of nights',
    'cursor',
    'list_filter',
    {
      matches: (booking, query) =>
        correct.matches(booking, query) && String(booking.nights) !== query.get('nights[lte]'),
    },
  ],
  [
    'forgets the status on later pages',
    'cursor',
    'list_filter',
    {
      matches: (booking, query) =>
        correct.matches(booking, query.cursor === undefined ? query : without('status')(query)),
    },
  ],
  [
    'lists bookings that match one of two filters',
    'cursor',
    'list_filter',
    {
      matches: (booking, query) =>
        query.get('status') !== null && query.get('paid') !== null
          ? booking.status === query.get('status') || String(booking.paid) === query.get('paid')
          : correct.matches(booking, query),
    },
  ],
  [
    'lists one booking too many',
    'page',
    'list_limit',
    { selectPage: (list, start, { limit }) => list.slice(start, start + limit + 1) },
  ],
  ['ignores the limit', 'cursor', 'list_limit', { selectPage: (list, start) => list.slice(start) }],
  [
    'ignores the limit if it sorts',
    'cursor',
    'list_limit',
    { selectPage: (list, start, { limit, sort }) => list.slice(start, sort === undefined ? start + limit : undefined) },
  ],
  [
    'repeats the last booking of the page before',
    'cursor',
    'list_pagination',
    { selectPage: (list, start, { limit }) => list.slice(Math.max(0, start - 1), start + limit) },
  ],
  [
    'skips a booking between two pages',
    'offset',
    'list_pagination',
    { selectPage: (list, start, { limit }) => list.slice(start === 0 ? 0 : start + 1, start + limit) },
  ],
  ['sends the first page again and again', 'page', 'list_pagination', { findStart: () => 0 }],
  ['sends the first page again and again', 'after', 'list_pagination', { findStart: () => 0 }],
  ['ends after the first page', 'link', 'list_pagination', { hasNext: () => false }],
  [
    'numbers pages from 0',
    'page',
    'list_pagination',
    { findStart: (_, query) => Number(query.get('page') ?? 0) * query.limit },
  ],
  [
    'names a next page for ever',
    'cursor',
    'list_pagination',
    {
      change: (answer) => ({
        ...answer,
        body: { ...(answer.body as object), next_cursor: 'c99' },
      }),
    },
  ],
  ['ignores the order', 'cursor', 'list_sort', { compare: () => 0 }],
  [
    'always sorts in ascending order',
    'page',
    'list_sort',
    { compare: (one, other, sort) => correct.compare(one, other, sort.replace('-', '')) },
  ],
  [
    'sorts numbers as text',
    'cursor',
    'list_sort',
    {
      compare(one, other, sort) {
        if (!sort.endsWith('nights')) return correct.compare(one, other, sort);
        const order = String(one.nights) > String(other.nights) ? 1 : -1;
        return sort.startsWith('-') ? -order : order;
      },
    },
  ],
  ['sends the number on the page as total', 'cursor', 'list_total', { countTotal: (_, { length }) => length }],
  ['sends a total that is too large', 'link', 'list_total', { countTotal: ({ length }) => length + 1 }],
  ['sends the number of all bookings as total of a filter', 'page', 'list_total', { countTotal: () => 7 }],
  [
    'answers 404 if nothing matches',
    'cursor',
    'list_empty',
    { change: (answer) => ((answer.body as { data: unknown[] }).data.length === 0 ? { status: 404 } : answer) },
  ],
  [
    'sends null if nothing matches',
    'cursor',
    'list_empty',
    {
      change: (answer) =>
        (answer.body as { data: unknown[] }).data.length === 0 ? { ...answer, body: { data: null } } : answer,
    },
  ],
];

describe('is found', () => {
  test.for(FAULTS)('a server that %s (%s): %s', async ([, style, check, steps], context) => {
    expect(await findErrors(context, style, steps)).toContain(check);
  });
});
