import { createClient, type FirstOfficerError } from '@firstofficer/client';
import { type Answer, DEFAULT_TOKEN, startMock } from '@firstofficer/mock';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { readGuides } from '../../src/content/guides.ts';
import { SOURCES } from '../../src/content/read-content.ts';
import { readPage } from '../fixtures.ts';

/** A row of the table in the section "Make it fail". */
interface Failure {
  readonly name: string;
  readonly preferences: string;
  readonly answer: Answer;
  readonly times: number | undefined;
  /** What the client throws. */
  readonly result: string;
}

const guides = await readGuides(SOURCES.guides);
const { tables } = readPage(guides.find(({ slug }) => slug === 'test-against-the-mock')?.markdown ?? '');
const failures = (tables.find(([header]) => header?.includes('The client throws')) ?? []).slice(1).map(readFailure);

function readFailure([name = '', preferences = '', cell = '', result = '']: readonly string[]): Failure {
  const isLong = cell.startsWith('a long ');
  const { times, ...answer } = isLong ? { body: 'x'.repeat(6_000_000) } : parse(`{ ${cell.replace('with ', '')} }`);
  return { name, preferences, answer, times, result };
}

const mock = await startMock();
afterAll(() => mock.close());
// Retries do not wait.
beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => {
  vi.restoreAllMocks();
  mock.reset();
});

/** Retrieves a customer. Returns the code of the error, if there is one, and the number of retries. */
async function retrieve(headers: Record<string, string>, timeout: number) {
  let retries = 0;
  const onRetry = () => {
    retries += 1;
  };
  const { customers } = createClient({ token: DEFAULT_TOKEN, baseUrl: mock.url, headers, timeout, onRetry });
  const error = await customers.retrieve('cus_1234ABCD').then(
    () => undefined,
    (reason: FirstOfficerError) => reason,
  );
  return { code: error?.code, retries };
}

test('the table has failures with and without a header', () => {
  expect(failures.filter(({ preferences }) => preferences !== '').length).toBeGreaterThan(9);
  expect(failures.filter(({ preferences }) => preferences === '').length).toBeGreaterThan(1);
});

test.each(failures)('$name', async ({ preferences, answer, times, result }) => {
  const [code] = /^\w+(?=,|$)/.exec(result) ?? [];
  // Only the response with a delay takes longer than its timeout.
  const isSlow = code === 'timeout';
  const timeout = isSlow ? 20 : 30_000;
  const expected = { code, retries: isSlow || /retries/.test(result) ? 2 : 0 };

  if (preferences !== '') {
    const prefer = /retry-after/.test(preferences) ? preferences : `${preferences}, retry-after=0`;
    expect(await retrieve({ Prefer: prefer }, timeout)).toEqual(expected);
  }
  mock.use({ answer: { retryAfter: 0, ...answer }, ...(times !== undefined && { times }) });
  expect(await retrieve({}, timeout)).toEqual(expected);
});
