import { describe, expect, type TestContext, test } from 'vitest';
import { unavailability } from '../selftest/faults/status.ts';
import { startServer, TOKEN, type Variant } from '../selftest/index.ts';
import { createErrorAnswer } from '../selftest/variants.ts';
import { errorsIn, verify } from './verify.ts';

/** Returns what these checks find. One check that sends requests is added, because some checks send none. */
async function foundBy(context: TestContext, variant: Variant, ...checks: readonly string[]) {
  const server = await startServer(variant);
  context.onTestFinished(() => server.close());
  const only = [...checks, 'example_conformance'];
  return verify({ url: server.url, token: TOKEN, only });
}

const documented = createErrorAnswer(503);

describe('reports a documented 503 of a server that is available', () => {
  test.for([200, 400, 404])('instead of %i', async (status, context) => {
    const variant: Variant = { changeAnswer: (answer) => (answer.status === status ? documented : answer) };
    const found = errorsIn(await foundBy(context, variant, 'not_a_server_error'));

    expect(new Set(found.map(({ check }) => check))).toEqual(new Set(['not_a_server_error', 'example_conformance']));
  });

  test('instead of 401', async (context) => {
    const variant: Variant = { changeAnswer: (answer) => (answer.status === 401 ? documented : answer) };
    const found = errorsIn(await foundBy(context, variant, 'not_a_server_error', 'ignored_auth'));

    expect(new Set(found.map(({ check }) => check))).toEqual(new Set(['not_a_server_error', 'ignored_auth']));
  });

  test('instead of every response', async (context) => {
    const report = await foundBy(context, { changeAnswer: () => documented }, 'not_a_server_error');

    expect(report.verdict).toBe('failed');
    expect(report.coverage[0]?.statuses.map(({ name }) => name)).toContain('503');
  });
});

describe('reports a server whose 503 differs from the description', () => {
  test.for(unavailability.faults)('$name', async ({ variant, checks }, context) => {
    const found = errorsIn(await foundBy(context, variant, ...checks));

    expect(found.map(({ check }) => check)).toEqual(expect.arrayContaining([...checks]));
  });
});

test('does not list 503 in the coverage if no 503 occurred', async (context) => {
  const { coverage, verdict } = await foundBy(context, {});

  expect(verdict).toBe('passed');
  expect(coverage.flatMap(({ statuses }) => statuses.map(({ name }) => name))).toEqual(['200', '400', '401', '404']);
});
