import { describe, expect, type TestContext, test } from 'vitest';
import { unavailability } from '../selftest/faults/status.ts';
import { startServer, TOKEN, type Variant } from '../selftest/index.ts';
import { errorAnswer } from '../selftest/variants.ts';
import { errorsIn, verify } from './verify.ts';

/** Returns what these checks find. One check that sends requests is added, because some checks send none. */
async function foundBy(context: TestContext, variant: Variant, ...checks: readonly string[]) {
  const server = await startServer(variant);
  context.onTestFinished(() => server.close());
  const only = [...checks, 'example_conformance'];
  return verify({ url: server.url, token: TOKEN, only });
}

const documented = errorAnswer(503, { 'Retry-After': '1' });

describe('a 503 as it is documented is a fault of a server that stands', () => {
  test.for([200, 400, 404])('where %i is promised', async (status, context) => {
    const variant: Variant = { changeAnswer: (answer) => (answer.status === status ? documented : answer) };
    const found = errorsIn(await foundBy(context, variant, 'not_a_server_error'));

    expect(new Set(found.map(({ check }) => check))).toEqual(new Set(['not_a_server_error', 'example_conformance']));
  });

  test('where 401 is promised', async (context) => {
    const variant: Variant = { changeAnswer: (answer) => (answer.status === 401 ? documented : answer) };
    const found = errorsIn(await foundBy(context, variant, 'not_a_server_error', 'ignored_auth'));

    expect(new Set(found.map(({ check }) => check))).toEqual(new Set(['not_a_server_error', 'ignored_auth']));
  });

  test('for every request', async (context) => {
    const report = await foundBy(context, { changeAnswer: () => documented }, 'not_a_server_error');

    expect(report.verdict).toBe('failed');
    expect(report.coverage[0]?.statuses.map(({ name }) => name)).toContain('503');
  });
});

describe('how a 503 looks is held against the description, by the check that it belongs to', () => {
  test.for(unavailability.faults)('$name', async ({ variant, checks }, context) => {
    const found = errorsIn(await foundBy(context, variant, ...checks));

    expect(found.map(({ check }) => check)).toEqual(expect.arrayContaining([...checks]));
  });
});

test('that no 503 occurred is no gap', async (context) => {
  const { coverage, verdict } = await foundBy(context, {});

  expect(verdict).toBe('passed');
  expect(coverage.flatMap(({ statuses }) => statuses.map(({ name }) => name))).toEqual(['200', '400', '401', '404']);
});
