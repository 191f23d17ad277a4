import { describe, expect, test } from 'vitest';
import { databases } from '../databases.ts';
import { authorize, createAccountWith, createCustomer, retrieve, startSeededApi } from '../running-api.ts';

describe.each(databases)('API1:2023 Broken Object Level Authorization, on $name', (kind) => {
  test('a customer of another account gets the same 404 as an unknown one, byte for byte', async (context) => {
    const api = await startSeededApi(context, kind);
    await createAccountWith(api.location, [createCustomer(77, { extra_id: 'other-extra' })]);
    const getResponse = async (identifier: string) => {
      const response = await retrieve(api.url, api.key, identifier);
      const headers = [...response.headers].filter(([name]) => name !== 'date' && name !== 'x-request-id');
      return { status: response.status, headers, body: await response.text() };
    };
    const unknown = await getResponse('cus_0000ZZZZ');

    expect(unknown.status).toBe(404);
    for (const identifier of ['cus_77', '77', 'other-extra', '77@customers.example']) {
      expect(await getResponse(identifier)).toEqual(unknown);
    }
  });

  test('two accounts with the same identifiers each get their own customers, under concurrent load', async (context) => {
    const api = await startSeededApi(context, kind);
    const accounts = await Promise.all(
      [1_000, 2_000].map(async (mrr) => {
        const customers = Array.from({ length: 20 }, (_, index) =>
          createCustomer(index + 1, { current_mrr: mrr + index }),
        );
        return { mrr, ...(await createAccountWith(api.location, customers)) };
      }),
    );
    const requests = Array.from({ length: 600 }, (_, index) => {
      const account = accounts[index % 2] ?? expect.fail();
      const id = (index % 20) + 1;
      return async () => {
        const identifier = [`cus_${id}`, String(id), `${id}@customers.example`][index % 3] ?? '';
        const { current_mrr } = (await (await retrieve(api.url, account.key, identifier)).json()) as {
          current_mrr: number;
        };
        return current_mrr - account.mrr - (id - 1);
      };
    });
    expect(new Set(await Promise.all(requests.map((request) => request())))).toEqual(new Set([0]));
  });

  test('headers, query parameters and cookies cannot select another account', async (context) => {
    const api = await startSeededApi(context, kind);
    const { accountId } = await createAccountWith(api.location, [createCustomer(77)]);
    const response = await fetch(`${api.url}/v2/customers/cus_77?account=${accountId}&account_id=${accountId}`, {
      headers: { ...authorize(api.key), 'X-Account-Id': String(accountId), Cookie: `account=${accountId}` },
    });
    expect(response.status).toBe(404);
  });
});

describe.each(databases)('API3:2023 Broken Object Property Level Authorization, on $name', (kind) => {
  test('a customer has the properties of the description, without email address and account', async (context) => {
    const api = await startSeededApi(context, kind);
    const { key } = await createAccountWith(api.location, [createCustomer(5, { email: 'secret@customers.example' })]);
    const body = await (await retrieve(api.url, key, 'secret@customers.example')).text();

    const { email: _, ...shown } = createCustomer(5);
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

describe.each(databases)('API5:2023 Broken Function Level Authorization, on $name', (kind) => {
  test('administration is impossible over HTTP, with any key', async (context) => {
    const { url, key } = await startSeededApi(context, kind);
    const paths = '/admin /metrics /accounts /v2/accounts /v2/keys /v2/customers /v1/customers/1'.split(' ');
    for (const path of paths) {
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
        const { status } = await fetch(url + path, { method, headers: authorize(key) });
        expect(status, `${method} ${path}`).toBe(404);
      }
    }
  });

  test('headers and query parameters cannot change the method', async (context) => {
    const { url, key } = await startSeededApi(context, kind);
    for (const name of ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override']) {
      const response = await fetch(`${url}/v2/customers/cus_1234ABCD?_method=DELETE`, {
        headers: { ...authorize(key), [name]: 'DELETE' },
      });
      expect(response.status, name).toBe(200);
    }
    expect((await retrieve(url, key, 'cus_1234ABCD')).status).toBe(200);
  });
});
