import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { createClient, FirstOfficerError } from '../src/index.ts';
import { localServer } from './local-server.ts';

async function failureOf(respond: (response: ServerResponse) => void): Promise<FirstOfficerError> {
  const baseUrl = await localServer((_, response) => respond(response));
  const error = await createClient({ token: 'key', baseUrl })
    .customers.retrieve('cus_1234ABCD')
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(FirstOfficerError);
  return error as FirstOfficerError;
}

describe('a success that is no customer is invalid_response', () => {
  test.each([
    ['HTML', '<!doctype html><title>Hello</title>'],
    ['an empty body', ''],
    ['JSON that is cut off', '{"object":"custo'],
    ['null', 'null'],
    ['a list', '[{"object":"customer"}]'],
    ['a string', '"customer"'],
    ['an empty object', '{}'],
    ['another object', '{"object":"list","data":[]}'],
    ['an error', '{"error":{"message":"No."}}'],
  ])('%s', async (_, body) => {
    expect(await failureOf((response) => response.end(body))).toMatchObject({ code: 'invalid_response', status: 200 });
  });

  test('no content', async () => {
    expect(await failureOf((response) => response.writeHead(204).end())).toMatchObject({
      code: 'invalid_response',
      status: 204,
    });
  });
});

describe('an error keeps its status whatever its body', () => {
  test.each([
    [502, '<html>Bad Gateway</html>', 'http'],
    [429, '{"error":"slow down"}', 'http'],
    [404, '', 'not_found'],
    [401, '[]', 'unauthorized'],
    [400, '{"error":{"message":""}}', 'invalid_request'],
  ] as const)('%i %j', async (status, body, code) => {
    expect(await failureOf((response) => response.writeHead(status).end(body))).toMatchObject({
      code,
      status,
      type: undefined,
      param: undefined,
      message: `FirstOfficer answered with HTTP status ${status}.`,
    });
  });
});

describe('no response, or half of one, is a network error with its cause', () => {
  test('a connection that is closed', async () => {
    const error = await failureOf((response) => response.destroy());

    expect(error).toMatchObject({ code: 'network', status: undefined });
    expect(error.cause).toBeInstanceOf(Error);
  });

  test('a body that breaks off', async () => {
    const error = await failureOf((response) => {
      response.writeHead(200, { 'Content-Length': 100 }).write('{', () => response.destroy());
    });

    expect(error).toMatchObject({ code: 'network' });
  });
});

describe('an identifier that no URL can carry is invalid_argument, and nothing is sent', () => {
  test.each(['', '.', '..', '\ud800', 'a\udc00b', undefined, 1340573])('%j', async (identifier) => {
    const { customers } = createClient({ token: 'key', fetch: () => expect.unreachable('nothing should be sent') });

    await expect(customers.retrieve(identifier as string)).rejects.toMatchObject({ code: 'invalid_argument' });
  });
});
