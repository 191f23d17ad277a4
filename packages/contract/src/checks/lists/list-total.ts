import { getHeader } from '../../http/exchange.ts';
import type { Total } from '../../lists/list-shape.ts';
import { getAt } from '../../lists/property.ts';
import type { Check } from '../check.ts';
import { listValues, toParameters } from './filter-values.ts';
import { createListCase, findSmallLimit, type ListTest, type ListViolation, listCases } from './list-case.ts';
import { type Page, type Pages, readPage, readPages } from './read-list.ts';

export const listTotal: Check = {
  name: 'list_total',
  severity: 'error',
  basis: 'description',
  rationale: 'The total of a list is the number of items on all of its pages.',
  testCases(operation, context) {
    return listCases(operation, context, (shape) => {
      if (shape.totals.length === 0) return { skipped: 'the responses have no total that the tests recognize' };
      return shape.totals.map((total) =>
        createListCase(total.name, { shape, context }, (test) => findViolations(total, test)),
      );
    });
  },
};

async function findViolations(total: Total, test: ListTest): Promise<ListViolation[]> {
  const { session, shape, all } = test;
  if (!all.isComplete) session.skip('the list has too many pages to count its items');
  const count = all.items.length;
  const violations = [checkTotal(total, all.pages[0], count)];
  const limit = findSmallLimit(shape, count);
  if (shape.limit && limit !== undefined) {
    const parameters = { [shape.limit.parameter.name]: limit };
    violations.push(checkTotal(total, await readPage(session, shape, { parameters }), count));
  }
  const filter = shape.filters.find(({ evidence }) => evidence !== 'inferred');
  for (const value of filter ? listValues(filter, test).slice(0, 2) : []) {
    const found: Pages = await readPages(session, shape, filter && { parameters: toParameters([[filter, [value]]]) });
    if (found.isComplete) violations.push(checkTotal(total, found.pages[0], found.items.length));
  }
  return violations.flat().slice(0, 1);
}

/** Returns the violation if the total of a page is not the number of all items. */
function checkTotal({ name, path, isOfPage, specRef, evidence }: Total, page: Page, count: number): ListViolation[] {
  const { exchange, items } = page;
  if (!items) return [];
  const sent = path ? getAt(exchange.json, path) : getHeader(exchange, name);
  const number = typeof sent === 'string' && /^\d+$/.test(sent) ? Number(sent) : sent;
  // A missing or invalid total is a violation of its schema.
  if (typeof number !== 'number' || number === count || (isOfPage && number === items.length)) return [];
  const expected = `${path ? '' : 'header '}${name} ${count}, the number of items on all pages`;
  return [{ exchange, expected, actual: String(number), specRef, evidence }];
}
