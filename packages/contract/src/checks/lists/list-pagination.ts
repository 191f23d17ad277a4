import { preview } from '../../schema/json.ts';
import type { Check } from '../check.ts';
import {
  countItems,
  createListCase,
  findSmallLimit,
  identify,
  type ListTest,
  type ListViolation,
  listCases,
  requireItems,
  weakest,
} from './list-case.ts';
import { MAX_EMPTY_PAGES, type Pages, readPages } from './read-list.ts';

export const listPagination: Check = {
  name: 'list_pagination',
  severity: 'error',
  basis: 'description',
  rationale: 'The pages of a list have all of its items, and each item once, whatever the size of the pages.',
  testCases(operation, context) {
    return listCases(operation, context, (shape) => {
      if (!shape.paging) return { skipped: 'the list has no parameter with a cursor or with the number of a page' };
      return [createListCase('all pages', { shape, context }, findViolations)];
    });
  },
};

// Longer lists are read only in part.
const MAX_PAGES = 8;

async function findViolations(test: ListTest): Promise<ListViolation[]> {
  const { session, shape, all } = test;
  const { paging, operation } = shape;
  if (!paging) return [];
  requireItems(test, 2);
  const limit = findSmallLimit(shape, all.items.length);
  if (limit === undefined && all.pages.filter(({ items = [] }) => items.length > 0).length < 2) {
    session.skip(`the ${countItems(all.items.length)} of the list are on one page`);
  }
  const evidence = weakest(
    paging.evidence,
    shape.limit && limit !== undefined ? shape.limit.evidence : paging.evidence,
  );
  const maxPages = all.isComplete && limit !== undefined ? Math.ceil(all.items.length / limit) + MAX_PAGES : MAX_PAGES;
  const paged = limit === undefined ? all : await readPages(session, shape, { limit, maxPages });
  const again = await readPages(session, shape);
  const ids = (pages: Pages) => pages.items.map((item) => identify(shape, item));
  if (JSON.stringify(ids(again)) !== JSON.stringify(ids(all))) {
    session.skip('the list changes between two requests, or its order does');
  }
  const specRef = [paging.kind === 'link' ? operation.definition : paging.parameter] as const;
  const [{ exchange: first }, { exchange } = { exchange: first }] = paged.pages;
  const report = (expected: string, actual: string, at = exchange): ListViolation => ({
    exchange: at,
    expected,
    actual,
    specRef,
    evidence,
  });
  const { failed } = paged;
  if (failed) {
    return [report('a page for the cursor of the page before', `status ${failed.exchange.status}`, failed.exchange)];
  }
  const [before, after] = [ids(all), ids(paged)];
  const isUnique = new Set(before).size === before.length;
  for (const pages of new Set([paged, all])) {
    const own = ids(pages);
    const doubled = own.find((id, index) => own.indexOf(id) < index);
    // Items without an ID may be equal.
    if (doubled !== undefined && (shape.id !== undefined || isUnique)) {
      const at = pages.pages.findLast(({ items = [] }) => items.some((item) => identify(shape, item) === doubled));
      return [report('each item on one page only', `${preview(doubled)} twice`, at?.exchange)];
    }
    const last = pages.pages.slice(-MAX_EMPTY_PAGES);
    if (!pages.isComplete && last.length === MAX_EMPTY_PAGES && last.every(({ items = [] }) => items.length === 0)) {
      const actual = `${MAX_EMPTY_PAGES} empty pages, each with a next one`;
      return [report('a last page that names no next one', actual, last.at(-1)?.exchange)];
    }
  }
  if (!all.isComplete || !paged.isComplete || limit === undefined) return [];
  const missing = before.filter((id) => !after.includes(id));
  const added = after.filter((id) => !before.includes(id));
  const size = `${shape.limit?.parameter.name}=${limit}`;
  const [larger] = all.pages;
  return [
    ...(missing.length > 0
      ? [report(`all ${countItems(before.length)} on the pages of ${size}`, `no ${preview(missing[0])}`)]
      : []),
    ...(added.length > 0
      ? [report(`the same items on larger pages as on those of ${size}`, `no ${preview(added[0])}`, larger.exchange)]
      : []),
  ];
}
