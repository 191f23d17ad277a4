import { get } from 'node:https';
import { text } from 'node:stream/consumers';
import { generate } from 'selfsigned';
import { describe, expect, test } from 'vitest';
import { databases } from './databases.ts';
import { formatRequest, sendRaw } from './raw-request.ts';
import { basic, startSeededApi } from './running-api.ts';

describe.each(databases)('on $name', (kind) => {
  test('with a certificate, the server speaks HTTPS and rejects plain HTTP', async (context) => {
    const { cert, private: key } = await generate([{ name: 'commonName', value: '127.0.0.1' }]);
    const tls = { cert: Buffer.from(cert), key: Buffer.from(key) };
    const api = await startSeededApi(context, kind, { tls });
    const body = await new Promise<string>((resolve, reject) => {
      const options = { headers: basic(api.key), rejectUnauthorized: false };
      get(`${api.url}/v2/customers/cus_1234ABCD`, options, (response) => resolve(text(response))).on('error', reject);
    });

    expect(api.url).toMatch(/^https:/);
    expect(JSON.parse(body)).toMatchObject({ id: 1_340_573 });
    const plain = await sendRaw(api.url, formatRequest('/v2/customers/cus_1234ABCD', basic(api.key)));
    expect(plain.text).not.toContain('1340573');
  });
});
