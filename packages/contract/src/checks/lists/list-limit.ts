import type { ParameterValues } from '../../request/serialization.ts';
import type { Check } from '../check.ts';
import { listValues, toParameters } from './filter-values.ts';
import { countItems, createListCase, type ListTest, type ListViolation, listCases, requireItems } from './list-case.ts';
import { type Page, readPage } from './read-list.ts';

export const listLimit: Check = {
  name: 'list_limit',
  severity: 'error',
  basis: 'description',
  rationale: 'A page has at most as many items as its limit, also if it is filtered or sorted.',
  testCases(operation, context) {
    return listCases(operation, context, (shape) => {
      const { limit } = shape;
      if (!limit) return { skipped: 'the list has no parameter with the number of items of a page' };
      return [createListCase(limit.parameter.name, { shape, context }, findViolations)];
    });
  },
};

async function findViolations(test: ListTest): Promise<ListViolation[]> {
  const { session, shape, all } = test;
  const { limit } = shape;
  if (!limit) return [];
  const { name } = limit.parameter;
  requireItems(test, limit.minimum + 1);
  const limits = [1, 2, 3].filter((count) => count >= limit.minimum && count < all.items.length);
  const [smallest = limit.minimum, small = smallest] = limits;
  const [sort] = shape.sorts;
  const filtered = shape.filters.slice(0, 1).flatMap((filter): ParameterValues[] => {
    const [value] = listValues(filter, test);
    return value === undefined ? [] : [toParameters([[filter, [value]]])];
  });
  const sorted = sort ? [{ [sort.parameter.name]: sort.value }] : [];
  const requests = [
    ...limits.map((count) => ({ count, parameters: {} })),
    ...[...sorted, ...filtered].map((parameters) => ({ count: small, parameters })),
  ];
  const violations: ListViolation[] = [];
  const check = ({ exchange, items = [] }: Page, most: number, reason: string) => {
    if (items.length <= most) return;
    violations.push({
      exchange,
      expected: `at most ${countItems(most)}, because ${reason}`,
      actual: countItems(items.length),
      specRef: [limit.parameter],
      evidence: limit.evidence,
    });
  };
  for (const { count, parameters } of requests) {
    const page = await readPage(session, shape, { parameters: { ...parameters, [name]: count } });
    check(page, count, `${name} is ${count}`);
  }
  const most = limit.default ?? limit.maximum;
  if (most !== undefined) {
    const word = limit.default === undefined ? 'maximum' : 'default';
    check(await readPage(session, shape, {}), most, `that is the ${word} of ${name}`);
  }
  return violations;
}
