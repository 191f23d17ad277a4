import { createClient } from '@firstofficer/client';
import { DEFAULT_TOKEN, type Mock, startMock } from '@firstofficer/mock';
import { test as base, expect } from 'vitest';

const test = base.extend<{ mock: Mock }>({
  mock: async ({}, use) => {
    await using mock = await startMock();
    await use(mock);
  },
});

test('a customer is retrieved again after a failure', async ({ mock }) => {
  const firstofficer = createClient({ token: DEFAULT_TOKEN, baseUrl: mock.url });
  mock.use({ answer: { code: 503, retryAfter: 0 }, times: 1 });

  const customer = await firstofficer.customers.retrieve('cus_1234ABCD');

  expect(customer.current_mrr).toBe(69900);
  expect(mock.requests({ operation: 'retrieveCustomer' })).toHaveLength(2);
});
