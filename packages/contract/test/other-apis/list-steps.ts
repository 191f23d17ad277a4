import type { Query, Steps } from './bookings-server.ts';

/** Returns a query without some parameters. */
export const without =
  (...names: string[]) =>
  (query: Query): Query => ({ ...query, get: (name) => (names.includes(name) ? null : query.get(name)) });

/** Returns a server that ignores parameters. */
export const ignores = (...names: string[]): Partial<Steps> => ({
  matches: (booking, query) => correct.matches(booking, without(...names)(query)),
});

/** The filters and the order of a correct server. */
export const correct: Pick<Steps, 'matches' | 'compare'> = {
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
