import { fillPath, resolveLinks } from '@firstofficer/openapi';
import { describe, expect, test } from 'vitest';
import { findDocumentedError, findExamplePath, PAIRS, send, startMockForFile } from './support.ts';

const mock = await startMockForFile();

test.each(PAIRS)('the request of $name gets $status and its example', async ({ path, status, body, mediaType }) => {
  const response = await send(mock, path);

  expect(response.status).toBe(Number(status));
  expect(response.headers['content-type']).toBe(mediaType);
  expect(response.json).toEqual(body);
});

describe('the links of an example retrieve the same object', () => {
  const links = PAIRS.flatMap(({ name: example, operation, status, body }) =>
    resolveLinks(operation, status, body).map((link) => ({ ...link, example, operation, body })),
  );

  test('the description has links', () => {
    expect(new Set(links.map(({ name }) => name)).size).toBeGreaterThan(2);
  });

  test.each(links)('$example $name', async ({ operation, parameters, body }) => {
    expect((await send(mock, fillPath(operation.path, parameters))).json).toEqual(body);
  });
});

test.each(['cus_1234', 'cus_1234ABCDE', 'CUS_1234ABCD', '%20cus_1234ABCD', '01340573', '1340573.0', 'null', '..'])(
  '%s matches no example and gets the documented 404',
  async (identifier) => {
    const response = await send(mock, `/v2/customers/${identifier}`);

    expect(response.status).toBe(404);
    expect(response.json).toEqual(findDocumentedError('404'));
  },
);

test('an identifier may contain unnecessary percent-encoding', async () => {
  const response = await send(mock, '/v2/customers/%63us%5F1234%41BCD');

  expect(response.json).toMatchObject({ stripe_id: 'cus_1234ABCD' });
});

test('neither the query nor Accept changes the response', async () => {
  const plain = await send(mock, findExamplePath('stripe_id'));

  expect(await send(mock, `${findExamplePath('stripe_id')}?expand=1&__code=404`)).toMatchObject({ json: plain.json });
  expect(await send(mock, findExamplePath('stripe_id'), { headers: { Accept: 'text/html' } })).toMatchObject({
    json: plain.json,
  });
});
