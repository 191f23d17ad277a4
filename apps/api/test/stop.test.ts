import { Agent, get } from 'node:http';
import { expect, test } from 'vitest';
import { databases } from './databases.ts';
import { basic, runningApi } from './running-api.ts';

test('a server that stops under load loses no request, and asks for connections to be closed', async (context) => {
  const [sqlite] = databases;
  const api = await runningApi(context, sqlite ?? expect.fail(), {
    // Below a second, clients are told not to keep connections at all.
    limits: { keepAliveMs: 1_000 },
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  context.onTestFinished(() => agent.destroy());
  const outcomes = new Map<string, number>();
  const ask = () =>
    new Promise<string>((resolve) => {
      get(`${api.url}/v2/customers/cus_1234ABCD`, { agent, headers: basic(api.key) }, (response) => {
        response.resume().on('end', () => resolve(String(response.statusCode)));
      }).on('error', ({ code = 'none' }: NodeJS.ErrnoException) => resolve(code));
    });
  const client = async () => {
    for (;;) {
      const outcome = await ask();
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      // No new connection is taken: this client has to go elsewhere now.
      if (outcome !== '200') return;
    }
  };
  const clients = Array.from({ length: 20 }, client);
  while ((outcomes.get('200') ?? 0) < 500) await new Promise((resolve) => setImmediate(resolve));
  const closed = api.close();
  await Promise.all([...clients, closed]);

  expect([...outcomes.keys()].toSorted()).toEqual(['200', 'ECONNREFUSED']);
});
