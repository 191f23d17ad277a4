import { describe, expect, test } from 'vitest';
import { databases } from '../databases.ts';
import { createAccountWith, customer, retrieve, startSeededApi } from '../running-api.ts';

describe.each(databases)('on $name', (kind) => {
  test('a customer has the properties of the description, without email address and account', async (context) => {
    const api = await startSeededApi(context, kind);
    const { key } = await createAccountWith(api.location, [customer(5, { email: 'secret@customers.example' })]);
    const body = await (await retrieve(api.url, key, 'secret@customers.example')).text();

    const { email: _, ...shown } = customer(5);
    expect(JSON.parse(body)).toEqual({ object: 'customer', ...shown });
    expect(body).not.toContain('secret@');
  });

  test('HTTP requests cannot write anything', async (context) => {
    const api = await startSeededApi(context, kind);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const response = await fetch(`${api.url}/v2/customers/cus_1234ABCD`, {
        method,
        headers: { Authorization: `Token token="${api.key}"`, 'Content-Type': 'application/json' },
        body: '{"current_mrr": 1}',
      });
      expect({ status: response.status, allow: response.headers.get('allow') }).toEqual({
        status: 405,
        allow: 'GET, HEAD',
      });
    }
    expect(await (await retrieve(api.url, api.key, 'cus_1234ABCD')).json()).toMatchObject({ current_mrr: 69_900 });
  });
});
