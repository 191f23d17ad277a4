import { Agent, get, type IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { databases } from './databases.ts';
import { basic, retrieve, startSeededApi } from './running-api.ts';

describe.each(databases)('on $name', (kind) => {
  test('a server that stops under load answers every request and closes its connections', async (context) => {
    const api = await startSeededApi(context, kind, {
      // Longer than a second: Node's client stops using a connection one second before its keep-alive time ends.
      limits: { keepAliveMs: 5_000 },
    });
    let answered = 0;
    /** Sends requests over one connection until the server asks to close it. */
    const client = async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      context.onTestFinished(() => agent.destroy());
      for (;;) {
        const response = await new Promise<IncomingMessage>((resolve, reject) => {
          get(`${api.url}/v2/customers/cus_1234ABCD`, { agent, headers: basic(api.key) }, (incoming) => {
            incoming.resume().on('end', () => resolve(incoming));
          }).on('error', reject);
        });
        expect(response.statusCode).toBe(200);
        answered += 1;
        if (response.headers.connection === 'close') return;
      }
    };
    const clients = Array.from({ length: 20 }, client);
    while (answered < 500) await new Promise((resolve) => setImmediate(resolve));
    const closed = api.close();
    await Promise.all(clients);
    await closed;

    await expect(retrieve(api.url, api.key, 'cus_1234ABCD')).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  });
});
