const { createClient } = require('@firstofficer/client');

const url = process.env.FIRSTOFFICER_URL;
const firstofficer = createClient({ token: 'YourTokenHere', baseUrl: url });

/** Calls the control API of the mock, which runs in another process of Jest. */
async function callMock(path, body) {
  const headers = { 'Content-Type': 'application/json' };
  const init = body && { method: 'POST', headers, body: JSON.stringify(body) };
  const response = await fetch(`${url}/__mock/${path}`, init);
  if (!response.ok) throw new Error(await response.text());
  return response;
}

test('a customer is retrieved again after a failure', async () => {
  // Tests of other files use the same mock, so the scenario is for one customer.
  const parameters = { customer: 'cus_5678EFGH' };
  await callMock('scenarios', { parameters, answer: { code: 503, retryAfter: 0 }, times: 1 });

  const customer = await firstofficer.customers.retrieve('cus_5678EFGH');

  expect(customer.current_mrr).toBe(0);
  const requests = await (await callMock('requests')).json();
  expect(requests.filter((request) => request.parameters.customer === 'cus_5678EFGH')).toHaveLength(2);
});
