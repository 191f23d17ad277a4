import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitRange } from '../../src/stripe/sync/ranges.ts';
import { readRanges } from '../../src/stripe/sync/read-ranges.ts';

const PAGE = 100;
const NOW = 1_790_000_000;

/** Reads all objects that were created at these times. Returns the IDs as they were read, and counts. */
async function readAll(created: readonly number[], slots: number) {
  const objects = created.toSorted((a, b) => b - a).map((time, index) => ({ id: String(index), created: time }));
  const ids: string[] = [];
  const remaining: number[] = [];
  let [requests, active, most] = [0, 0, 0];
  await readRanges([{ type: 'invoice', lower: 0, upper: NOW, cursor: null, done: false }], {
    slots,
    oldest: Math.min(NOW, ...created.slice(-1)),
    signal: new AbortController().signal,
    async readPage({ lower, upper, cursor }) {
      requests += 1;
      active += 1;
      most = Math.max(most, active);
      await new Promise(setImmediate);
      active -= 1;
      const after = cursor === null ? 0 : Number(cursor) + 1;
      const all = objects.slice(after).filter((object) => object.created >= lower && object.created < upper);
      const page = all.slice(0, PAGE);
      return { items: page, objects: page, next: all.length > PAGE ? page.at(-1)?.id : undefined };
    },
    async onPage({ items }, _changed, pages) {
      ids.push(...items.map(({ id }) => id));
      remaining.push(pages);
    },
  });
  return { ids, requests, most, remaining };
}

test('ranges are read in parallel with few more requests than pages', async () => {
  const created = Array.from({ length: 30_000 }, (_, index) => NOW - 1 - index * 1_500 - ((index * 7_919) % 1_499));
  const { ids, requests, most, remaining } = await readAll(created, 8);
  expect(new Set(ids).size).toBe(30_000);
  expect(ids).toHaveLength(30_000);
  expect(requests).toBeLessThanOrEqual(300 * 1.1);
  expect(most).toBe(8);
  // The estimate of the middle is right.
  expect(remaining[150]).toBeGreaterThan(130);
  expect(remaining[150]).toBeLessThan(170);
  expect(remaining.at(-1)).toBe(0);
});

test('a list that answers fast leaves half of the requests at the same time to another one', async () => {
  const active = new Map([
    ['charge', 0],
    ['invoice', 0],
  ]);
  let most = 0;
  const slowPage = Promise.withResolvers<void>();
  let charges = 0;
  const ranges = [...active.keys()].map((type) => ({ type, lower: 0, upper: NOW, cursor: null, done: false }));
  await readRanges(ranges, {
    slots: 8,
    oldest: 0,
    signal: new AbortController().signal,
    async readPage({ type, lower, upper, cursor }) {
      active.set(type, (active.get(type) ?? 0) + 1);
      if (type === 'charge') charges += 1;
      // Stripe limits the rate of each list. So the other list should not wait until all charges are read.
      if (type === 'charge' && charges < 300) most = Math.max(most, active.get('charge') ?? 0);
      if (charges === 300) slowPage.resolve();
      await (type === 'invoice' ? slowPage.promise : new Promise(setImmediate));
      active.set(type, (active.get(type) ?? 0) - 1);
      const first = cursor === null ? upper - 1 : Number(cursor) - 1;
      const end = Math.max(lower, first - PAGE * 10_000);
      const objects = [first, end + 1].map((created) => ({ id: String(created), created }));
      return { items: [], objects, next: end > lower ? String(end + 1) : undefined };
    },
    onPage: async () => {},
  });
  expect(charges).toBeGreaterThan(300);
  expect(most).toBe(4);
});

test('a range is not split at its lower end, because the range before it is stored by that time', () => {
  const range = { type: 'invoice', lower: 1_000, upper: 2_000, cursor: '1', done: false };
  // 0.95 seconds per page: the 16 pages that the range keeps begin 0.8 seconds after its lower end.
  expect(splitRange(range, { pages: 20, newest: 1_035, oldest: 1_016 }, 0)).toBeUndefined();
  expect(splitRange(range, { pages: 20, newest: 1_036, oldest: 1_017 }, 0)?.rest).toMatchObject({
    lower: 1_000,
    upper: 1_001,
  });
});

test('each object is read once, however the times are distributed', async () => {
  const burst = fc.record({
    at: fc.integer({ min: 1, max: 100_000_000 }),
    seconds: fc.constantFrom(1, 60, 86_400, 20_000_000),
    count: fc.integer({ min: 1, max: 1_500 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(burst, { maxLength: 4 }), fc.integer({ min: 1, max: 8 }), async (bursts, slots) => {
      const created = bursts.flatMap(({ at, seconds, count }) =>
        Array.from({ length: count }, (_, index) => NOW - at - Math.floor((index * seconds) / count)),
      );
      const { ids } = await readAll(created, slots);
      expect(ids.map(Number).toSorted((a, b) => a - b)).toEqual(created.map((_, index) => index));
    }),
    { numRuns: 30, seed: 19 },
  );
});
