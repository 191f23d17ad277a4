import fc from 'fast-check';
import { expect, type TestContext, test } from 'vitest';
import { forEachGenerated } from '../../src/checks/for-each-generated.ts';
import { StoppedError } from '../../src/run/connection.ts';
import { respondWithJson, runOn } from '../run/fixtures.ts';

const TOM = respondWithJson(() => ({ name: 'Tom' }));
const NUMBERS = fc.integer({ min: 0, max: 1_000_000 });

/** Sends generated numbers and reports those that fail. */
async function generate(
  context: TestContext,
  severityOf: (value: number) => 'error' | 'note' | undefined,
  { seed = 1, generated = 50, onValue = (_: number): void => {} } = {},
) {
  const tried: number[] = [];
  const outcome = await runOn(context, TOM, (session) =>
    forEachGenerated({ session, options: { seed, generated }, values: NUMBERS }, async (value) => {
      tried.push(value);
      onValue(value);
      const exchange = await session.send({ parameters: { limit: value } });
      const severity = severityOf(value);
      const specRef = [exchange.operation.definition] as const;
      if (severity) session.report(exchange, { expected: 'less', actual: String(value), specRef, severity });
    }),
  );
  return { tried, outcome, found: outcome.observations.map(({ actual }) => actual) };
}

test('tries the given number of values', async (context) => {
  const { tried, found, outcome } = await generate(context, () => undefined, { generated: 20 });

  expect(tried).toHaveLength(20);
  expect(outcome.requests).toBe(20);
  expect(found).toEqual([]);
});

test('reports only the smallest value that fails', async (context) => {
  const { found } = await generate(context, (value) => (value >= 1000 ? 'error' : undefined));

  expect(found).toEqual(['1000']);
});

test('repeats the values of a seed', async (context) => {
  const { tried } = await generate(context, () => undefined, { seed: 7 });
  const again = await generate(context, () => undefined, { seed: 7 });
  const others = await generate(context, () => undefined, { seed: 8 });

  expect(again.tried).toEqual(tried);
  expect(others.tried).not.toEqual(tried);
});

test('limits the search for a smaller value and reports the smallest one found', async (context) => {
  // Each number in the list is shrunk separately, which takes hundreds of steps.
  const lists = fc.array(fc.integer({ min: 1000, max: 1_000_000 }), { minLength: 20, maxLength: 20 });
  const isLarge = (list: readonly number[]) => list.every((number) => number > 1500);
  const tried: number[][] = [];
  const { observations } = await runOn(context, TOM, (session) =>
    forEachGenerated({ session, options: { seed: 1, generated: 50 }, values: lists }, async (list) => {
      tried.push(list);
      const exchange = await session.send();
      const violation = { expected: 'nothing', actual: JSON.stringify(list), specRef: [{}] as const };
      if (isLarge(list)) session.report(exchange, violation);
    }),
  );

  expect(tried).toHaveLength(tried.findIndex(isLarge) + 1 + 60);
  expect(observations.map(({ actual }) => actual)).toEqual([JSON.stringify(tried.findLast(isLarge))]);
});

test('keeps notes and does not search for smaller values', async (context) => {
  const { tried, found } = await generate(context, () => 'note', { generated: 5 });

  expect(tried).toHaveLength(5);
  expect(found).toEqual(tried.map(String));
});

test('stops at once when the run is stopped and keeps earlier findings', async (context) => {
  let isOver = false;
  const { tried, outcome, found } = await generate(context, () => 'error', {
    onValue: () => {
      if (isOver) throw new StoppedError('the target is gone');
      isOver = true;
    },
  });

  expect(tried).toHaveLength(2);
  expect(outcome.skipped).toBe('the target is gone');
  expect(found).toHaveLength(1);
});

test('throws an error of the check itself', async (context) => {
  const broken = generate(context, () => {
    throw new TypeError('oops');
  });

  await expect(broken).rejects.toThrow('oops');
});
