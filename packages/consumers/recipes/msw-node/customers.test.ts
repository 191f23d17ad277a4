import { createClient } from '@firstofficer/client';
import { createMockHandlers, DEFAULT_TOKEN } from '@firstofficer/mock/msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

const mock = await createMockHandlers();
const server = setupServer(...mock.handlers);
beforeAll(() => server.listen());
afterEach(() => mock.reset());
afterAll(() => server.close());

const firstofficer = createClient({ token: DEFAULT_TOKEN });

test('a customer is retrieved again after a failure', async () => {
  mock.use({ answer: { code: 503, retryAfter: 0 }, times: 1 });

  const customer = await firstofficer.customers.retrieve('cus_1234ABCD');

  expect(customer.current_mrr).toBe(69900);
  expect(mock.requests({ operation: 'retrieveCustomer' })).toHaveLength(2);
});
