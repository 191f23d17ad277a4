import { foundBy, type MuseumFaultGroup } from '../fault.ts';
import { create, list } from '../requests.ts';
import { CORRECT } from '../server/correct.ts';
import type { Answer, Call, ListQuery, MuseumVariant } from '../server/steps.ts';
import type { Exhibit } from '../server/store.ts';
import { answers, changesBodies, type FaultyMuseum, isObject } from '../variants.ts';

const LIST = { to: 'listExhibits', status: 200 };

/** Returns a server whose filters work differently. */
const filters = (
  matches: (exhibit: Exhibit, query: ListQuery) => boolean,
  triggeredBy: FaultyMuseum['triggeredBy'] = [],
): FaultyMuseum => ({ variant: { matches }, triggeredBy });

/** Returns a server that ignores some parameters of a list. */
const ignoresQuery = (names: readonly (keyof ListQuery)[], query: string) =>
  filters((exhibit, given) => {
    const used = Object.entries(given).filter(([name]) => !names.some((ignored) => ignored === name));
    return CORRECT.matches(exhibit, Object.fromEntries(used));
  }, list(query));

/** Returns a server that sorts differently. */
const sorts = (compare: NonNullable<MuseumVariant['compare']>, query: string): FaultyMuseum => ({
  variant: { compare },
  triggeredBy: list(query),
});

/** Returns a server that selects the exhibits of a page differently. */
const pages = (selectPage: NonNullable<MuseumVariant['selectPage']>, query: string): FaultyMuseum => ({
  variant: { selectPage },
  triggeredBy: list(query),
});

/** A list as responses contain it. */
interface ListBody {
  readonly data: readonly Exhibit[];
  readonly next_cursor: string | null;
  readonly total: number;
}

const changesLists = (change: (body: ListBody, call: Call) => unknown, query: string) =>
  changesBodies(LIST, (body, call) => change({ data: [], next_cursor: null, total: 0, ...body }, call), list(query));

const THIRD = Buffer.from('after 2').toString('base64url');

const NOTHING_FOUND = { status: 404, body: { code: 'not_found', message: 'Nothing matches.' } };

const isEmpty = ({ body }: Answer) => isObject(body) && Array.isArray(body.data) && body.data.length === 0;

const ifEmpty = (change: Partial<Answer>) => (answer: Answer) => (isEmpty(answer) ? change : answer);

