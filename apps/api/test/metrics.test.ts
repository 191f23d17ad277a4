import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createMetrics, serveMetrics } from '../src/server/monitoring.ts';
import { databases } from './databases.ts';
import { retrieve, startSeededApi } from './running-api.ts';

describe.each(databases)('on $name', (kind) => {
  test('metrics contain route, method and status of every request, but no keys or identifiers', async (context) => {
    const { url, metricsUrl = '', key } = await startSeededApi(context, kind, { metricsPort: 0 });
    for (const identifier of ['cus_1234ABCD', 'jane@example.com', 'x'.repeat(1_025)]) {
      await (await retrieve(url, key, identifier)).text();
      await (await retrieve(url, 'fo_wrong', identifier)).text();
    }
    await (await fetch(`${url}/unknown/jane`, { headers: { Authorization: `Token token="${key}"` } })).text();
    const text = await (await fetch(metricsUrl)).text();

    const counts = new Map(
      [...text.matchAll(/^http_request_duration_seconds_count\{(.*)\} (\d+)$/gm)].map(([, labels, number]) => [
        labels,
        Number(number),
      ]),
    );
    expect(Object.fromEntries(counts)).toEqual({
      'method="GET",route="/v2/customers/:customer",status="200"': 1,
      'method="GET",route="/v2/customers/:customer",status="404"': 1,
      'method="GET",route="/v2/customers/:customer",status="400"': 1,
      'method="GET",route="/v2/customers/:customer",status="401"': 3,
      'method="GET",route="none",status="404"': 1,
    });
    expect(text).toMatch(/^firstofficer_failed_authentications_total 3$/m);
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
    for (const secret of [key, 'fo_wrong', 'cus_', 'jane', 'xxx']) expect(text).not.toContain(secret);
  });
});

test('metrics that cannot be collected are a 500, and the server keeps running', async (context) => {
  let isBroken = true;
  const metrics = createMetrics();
  const server = serveMetrics({
    ...metrics,
    text: () => (isBroken ? Promise.reject(new Error('broken')) : metrics.text()),
  }).listen(0, '127.0.0.1');
  context.onTestFinished(() => void server.close());
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;

  const failed = await fetch(url);
  expect(failed.status).toBe(500);
  expect(await failed.json()).toMatchObject({ error: { type: 'api_error' } });
  isBroken = false;
  expect((await fetch(url)).status).toBe(200);
});
