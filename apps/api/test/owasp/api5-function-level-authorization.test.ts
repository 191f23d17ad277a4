import { describe, expect, test } from 'vitest';
import { databases } from '../databases.ts';
import { basic, retrieve, startSeededApi } from '../running-api.ts';

describe.each(databases)('on $name', (kind) => {
  test('administration is impossible over HTTP, with any key', async (context) => {
    const { url, key } = await startSeededApi(context, kind);
    for (const path of [
      '/admin',
      '/metrics',
      '/accounts',
      '/v2/accounts',
      '/v2/keys',
      '/v2/customers',
      '/v1/customers/1',
    ]) {
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
        const { status } = await fetch(url + path, { method, headers: basic(key) });
        expect(status, `${method} ${path}`).toBe(404);
      }
    }
  });

  test('headers and query parameters cannot change the method', async (context) => {
    const { url, key } = await startSeededApi(context, kind);
    for (const name of ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override']) {
      const response = await fetch(`${url}/v2/customers/cus_1234ABCD?_method=DELETE`, {
        headers: { ...basic(key), [name]: 'DELETE' },
      });
      expect(response.status, name).toBe(200);
    }
    expect((await retrieve(url, key, 'cus_1234ABCD')).status).toBe(200);
  });
});
