import { expect, test } from 'vitest';
import { findExamplePath, send, startMockForFile } from './support.ts';

const mock = await startMockForFile();

test('a preflight response allows what the preflight asks for, without a key', async () => {
  const response = await fetch(mock.url + findExamplePath('stripe_id'), {
    method: 'OPTIONS',
    headers: {
      Origin: 'http://localhost:3000',
      'Access-Control-Request-Method': 'GET',
      'Access-Control-Request-Headers': 'authorization, prefer',
    },
  });

  expect(response.status).toBe(204);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(response.headers.get('access-control-allow-methods')).toBe('GET');
  expect(response.headers.get('access-control-allow-headers')).toBe('authorization, prefer');
});

test.each(['stripe_id', 'unknown_customer'])('pages of any origin can read the response to %s', async (name) => {
  const { headers } = await send(mock, findExamplePath(name), {
    headers: { Origin: 'http://localhost:3000' },
  });

  expect(headers).toMatchObject({ 'access-control-allow-origin': '*', 'access-control-expose-headers': '*' });
});
