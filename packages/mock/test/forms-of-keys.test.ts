import { fileURLToPath } from 'node:url';
import { DEFAULT_TOKEN as KEY } from '@firstofficer/mock';
import { describe, expect, test } from 'vitest';
import { runningMock } from './running-mock.ts';

const spec = fileURLToPath(new URL('keys.openapi.yaml', import.meta.url));

async function statusOf(target: string, headers: Record<string, string> = {}): Promise<number> {
  const { url } = await runningMock({ spec });
  return (await fetch(url + target, { headers })).status;
}

describe('accepts the key in the form that the operation requires', () => {
  test.each([
    ['/bearer', { Authorization: `Bearer ${KEY}` }],
    ['/bearer', { Authorization: `bearer ${KEY}` }],
    ['/oauth2', { Authorization: `Bearer ${KEY}` }],
    ['/openIdConnect', { Authorization: `Bearer ${KEY}` }],
    ['/header', { 'x-key': KEY }],
    [`/query?api_key=${KEY}`, {}],
    ['/cookie', { Cookie: `theme=dark; session=${KEY}` }],
    [`/both?api_key=${KEY}`, { 'X-Key': KEY }],
    [`/any?api_key=${KEY}`, {}],
    ['/any', { 'X-Key': KEY }],
  ])('%s', async (target, headers) => {
    expect(await statusOf(target, headers)).toBe(200);
  });
});

test('an operation that documents 403 but not 401 responds with 403 without the key', async () => {
  expect(await statusOf('/forbidden')).toBe(403);
  expect(await statusOf('/forbidden', { 'X-Key': KEY })).toBe(200);
});

test.each(['/default', '/class'])('%s documents its 401 in a status class or as default', async (target) => {
  const { url } = await runningMock({ spec });
  const answer = await fetch(url + target);

  expect(answer.status).toBe(401);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(await answer.json()).toEqual({ title: 'Out' });
});

test('an operation that documents no response returns 204', async () => {
  expect(await statusOf('/silent')).toBe(204);
});

describe('returns 401 for', () => {
  test.each([
    ['/bearer', {}],
    ['/bearer', { Authorization: `Bearer ${KEY}x` }],
    ['/bearer', { Authorization: KEY }],
    ['/header', { Authorization: `Bearer ${KEY}` }],
    ['/header', { 'X-Key': '' }],
    [`/query?api_key=${KEY}&api_key=${KEY}`, {}],
    [`/query?key=${KEY}`, {}],
    ['/cookie', { Cookie: `mysession=${KEY}` }],
    ['/both', { 'X-Key': KEY }],
    // The mock cannot receive a client certificate.
    ['/certificate', { Authorization: `Bearer ${KEY}` }],
  ])('%s %j', async (target, headers) => {
    expect(await statusOf(target, headers)).toBe(401);
  });
});
