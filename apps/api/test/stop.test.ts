import { Agent, get, type IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { databases } from './databases.ts';
import { basic, retrieve, startSeededApi } from './running-api.ts';

describe.each(databases)('on $name', (kind) => {
  test('a server that stops under load answers every request, and asks for connections to be closed', async (context) => {
    const api = await startSeededApi(context, kind, {
      // Node's client leaves a second before the server would close a connection: it keeps none that is kept for one.
      limits: { keepAliveMs: 5_000 },
    });
    let answered = 0;
    /** Sends one request after the other over one connection, until it is told to leave. */
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
