import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { documentedError, pathOf } from './description.ts';
import { runningMock, send } from './running-mock.ts';

describe('an identifier that cannot be read gets the documented 400', () => {
  test.each([
    ['broken percent-encoding', '%ZZ'],
    ['percent-encoding that is cut off', '%4'],
    ['percent-encoding of no UTF-8', '%FF'],
    ['nothing', ''],
    ['1,025 characters', 'x'.repeat(1025)],
    ['8,192 encoded characters', '%C3%A4'.repeat(8192)],
  ])('%s', async (_, identifier) => {
    const mock = await runningMock();
    const answer = await send(mock, `/v2/customers/${identifier}`);

    expect(answer.status).toBe(400);
    expect(answer.json).toEqual(documentedError('400'));
    expect((await send(mock, pathOf('stripe_id'))).status, 'the mock serves on').toBe(200);
  });
});

test.each([
  ['1,024 characters', 'x'.repeat(1024)],
  ['1,024 characters of four bytes each', encodeURIComponent('🦆'.repeat(1024))],
  ['a NUL', '%00'],
  ['a line break', '%0A'],
  ['regular expressions and templates', encodeURIComponent('{customer}(.*)$&')],
  ['a slash', 'a%2Fb'],
])('an identifier of %s can be read, and is unknown', async (_, identifier) => {
  const answer = await send(await runningMock(), `/v2/customers/${identifier}`);

  expect(answer.status).toBe(404);
  expect(answer.json).toEqual(documentedError('404'));
});

test('what is not HTTP gets a 400 and does no harm', async () => {
  const mock = await runningMock();
  const { hostname, port } = new URL(mock.url);
  const socket = connect(Number(port), hostname);
  const received = socket.setEncoding('utf8').toArray();
  socket.write('no HTTP at all\r\n\r\n');

  expect((await received).join('')).toContain(' 400 ');
  expect((await send(mock, pathOf('stripe_id'))).status).toBe(200);
});
