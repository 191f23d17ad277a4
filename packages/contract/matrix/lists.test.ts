import { describe, expect, test } from 'vitest';
import { STYLES, type Steps, type Style } from '../test/other-apis/bookings-server.ts';
import { FAULTY_LISTS } from '../test/other-apis/faulty-lists.ts';
import { findErrors } from '../test/other-apis/find-list-errors.ts';
import { correct, without } from '../test/other-apis/list-steps.ts';

const styles = Object.keys(STYLES) as Style[];

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

describe('is found', () => {
  test.for(FAULTY_LISTS)('a server that %s (%s): %s', async ([, style, check, steps], context) => {
    expect(await findErrors(context, style, steps)).toContain(check);
  });
});
