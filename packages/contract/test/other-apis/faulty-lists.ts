import type { Steps, Style } from './bookings-server.ts';
import { correct, ignores, without } from './list-steps.ts';
/** Servers with a faulty list, and the check that must report each. The first of each check runs in `test`, the others in `matrix`. */
export const FAULTY_LISTS: readonly (readonly [name: string, style: Style, check: string, steps: Partial<Steps>])[] = [
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
