import { describe, expect, type TestContext, test } from 'vitest';
import type { KnownCustomer } from '../../src/customers/known-customers.ts';
import type { Identified } from '../../src/customers/stored-customer.ts';
import { localServer } from '../local-server.ts';
import { errorsIn, verify } from '../verify.ts';
import { customersServer, exactly, JANE, JOHN, known } from './customers-server.ts';

const only = ['same_customer'];
const JANE_BY_ALL = known(JANE, 'stripe_id', 'id', 'extra_id', 'email');

async function errors(
  context: TestContext,
  find: (identifier: string, segment: string) => Identified | undefined,
  customers: readonly KnownCustomer[] = [JANE_BY_ALL],
) {
  const url = await customersServer(context, find);
  return errorsIn(await verify({ url, customers, only }));
}

test('a correct server has no violations', async (context) => {
  expect(await errors(context, exactly(JANE, JOHN), [JANE_BY_ALL, known(JOHN, 'id')])).toEqual([]);
});

describe('the check finds', () => {
  test('an identifier that retrieves no customer', async (context) => {
    const found = await errors(context, exactly({ ...JANE, email: 'moved@example.com' }));

    expect(found.map(({ testCase }) => testCase)).toContain('customer 1, by email');
  });

  test('an identifier that retrieves another customer', async (context) => {
    const { email } = JANE;
    const found = await errors(context, (identifier) => (identifier === email ? JOHN : exactly(JANE)(identifier)));

    expect(found[0]).toMatchObject({
      testCase: 'customer 1, by email',
      actual: expect.stringContaining('cus_5678EFGH'),
    });
  });

  test('an encoding that the server does not decode', async (context) => {
    const find = (identifier: string, segment: string) =>
      /%[0-9A-F]?[a-f]/.test(segment) ? undefined : exactly(JANE)(identifier);

    expect((await errors(context, find)).map(({ testCase }) => testCase)).toContain(
      'customer 1, by extra_id, lower-case digits',
    );
  });

  test('customers that are mixed up between concurrent requests', async (context) => {
    const url = await mixingServer(context);
    const customers = [known(JANE, 'id'), known(JOHN, 'id')];
    const filter = /2 customers concurrently$/;
    const found = errorsIn(await verify({ url, customers, only, filter }));

    expect(found.map(({ actual }) => actual).toSorted()).toEqual(['the customer 1340573', 'the customer 1340600']);
  });
});

describe('the check allows', () => {
  test('another customer that takes precedence for an identifier', async (context) => {
    const older = { ...JOHN, id: 7, extra_id: JANE.extra_id };

    expect(
      await errors(context, (identifier) => (identifier === JANE.extra_id ? older : exactly(JANE)(identifier))),
    ).toEqual([]);
  });

  test('a first identifier that retrieves no customer, which another check reports', async (context) => {
    expect(await errors(context, () => undefined)).toEqual([]);
  });
});

/** Starts a server that swaps the customers of two concurrent requests. */
async function mixingServer(context: TestContext): Promise<string> {
  let waiting: { customer: Identified | undefined; answer: (customer: Identified | undefined) => void } | undefined;
  return localServer(context, ({ url = '' }, response) => {
    const customer = exactly(JANE, JOHN)(url.split('/').at(-1) ?? '');
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
