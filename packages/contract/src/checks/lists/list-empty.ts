import { findResponse } from '@firstofficer/openapi';
import { matchItem } from '../../lists/filters.ts';
import type { Evidence } from '../../lists/list-source.ts';
import { getAt } from '../../lists/property.ts';
import type { ParameterValues } from '../../request/serialization.ts';
import { preview } from '../../schema/json.ts';
import type { Check } from '../check.ts';
import { findMissingValue, listValues, toParameters } from './filter-values.ts';
import { createListCase, type ListTest, type ListViolation, listCases, weakest } from './list-case.ts';
import { readPage } from './read-list.ts';

export const listEmpty: Check = {
  name: 'list_empty',
  severity: 'error',
  basis: 'description',
  rationale: 'A list without items is an empty list with a success status, not an error and not null.',
  testCases(operation, context) {
    return listCases(operation, context, (shape) => {
      if (shape.filters.length === 0)
        return { skipped: 'the list has no filter with which the tests can make it empty' };
      return [createListCase('a filter that no item matches', { shape, context }, findViolations)];
    });
  },
};

async function findViolations(test: ListTest): Promise<ListViolation[]> {
  const { session, shape, all } = test;
  if (!all.isComplete) session.skip('the list has too many pages to know which values no item has');
  const request = findEmptyRequest(test);
  if (!request) return session.skip('some items match each value of each filter');
  const { exchange, items } = await readPage(session, shape, { parameters: request.parameters });
  const { status } = exchange;
  const isSuccess = status >= 200 && status < 300;
  // Other filters of the same value may match, and list_filter reports items that do not match.
  if (items || status === 204) return [];
  // The description may say that there is an error for an empty list, or that the value is invalid.
  if (!isSuccess && (![404, 410].includes(status) || findResponse(shape.operation, status))) return [];
  const list = shape.items.length === 0 ? exchange.json : getAt(exchange.json, shape.items);
  return [
    {
      exchange,
      expected: 'a success status with an empty list',
      actual: isSuccess ? preview(list ?? null) : `status ${status}`,
      specRef: [shape.response],
      evidence: request.evidence,
    },
  ];
}

interface EmptyRequest {
  readonly parameters: ParameterValues;
  readonly evidence: Evidence;
}

/** Returns a filter that no item matches, or two filters that no item matches together. */
function findEmptyRequest(test: ListTest): EmptyRequest | undefined {
  const { shape, all } = test;
  const filters = shape.filters.toSorted(
    (one, other) => Number(one.evidence === 'inferred') - Number(other.evidence === 'inferred'),
  );
  for (const filter of filters) {
    const value = findMissingValue(filter, test);
    if (value !== undefined) return { parameters: toParameters([[filter, [value]]]), evidence: filter.evidence };
  }
  const pairs = filters.flatMap((first, index) =>
    filters
      .slice(index + 1)
      .flatMap((second) => (first.parameter === second.parameter ? [] : [[first, second] as const])),
  );
  for (const [first, second] of pairs) {
    for (const one of listValues(first, test)) {
      const other = listValues(second, test).find((value) =>
        all.items.every(
          (item) => matchItem(first, item, [one]) === false || matchItem(second, item, [value]) === false,
        ),
      );
      if (other === undefined) continue;
      const parameters = toParameters([
        [first, [one]],
        [second, [other]],
      ]);
      return { parameters, evidence: weakest(first.evidence, second.evidence) };
    }
  }
  return undefined;
}
