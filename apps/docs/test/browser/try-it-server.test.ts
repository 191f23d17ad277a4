import { expect, test } from 'vitest';
import { addKey } from '../../src/browser/try-it/key.ts';
import { checkServerUrl } from '../../src/browser/try-it/server-url.ts';

test.each([
  ['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
  [' http://localhost/ ', 'http://localhost'],
  ['http://localhost:8080/api/', 'http://localhost:8080/api'],
  ['HTTP://LOCALHOST:4010', 'http://localhost:4010'],
])('%s is a server on this machine', (url, server) => {
  expect(checkServerUrl(url)).toEqual({ server });
});

test.each([
  ['', 'not a URL'],
  ['127.0.0.1:4010', 'not a URL'],
  ['localhost:4010', 'not a URL'],
  ['javascript:alert(1)', 'not a URL'],
  ['https://127.0.0.1:4010', 'https'],
  ['http://[::1]:4010', 'IPv6'],
  ['http://0.0.0.0:4010', 'only to this machine'],
  ['http://api.example.com', 'only to this machine'],
  ['http://127.0.0.1.example.com', 'only to this machine'],
  ['http://localhost.example.com', 'only to this machine'],
  ['http://127.0.0.1@example.com', 'only to this machine'],
  ['http://127.0.0.2:4010', 'only to this machine'],
  ['http://user:secret@localhost', 'user name'],
  ['http://localhost/?key=secret', 'query'],
])('%j is refused', (url, reason) => {
  const checked = checkServerUrl(url);
  expect(checked).toEqual({ error: expect.stringContaining(reason) });
  expect(JSON.stringify(checked)).not.toContain('secret');
});

test.each([
  [{ type: 'http', scheme: 'basic' }, { Authorization: 'Basic c8O8c3M6' }],
  [{ type: 'http', scheme: 'bearer' }, { Authorization: 'Bearer süss' }],
  [{ type: 'apiKey', in: 'header', name: 'Authorization' }, { Authorization: 'Token token="süss"' }],
  [{ type: 'apiKey', in: 'header', name: 'X-Key' }, { 'X-Key': 'süss' }],
])('the key is sent as the scheme %j says', (scheme, headers) => {
  const request = { method: 'GET', target: '/', headers: {}, body: undefined };
  expect(addKey(request, [scheme], 'süss').headers).toEqual(headers);
  expect(addKey(request, [scheme], '')).toBe(request);
});

test('a key in the query follows other parameters', () => {
  const scheme = { type: 'apiKey', in: 'query', name: 'key' };
  const request = { method: 'GET', target: '/a?b=c', headers: {}, body: undefined };
  expect(addKey(request, [scheme], 'd&e').target).toBe('/a?b=c&key=d%26e');
});