/** Filters, pages, order and totals of lists. */
export const lists: MuseumFaultGroup = {
  name: 'museum: lists',
  faults: [
    ...foundBy('list_filter', {
      'ignores the kind in lists': ignoresQuery(['kind'], 'kind=film'),
      'ignores on_display in lists': ignoresQuery(['on_display'], 'on_display=true'),
      'takes on_display=false for an absent filter': filters(
        (exhibit, query) => CORRECT.matches(exhibit, { ...query, on_display: query.on_display || exhibit.on_display }),
        list('on_display=false'),
      ),
      'negates on_display in lists': filters(
        (exhibit, query) =>
          CORRECT.matches(
            { ...exhibit, on_display: query.on_display === undefined ? exhibit.on_display : !exhibit.on_display },
            query,
          ),
        list('on_display=true'),
      ),
      'lists exhibits with any of the tags': filters(
        (exhibit, { tags = [], ...query }) =>
          CORRECT.matches(exhibit, query) && (tags.length === 0 || tags.some((tag) => exhibit.tags.includes(tag))),
        list('tags=sea,light'),
      ),
      'ignores tags in lists': ignoresQuery(['tags'], 'tags=sea'),
      'ignores the lower limit of years': filters(
        (exhibit, { year, ...query }) =>
          CORRECT.matches(exhibit, { ...query, ...(year?.lte !== undefined && { year: { lte: year.lte } }) }),
        list('year[gte]=1885'),
      ),
      'excludes the upper limit of years': filters(
        (exhibit, query) => CORRECT.matches(exhibit, query) && exhibit.year !== query.year?.lte,
        list('year[lte]=1885'),
      ),
      'uses only the first floor of a filter': filters(
        (exhibit, { floors, ...query }) =>
          CORRECT.matches(exhibit, { ...query, ...(floors && { floors: floors.slice(0, 1) }) }),
        list('floors=4|0'),
      ),
      'lists exhibits that match one of two filters': filters(
        (exhibit, { kind, on_display, ...query }) =>
          CORRECT.matches(exhibit, query) &&
          ((kind === undefined && on_display === undefined) ||
            exhibit.kind === kind ||
            exhibit.on_display === on_display),
        list('kind=film&on_display=true'),
      ),
      'loses the filter for kinds after the first page': filters(
        (exhibit, { kind, ...query }) =>
          CORRECT.matches(exhibit, { ...query, ...(kind !== undefined && query.cursor === undefined && { kind }) }),
        list(`kind=sculpture&cursor=${THIRD}`),
      ),
    }),
    ...foundBy('list_limit', {
      'lists one exhibit more than the limit': pages(
        (sorted, { start, limit }) => sorted.slice(start, start + limit + 1),
        'limit=2',
      ),
      'ignores the limit': pages((sorted, { start }) => sorted.slice(start), 'limit=2'),
      'ignores the limit if it sorts': pages(
        (sorted, { start, limit }, { sort }) => sorted.slice(start, sort === undefined ? start + limit : undefined),
        'limit=2&sort=year',
      ),
      'lists at least five exhibits': pages(
        (sorted, { start, limit }) => sorted.slice(start, start + Math.max(5, limit)),
        'limit=2',
      ),
    }),
    ...foundBy('list_pagination', {
      'repeats the last exhibit on the next page': pages(
        (sorted, { start, limit }) => sorted.slice(Math.max(0, start - 1), start + limit),
        `limit=2&cursor=${THIRD}`,
      ),
      'returns the first page for every cursor': pages(
        (sorted, { limit }) => sorted.slice(0, limit),
        `limit=2&cursor=${THIRD}`,
      ),
      'sends a cursor with the last page': changesLists(
        ({ data, ...body }) => ({ data, ...body, next_cursor: body.next_cursor ?? THIRD }),
        '',
      ),
      'ends a list after the first page': changesLists((body) => ({ ...body, next_cursor: null }), 'limit=2'),
      'loses the first exhibit of each page': pages(
        (sorted, { start, limit }) => sorted.slice(start, start + limit).slice(limit < sorted.length ? 1 : 0),
        'limit=3',
      ),
    }),
    ...foundBy(['list_pagination', 'list_total'], {
      'skips an exhibit between two pages': pages(
        (sorted, { start, limit }) => sorted.slice(start && start + 1).slice(0, limit),
        `limit=2&cursor=${THIRD}`,
      ),
      'loses the last exhibit of a list with several pages': pages(
        (sorted, { start, limit }) =>
          sorted.slice(start, start + limit).filter((exhibit) => limit > sorted.length || exhibit !== sorted.at(-1)),
        'limit=6',
      ),
    }),
    ...foundBy('list_sort', {
      'ignores the order': sorts(() => 0, 'sort=year'),
      'sorts in ascending order if descending is asked for': sorts(
        (a, b, sort = '') => CORRECT.compare(a, b, sort.replace('-', '')),
        'sort=-year',
      ),
      'sorts years as text': sorts((a, b, sort = '') => {
        if (!sort.endsWith('year')) return CORRECT.compare(a, b, sort);
        const order = Number(String(a.year) > String(b.year)) - Number(String(a.year) < String(b.year));
        return sort.startsWith('-') ? -order : order;
      }, 'sort=year'),
      'sorts by year if the title is asked for': sorts(
        (a, b, sort = '') => CORRECT.compare(a, b, sort.replace('title', 'year')),
        'sort=title',
      ),
      'sorts negative years by their size': {
        ...sorts(
          (a, b, sort) => CORRECT.compare({ ...a, year: Math.abs(a.year) }, { ...b, year: Math.abs(b.year) }, sort),
          'sort=year',
        ),
        triggeredBy: [create({ year: -3000 }), list('sort=year')],
      },
      'sorts only within a page': pages((sorted, { start, limit }, { sort }) => {
        if (sort === undefined) return sorted.slice(start, start + limit);
        const byId = sorted.toSorted((a, b) => Number(a.id > b.id) - Number(a.id < b.id));
        return byId.slice(start, start + limit).toSorted((a, b) => CORRECT.compare(a, b, sort));
      }, 'sort=year&limit=2'),
    }),
    ...foundBy('list_total', {
      'sends the number of exhibits on the page as total': changesLists(
        ({ data, ...body }) => ({ data, ...body, total: data.length }),
        'limit=2',
      ),
      'sends the number of all exhibits as total of a filter': changesLists(
        (body, { store }) => ({ ...body, total: store.exhibits.size }),
        'kind=film',
      ),
      'sends another total in the header': answers(
        LIST,
        ({ headers }: Answer) => ({
          headers: { ...headers, 'X-Total-Count': String(Number(headers['X-Total-Count']) + 1) },
        }),
        list(),
      ),
    }),
    ...foundBy('list_empty', {
      'answers 404 if nothing matches': answers(LIST, ifEmpty(NOTHING_FOUND), list('kind=film&year[gte]=2100')),
      'sends null instead of an empty list': answers(
        LIST,
        ifEmpty({ body: { data: null, next_cursor: null, total: 0 } }),
        list('kind=film&year[gte]=2100'),
      ),
    }),
    ...foundBy('list_filter', {
      'lists everything if nothing matches': {
        variant: {
          handle(call, steps) {
            const answer = CORRECT.handle(call, steps);
            const { kind: _, on_display: __, ...parameters } = call.parameters;
            return call.operation === 'listExhibits' && isEmpty(answer)
              ? CORRECT.handle({ ...call, parameters }, steps)
              : answer;
          },
        },
        triggeredBy: [list('kind=film&on_display=false')],
      },
    }),
  ],
};
