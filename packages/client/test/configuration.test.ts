import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { SERVER_URL } from '../src/generated/openapi.ts';
import { createClient, FirstOfficerError } from '../src/index.ts';
import { localServer } from './local-server.ts';

test("calls go to the description's server unless told otherwise", async () => {
  let url = '';
  const fetch = async (request: Request) => {
    url = request.url;
    return new Response('{"object":"customer"}');
  };
  await createClient({ token: 'key', fetch }).customers.retrieve('cus_1234ABCD');

  expect(url).toBe(`${SERVER_URL}/v2/customers/cus_1234ABCD`);
});

test.each([
  ['basic', 'Basic c2VzYW1lOg=='],
  ['token', 'Token token="sesame"'],
] as const)('the form %s sends %s', async (auth, expected) => {
  let received: string | undefined;
  const baseUrl = await localServer(({ headers }, response) => {
    received = headers.authorization;
    response.end('{"object":"customer"}');
  });
  await createClient({ token: 'sesame', auth, baseUrl }).customers.retrieve('cus_1234ABCD');

  expect(received).toBe(expected);
});

describe('a key that cannot be one is refused at once, unsaid', () => {
  test.each([
    ['', 'basic'],
    [' ', 'basic'],
    ['se same', 'basic'],
    ['sésame', 'basic'],
    ['sesame\n', 'token'],
    ['se:same', 'basic'],
    ['se"same', 'token'],
    ['se,same', 'token'],
    ['se\\same', 'token'],
    [undefined, 'basic'],
  ] as const)('%j as %s', (token, auth) => {
    const create = () => createClient({ token: token as string, auth });

    expect(create).toThrow(FirstOfficerError);
    expect(create).toThrow(expect.objectContaining({ code: 'invalid_argument' }));
    expect(create).not.toThrow('same');
  });
});

test('a form of the key that there is none is refused at once', () => {
  const create = () => createClient({ token: 'key', auth: 'bearer' as 'token' });

  expect(create).toThrow(
    expect.objectContaining({ code: 'invalid_argument', message: expect.stringContaining('auth') }),
  );
});

test.each([
  '',
  'api.firstofficer.io',
  '/v2',
  'ftp://api.firstofficer.io',
  'https://',
  'https://sesame:@api.firstofficer.io',
  'https://api.firstofficer.io?v=2',
  'https://api.firstofficer.io#v2',
  new URL('https://api.firstofficer.io'),
])('the base URL %s is refused at once', (baseUrl) => {
  expect(() => createClient({ token: 'key', baseUrl: baseUrl as string })).toThrow(
    expect.objectContaining({ code: 'invalid_argument' }),
  );
});

describe('the key is on nothing that can be printed', () => {
  const secrets = ['sesame', btoa('sesame:')];
  const printed = (value: unknown) => inspect(value, { depth: Infinity, showHidden: true }) + JSON.stringify(value);

  test('not on the client', () => {
    const text = printed(createClient({ token: 'sesame' }));

    for (const secret of secrets) expect(text).not.toContain(secret);
  });

  test.each([
    ['an HTTP error', 503],
    ['a network error', 0],
  ])('not on %s', async (_, status) => {
    const baseUrl = await localServer((_request, response) => {
      if (status) response.writeHead(status).end('{}');
      else response.destroy();
    });
    const error = await createClient({ token: 'sesame', baseUrl })
      .customers.retrieve('x')
      .catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(FirstOfficerError);
    for (const secret of secrets) expect(printed(error)).not.toContain(secret);
  });
});
