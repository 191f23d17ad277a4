import { setTimeout as delay } from 'node:timers/promises';
import { isSkipped, type Skipped } from '../../generate/base-data.ts';
import { type ListShape, readListShape } from '../../lists/list-shape.ts';
import type { Evidence } from '../../lists/list-source.ts';
import { getAt } from '../../lists/property.ts';
import type { OperationExchange } from '../../request/operation-exchange.ts';
import type { Basis, CheckContext, Session, TestCase, Violation } from '../check.ts';
import { createListedObjects } from './listed-objects.ts';
import { type Pages, readPages } from './read-list.ts';

/** A violation of what an operation promises about its list. */
export interface ListViolation extends Pick<Violation, 'expected' | 'actual' | 'specRef'> {
  readonly exchange: OperationExchange;
  readonly evidence: Evidence;
}

/** What a test case of a list works with. */
export interface ListTest {
  readonly session: Session;
  readonly shape: ListShape;
  readonly context: CheckContext;
  /** All pages of the list without filters. */
  readonly all: Pages;
}

// Other clients may change the list while it is read, and a target may list new objects late.
const SETTLE_MS = 400;

const read = new WeakMap<CheckContext['base'], Map<string, Pages>>();

/** Reads the list without filters, or returns what an earlier test case read. */
async function readOnce({ session, shape, context }: Omit<ListTest, 'all'>): Promise<Pages> {
  const byOperation = read.get(context.base) ?? new Map<string, Pages>();
  read.set(context.base, byOperation);
  const { id } = shape.operation;
  const pages = byOperation.get(id) ?? (await readPages(session, shape));
  byOperation.set(id, pages);
  return pages;
}

/** Returns whether two readings of a list found the same items, in any order. */
function hasSameItems(shape: ListShape, one: Pages, other: Pages): boolean {
  const list = ({ items }: Pages) => JSON.stringify(items.map((item) => identify(shape, item)).toSorted());
  return list(one) === list(other);
}

/**
 * Creates a test case that reads a list. It reports violations only if a second attempt finds some as well, so that
 * changes between two requests are no violations.
 *
 * @param find - Returns the violations. It ends the test case if the list cannot show any.
 */
export function createListCase(
  name: string,
  { shape, context }: Pick<ListTest, 'shape' | 'context'>,
  find: (test: ListTest) => Promise<readonly ListViolation[]>,
): TestCase {
  return {
    name,
    async run(session) {
      await createListedObjects(session, shape, context);
      const attempt = (all: Pages) => {
        if (all.failed) session.skip(`the list has the status ${all.failed.exchange.status}, or its body has no list`);
        return find({ session, shape, context, all });
      };
      const first = await attempt(await readOnce({ session, shape, context }));
      if (first.length === 0) return;
      await delay(Math.min(SETTLE_MS, context.options.settleMs));
      const all = await readPages(session, shape);
      const second = await attempt(all);
      if (second.length > 0 && !hasSameItems(shape, all, await readPages(session, shape))) {
        session.skip('the list changes while the tests read it');
      }
      for (const { exchange, evidence, ...violation } of second) {
        session.report(exchange, { ...violation, basis: findBasis(evidence) });
      }
    },
  };
}

/** Returns the basis of a violation: what is only likely is a note. */
function findBasis(evidence: Evidence): Basis {
  return evidence === 'inferred' ? 'inference' : 'description';
}

/** Returns the weakest of several evidences. */
export function weakest(...all: readonly Evidence[]): Evidence {
  return all.includes('inferred') ? 'inferred' : (all[0] ?? 'inferred');
}

/** Returns the test cases of a check for the list of an operation, or why there are none. */
export function listCases(
  operation: ListShape['operation'],
  context: CheckContext,
  create: (shape: ListShape) => readonly TestCase[] | Skipped,
): readonly TestCase[] | Skipped {
  const shape = readListShape(context.description.document, operation, context.options.lists[operation.id]);
  return isSkipped(shape) ? shape : create(shape);
}

/** Returns what identifies an item. */
export function identify({ id }: ListShape, item: unknown): string {
  const value = id === undefined ? undefined : getAt(item, [id]);
  return JSON.stringify(value ?? item);
}

/** Formats the number of items. */
export function countItems(count: number): string {
  return `${count} ${count === 1 ? 'item' : 'items'}`;
}

/** Ends the test case if the list has too few items to show anything. */
export function requireItems({ session, all }: Pick<ListTest, 'session' | 'all'>, least: number): void {
  const count = all.items.length;
  if (count < least) session.skip(`the list has ${countItems(count)}, and the test needs ${least}`);
}

/** Returns a limit with which the items are on several pages, or undefined if the limit cannot be so small. */
export function findSmallLimit({ limit }: ListShape, count: number): number | undefined {
  if (!limit) return undefined;
  const small = Math.max(limit.minimum, Math.ceil(count / 4));
  return small < count && (limit.maximum === undefined || small <= limit.maximum) ? small : undefined;
}
