import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { databases } from '../databases.ts';
import { basic, createAccountWith, customer, startSeededApi } from '../running-api.ts';

describe.each(databases)('on $name', (kind) => {
  test('the server sends no request to a URL in a request or in the data', async (context) => {
    let connections = 0;
    const target = createServer((socket) => {
      connections += 1;
      socket.destroy();
    }).listen(0, '127.0.0.1');
    context.onTestFinished(() => void target.close());
    await once(target, 'listening');
    const address = `http://127.0.0.1:${(target.address() as AddressInfo).port}/`;
    const api = await startSeededApi(context, kind);
    const { key } = await createAccountWith(api.location, [
      customer(1, { extra_id: address, email: `a@[${address}]` }),
    ]);

    const headers = { ...basic(key), Origin: address, Referer: address, Forwarded: `host=${address}` };
    for (const identifier of [address, `a@[${address}]`]) {
      const response = await fetch(`${api.url}/v2/customers/${encodeURIComponent(identifier)}?url=${address}`, {
        headers: { ...headers, 'X-Forwarded-Host': address, 'X-Original-URL': address },
      });
      expect(await response.json()).toMatchObject({ id: 1, extra_id: address });
    }
    await api.close();
    expect(connections).toBe(0);
  });
});
