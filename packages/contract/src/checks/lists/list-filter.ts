import { compareValues, type Filter, matchItem } from '../../lists/filters.ts';
import { getAt } from '../../lists/property.ts';
import { preview } from '../../schema/json.ts';
import type { Check } from '../check.ts';
import { findMissingValue, type GivenFilters, listSeveralValues, listValues, toParameters } from './filter-values.ts';
import {
  countItems,
  createListCase,
  identify,
  type ListTest,
  type ListViolation,
  listCases,
  requireItems,
  weakest,
} from './list-case.ts';
import { type Pages, readPages } from './read-list.ts';

export const listFilter: Check = {
  name: 'list_filter',
  severity: 'error',
  basis: 'description',
  rationale: 'A filtered list has the items that match the filter, and no others.',
  testCases(operation, context) {
    return listCases(operation, context, (shape) => {
      const { filters } = shape;
      if (filters.length === 0) {
        return { skipped: 'no parameter of the list has the name and the kind of a member of its items' };
      }
      const single = filters.map((filter) =>
        createListCase(filter.name, { shape, context }, (test) => findViolations(filter, test)),
      );
      const [first, second] = findPair(filters);
      if (!first || !second) return single;
      const both = createListCase(`${first.name} and ${second.name}`, { shape, context }, (test) =>
        findViolationsOfPair(first, second, test),
      );
      return [...single, both];
    });
  },
};

/** Returns two filters with few values, so that some items match only one of them. */
function findPair(filters: readonly Filter[]): readonly Filter[] {
  const certain = filters.filter(
    ({ relation, evidence }) => !['text', 'ordered', 'from', 'to'].includes(relation) && evidence !== 'inferred',
  );
  const [first] = certain;
  return first ? [first, ...certain.filter((one) => one.parameter !== first.parameter)] : [];
}

async function findViolations(filter: Filter, test: ListTest): Promise<ListViolation[]> {
  const { session, shape } = test;
  requireItems(test, 1);
  const missing = findMissingValue(filter, test);
  const single = [...new Set([...listValues(filter, test), ...(missing === undefined ? [] : [missing])])];
  const values = [...single.map((value) => [value]), ...listSeveralValues(filter, test)];
  if (values.length === 0)
    session.skip(`no item has a value of ${filter.path.join('/') || filter.name} that can be sent`);
  let isPaged = false;
  for (const several of values) {
    const given = [[filter, several]] as const;
    const parameters = toParameters(given);
    const pages = await readPages(session, shape, { parameters });
    const violations = [
      ...findUnwanted(given, pages),
      ...findIgnored(filter, several, { pages, all: test.all }),
      ...findMissing(given, pages, test),
    ];
    if (violations.length > 0) return violations;
    // A target may forget the filter on later pages.
    const limit = shape.limit?.minimum ?? 1;
    if (isPaged || !shape.limit || !shape.paging || pages.items.length <= limit) continue;
    isPaged = true;
    const size = Math.max(limit, Math.ceil(pages.items.length / 3));
    const paged = await readPages(session, shape, { parameters, limit: size, maxPages: 5 });
    const later = findUnwanted(given, paged);
    if (later.length > 0) return later;
  }
  return [];
}

async function findViolationsOfPair(first: Filter, second: Filter, test: ListTest): Promise<ListViolation[]> {
  const { session, shape } = test;
  requireItems(test, 2);
  for (const given of listPairs(first, second, test)) {
    const pages = await readPages(session, shape, { parameters: toParameters(given) });
    const violations = [...findUnwanted(given, pages), ...findMissing(given, pages, test)];
    if (violations.length > 0) return violations;
  }
  return [];
}

const MAX_PAIRS = 4;

/** Returns values of two filters, first those that no item matches together. */
function listPairs(first: Filter, second: Filter, test: ListTest): GivenFilters[] {
  const pairs = listValues(first, test).flatMap((one) =>
    listValues(second, test).map(
      (other): GivenFilters => [
        [first, [one]],
        [second, [other]],
      ],
    ),
  );
  const isEmpty = (given: GivenFilters) => !test.all.items.some((item) => isMatch(given, item));
  const empty = pairs.filter(isEmpty).slice(0, MAX_PAIRS / 2);
  return [...empty, ...pairs.filter((given) => !isEmpty(given))].slice(0, MAX_PAIRS);
}

function isMatch(given: GivenFilters, item: unknown): boolean {
  return given.every(([filter, values]) => matchItem(filter, item, values) === true);
}

/** Returns the violation if a list has an item that does not match the filters. */
function findUnwanted(given: GivenFilters, { pages }: Pages): ListViolation[] {
  for (const { exchange, items = [] } of pages) {
    for (const item of items) {
      const broken = given.find(([filter, values]) => matchItem(filter, item, values) === false);
      if (!broken) continue;
      const [{ path }] = broken;
      const member = path.length === 0 ? '' : `with ${path.join('/')} `;
      const actual = `an item ${member}${preview(getAt(item, path))}`;
      return [createViolation(given, { exchange, actual, expected: `only items that match ${formatFilters(given)}` })];
    }
  }
  return [];
}

interface OrderedPages {
  readonly pages: Pages;
  readonly all: Pages;
}

/**
 * Returns the violation if an ordered filter selects smaller and larger values, so that it is no limit either. For dates,
 * it must select everything: `start_date` may select what has not ended by then.
 */
function findIgnored(filter: Filter, values: readonly unknown[], { pages: read, all }: OrderedPages): ListViolation[] {
  if (filter.relation !== 'ordered') return [];
  const { path } = filter;
  const { pages, items } = read;
  const isDate = typeof values[0] === 'string';
  if (isDate && (!all.isComplete || items.length < all.items.length)) return [];
  const isOn = (side: number) => (item: unknown) => compareValues(getAt(item, path), values[0]) === side;
  const [smaller, larger] = [items.find(isOn(-1)), items.find(isOn(1))];
  if (smaller === undefined || larger === undefined) return [];
  const given: GivenFilters = [[filter, values]];
  const actual = `items with ${path.join('/')} ${[smaller, larger].map((item) => preview(getAt(item, path))).join(' and ')}`;
  const [{ exchange }] = pages;
  return [createViolation(given, { exchange, actual, expected: `only items that match ${formatFilters(given)}` })];
}

/** Returns the violation if a list lacks an item that matches the filters and is in the list without filters. */
function findMissing(given: GivenFilters, pages: Pages, { shape, all }: ListTest): ListViolation[] {
  if (!pages.isComplete) return [];
  const listed = new Set(pages.items.map((item) => identify(shape, item)));
  const missing = all.items.find((item) => isMatch(given, item) && !listed.has(identify(shape, item)));
  if (missing === undefined) return [];
  const [[{ path }]] = given as readonly [GivenFilters[number]];
  const expected = `all items that match ${formatFilters(given)}, such as ${preview(identify(shape, missing))} with ${path.join('/')} ${preview(getAt(missing, path))}`;
  const [{ exchange }] = pages.pages;
  return [createViolation(given, { exchange, expected, actual: `${countItems(pages.items.length)} without it` })];
}

function createViolation(
  given: GivenFilters,
  found: Pick<ListViolation, 'exchange' | 'expected' | 'actual'>,
): ListViolation {
  const [[{ parameter }]] = given as readonly [GivenFilters[number]];
  return { ...found, specRef: [parameter], evidence: weakest(...given.map(([{ evidence }]) => evidence)) };
}

function formatFilters(given: GivenFilters): string {
  return given.map(([{ name }, values]) => `${name}=${values.join(',')}`).join(' and ');
}
