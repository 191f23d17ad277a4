import { expect, test } from 'vitest';
import { findDocumentedError, findExamplePath, operations, PAIRS, send, startMockForFile } from './support.ts';

const mock = await startMockForFile();

const prefer = async (preference: string, path = findExamplePath('stripe_id')) =>
  send(mock, path, { headers: { Prefer: preference } });

test.each(['400', '401', '404', '503'])('code=%s gets that documented error', async (status) => {
  const response = await prefer(`code=${status}`);

  expect(response.status).toBe(Number(status));
  expect(response.json).toEqual(findDocumentedError(status));
});

test('code=503 gets the Retry-After of the description', async () => {
  const { headers } = await prefer('code=503');
  const documented = operations[0]?.responses['503']?.headers?.['Retry-After'] as { example?: number };

  expect(headers['retry-after']).toBe(String(documented.example));
});

test.each(['example=lost_customer', 'code=200, example=lost_customer', 'code=200; example="lost_customer"'])(
  '%s gets that example',
  async (preference) => {
    const expected = PAIRS.find(({ name }) => name === 'lost_customer');

    expect(await prefer(preference)).toMatchObject({ status: 200, json: expected?.body });
  },
);

test('code=200 gets a success for an unknown customer', async () => {
  expect((await prefer('code=200', findExamplePath('unknown_customer'))).status).toBe(200);
});

test('other preferences are ignored', async () => {
  expect((await prefer('respond-async, wait=10')).status).toBe(200);
});

test.each([
  ['code=418', '200, 400, 401, 404, 503'],
  ['example=nobody', 'lost_customer'],
  ['code=404, example=lost_customer', 'unknown_customer'],
])('%s gets 400 with a message that lists the valid values', async (preference, documented) => {
  const response = await prefer(preference);

  expect(response.status).toBe(400);
  expect(response.json).toMatchObject({ error: { message: expect.stringContaining(documented) } });
});
