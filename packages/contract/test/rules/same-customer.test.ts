import { describe, expect, type TestContext, test } from 'vitest';
import type { Identified } from '../../src/customers/stored-customer.ts';
import { localServer } from '../local-server.ts';
import { errorsIn, verify } from '../verify.ts';
import { type Find, findErrors, JANE, JOHN, known, matchExactly } from './customers-server.ts';

const check = (context: TestContext, find: Find) => findErrors(context, 'same_customer', { find });

describe('same_customer finds', () => {
  test('an identifier that retrieves no customer', async (context) => {
    const found = await check(context, matchExactly({ ...JANE, email: 'moved@example.com' }));

    expect(found.map(({ testCase }) => testCase)).toContain('customer 1, by email');
  });

  test('an identifier that retrieves another customer', async (context) => {
    const { email } = JANE;
    const found = await check(context, (identifier) => (identifier === email ? JOHN : matchExactly(JANE)(identifier)));

    expect(found[0]).toMatchObject({
      testCase: 'customer 1, by email',
      actual: expect.stringContaining('cus_5678EFGH'),
    });
  });

  test('an encoding that the server does not decode', async (context) => {
    const found = await check(context, (identifier, segment) =>
      /%[0-9A-F]?[a-f]/.test(segment) ? undefined : matchExactly(JANE)(identifier),
    );

    expect(found.map(({ testCase }) => testCase)).toContain('customer 1, by extra_id, lower-case digits');
  });

  test('customers that are mixed up between concurrent requests', async (context) => {
    const found = errorsIn(
      await verify({
        url: await startMixingServer(context),
        customers: [known(JANE, 'id'), known(JOHN, 'id')],
        only: ['same_customer'],
        filter: /2 customers concurrently$/,
      }),
    );

    expect(found.map(({ actual }) => actual).toSorted()).toEqual(['the customer 1340573', 'the customer 1340600']);
  });
});

describe('same_customer allows', () => {
  test('a correct server', async (context) => {
    const customers = [known(JANE, 'stripe_id', 'id', 'extra_id', 'email'), known(JOHN, 'id')];

    expect(await findErrors(context, 'same_customer', { find: matchExactly(JANE, JOHN), customers })).toEqual([]);
  });

  test('another customer that takes precedence for an identifier', async (context) => {
    const older = { ...JOHN, id: 7, extra_id: JANE.extra_id };
    const find: Find = (identifier) => (identifier === JANE.extra_id ? older : matchExactly(JANE)(identifier));

    expect(await check(context, find)).toEqual([]);
  });

  test('a first identifier that retrieves no customer, which another check reports', async (context) => {
    expect(await check(context, () => undefined)).toEqual([]);
  });
});

/** Starts a server that swaps the customers of two concurrent requests. */
async function startMixingServer(context: TestContext): Promise<string> {
  let waiting: { customer: Identified | undefined; answer: (customer: Identified | undefined) => void } | undefined;
  return localServer(context, ({ url = '' }, response) => {
    const customer = matchExactly(JANE, JOHN)(url.split('/').at(-1) ?? '');
    const answer = (shown: Identified | undefined) => {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(shown));
    };
    if (waiting) {
      answer(waiting.customer);
      waiting.answer(customer);
      waiting = undefined;
      return;
    }
    const mine = { customer, answer };
    waiting = mine;
    // A single request gets the right answer.
    setTimeout(() => {
      if (waiting !== mine) return;
      waiting = undefined;
      answer(customer);
    }, 100);
  });
}
