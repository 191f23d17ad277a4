import { getAt } from '../../lists/property.ts';
import { findOutOfOrder, type Sort } from '../../lists/sorts.ts';
import { preview } from '../../schema/json.ts';
import type { Check } from '../check.ts';
import { createListCase, findSmallLimit, type ListTest, type ListViolation, listCases } from './list-case.ts';
import { readPages } from './read-list.ts';

export const listSort: Check = {
  name: 'list_sort',
  severity: 'error',
  basis: 'description',
  rationale: 'A sorted list is in order, also from one page to the next. Equal items may have any order.',
  testCases(operation, context) {
    return listCases(operation, context, (shape) => {
      if (shape.sorts.length === 0) return { skipped: 'the list has no parameter that sorts by members of its items' };
      return shape.sorts.map((sort) =>
        createListCase(formatSort(sort), { shape, context }, (test) => findViolations(sort, test)),
      );
    });
  },
};

function formatSort({ parameter, value, order }: Sort): string {
  return `${parameter.name}=${value}${order ? `, ${order.parameter.name}=${order.value}` : ''}`;
}

async function findViolations(sort: Sort, { session, shape, all }: ListTest): Promise<ListViolation[]> {
  const { parameter, value, order, path, direction } = sort;
  const values = new Set(all.items.map((item) => JSON.stringify(getAt(item, path) ?? null)));
  if (values.size < 2) session.skip(`no two items of the list have different values of ${path.join('/')}`);
  const toParameter = parameter.schema?.items === undefined ? value : [value];
  const parameters = { [parameter.name]: toParameter, ...(order && { [order.parameter.name]: order.value }) };
  const small = shape.paging ? findSmallLimit(shape, Math.min(all.items.length, 8)) : undefined;
  for (const limit of new Set([undefined, small])) {
    const { items, pages } = await readPages(session, shape, {
      parameters,
      ...(limit !== undefined && { limit, maxPages: 5 }),
    });
    const wrong = findOutOfOrder(sort, items);
    if (!wrong) continue;
    const [first, second] = wrong;
    return [
      {
        exchange: pages[0].exchange,
        expected: `${path.join('/')} in ${direction ? `${direction} ` : ''}order${limit === undefined ? '' : ' on all pages'}`,
        actual: `${preview(first)} before ${preview(second)}`,
        specRef: [parameter],
        evidence: sort.evidence,
      },
    ];
  }
  return [];
}
