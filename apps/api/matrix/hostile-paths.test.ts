import { describe, expect, test } from 'vitest';
import { databases } from '../test/databases.ts';
import { authorize, formatRequest, sendRaw, startSeededApi } from '../test/running-api.ts';

const HOSTILE = String.raw`.. . %00 %0D%0A %ZZ %C0%AF %FF ' " ; -- / %2F \ % { } $ %E2 %F0%9F%A6%86 __proto__ *`.split(
  ' ',
);

describe.each(databases)('API4:2023 Unrestricted Resource Consumption, on $name', (kind) => {
  test('10,000 hostile paths get documented responses, and the server keeps running', async (context) => {
    const { url, key } = await startSeededApi(context, kind);
    const statuses = new Map<number, number>();
    const headers = { ...authorize(key), Connection: 'keep-alive' };
    // All sequences of three hostile segments.
    const targets = HOSTILE.flatMap((first) =>
      HOSTILE.flatMap((second) => HOSTILE.map((third) => `/v2/customers/${first}${second}${third}`)),
    );
    expect(targets.length).toBeGreaterThan(10_000);
    for (let start = 0; start < targets.length; start += 500) {
      const requests = targets.slice(start, start + 500).map((target) => formatRequest(target, headers));
      const last = formatRequest('/v2/customers/cus_1234ABCD', { ...headers, Connection: 'close' });
      const { text } = await sendRaw(url, requests.join(''), last);
      for (const [, status] of text.matchAll(/HTTP\/1\.1 (\d{3}) /g)) {
        statuses.set(Number(status), (statuses.get(Number(status)) ?? 0) + 1);
      }
    }
    const connections = Math.ceil(targets.length / 500);
    expect([...statuses.keys()].toSorted()).toEqual([200, 400, 404]);
    expect(statuses.get(200)).toBe(connections);
    expect([...statuses.values()].reduce((sum, count) => sum + count)).toBe(targets.length + connections);
  });
});
