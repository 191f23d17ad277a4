import { afterEach, describe, expect, test, vi } from 'vitest';
import { SERVER_URL } from '../src/generated/openapi.ts';
import { type ClientOptions, createClient, FirstOfficerError } from '../src/index.ts';
import { startRecorder } from './support.ts';

const CUSTOMER = '{"object":"customer"}';

/** Returns the URL that a client with these options sends its request to. */
async function recordUrl(options: Partial<ClientOptions>): Promise<string> {
  const fetch = vi.fn(async (_url: string) => new Response(CUSTOMER));
  await createClient({ token: 'key', fetch, ...options }).customers.retrieve('cus_1234ABCD');
  return fetch.mock.lastCall?.[0] ?? '';
}

test('the default base URL is the first server of the description', async () => {
  expect(await recordUrl({})).toBe(`${SERVER_URL}/v2/customers/cus_1234ABCD`);
});

test.each([
  ['https://api.example.com', 'https://api.example.com/v2/customers/cus_1234ABCD'],
  ['https://api.example.com/', 'https://api.example.com/v2/customers/cus_1234ABCD'],
  ['https://api.example.com/metrics', 'https://api.example.com/metrics/v2/customers/cus_1234ABCD'],
  ['https://api.example.com/metrics/', 'https://api.example.com/metrics/v2/customers/cus_1234ABCD'],
  [new URL('https://api.example.com'), 'https://api.example.com/v2/customers/cus_1234ABCD'],
  ['http://localhost:4010', 'http://localhost:4010/v2/customers/cus_1234ABCD'],
  ['http://api.localhost', 'http://api.localhost/v2/customers/cus_1234ABCD'],
  ['http://127.0.0.1:4010', 'http://127.0.0.1:4010/v2/customers/cus_1234ABCD'],
  ['http://127.8.9.10', 'http://127.8.9.10/v2/customers/cus_1234ABCD'],
  ['http://[::1]:4010', 'http://[::1]:4010/v2/customers/cus_1234ABCD'],
])('the base URL %s is valid', async (baseUrl, url) => {
  expect(await recordUrl({ baseUrl })).toBe(url);
});

test.each([
  '',
  'api.firstofficer.io',
  '/v2',
  'ftp://api.firstofficer.io',
  'https://',
  'https://sesame:@api.firstofficer.io',
  'https://api.firstofficer.io?v=2',
  'https://api.firstofficer.io?',
  'https://api.firstofficer.io#v2',
  'http://api.firstofficer.io',
  'http://127.0.0.1.example.com',
  'http://localhost.example.com',
  'http://notlocalhost',
  'http://localhost@example.com',
  'http://10.0.0.1',
  'http://[::2]',
  null,
  42,
  Symbol('url'),
])('the base URL %s is invalid', (baseUrl) => {
  // JavaScript callers can pass any value.
  expect(() => createClient({ token: 'key', baseUrl: baseUrl as unknown as string })).toThrow(
    expect.objectContaining({ code: 'invalid_argument', param: 'baseUrl' }),
  );
});

test.each([
  ['basic', 'Basic c2VzYW1lOg=='],
  ['token', 'Token token="sesame"'],
] as const)('auth %s sends %s', async (auth, authorization) => {
  const { baseUrl, requests } = await startRecorder();
  await createClient({ token: 'sesame', auth, baseUrl }).customers.retrieve('cus_1234ABCD');

  expect(requests).toMatchObject([{ headers: { authorization } }]);
});

describe('createClient throws for an invalid key, and the message does not contain the key', () => {
  test.each([
    ['', 'basic'],
    [' ', 'basic'],
    ['se same', 'basic'],
    ['sésame', 'basic'],
    ['🔑same', 'basic'],
    ['🔑same', 'token'],
    ['se\x7fsame', 'basic'],
    ['sesame\n', 'token'],
    ['sesa\0me', 'token'],
    ['se:same', 'basic'],
    ['se"same', 'token'],
    ['se,same', 'token'],
    ['se\\same', 'token'],
    [undefined, 'basic'],
    [null, 'token'],
    [true, 'basic'],
    [123, 'token'],
    [['same'], 'token'],
  ] as const)('%j as %s', (token, auth) => {
    // JavaScript callers can pass any value.
    const create = () => createClient({ token: token as unknown as string, auth });

    expect(create).toThrow(FirstOfficerError);
    expect(create).toThrow(expect.objectContaining({ code: 'invalid_argument', param: 'token' }));
    expect(create).not.toThrow('same');
  });
});

test.each([
  ["!#$%&'()*+-./09:;<=>?@AZ[]^_`az{|}~", 'token'],
  ['!"#$%&\'()*+,-./09;<=>?@AZ[\\]^_`az{|}~', 'basic'],
] as const)('all other printable characters are valid in a key: %s as %s', (token, auth) => {
  expect(() => createClient({ token, auth })).not.toThrow();
});

test('createClient throws for an unknown value of auth', () => {
  expect(() => createClient({ token: 'key', auth: 'bearer' as 'token' })).toThrow(
    expect.objectContaining({ code: 'invalid_argument', param: 'auth' }),
  );
});

describe('limits out of range are invalid', () => {
  const limits = [
    { timeout: 0 },
    { timeout: -1 },
    { timeout: Number.NaN },
    { timeout: Number.POSITIVE_INFINITY },
    { timeout: 2 ** 31 },
    { maxRetries: -1 },
    { maxRetries: Number.NaN },
  ];

  test.each(limits)('%j of a client throws', (options) => {
    expect(() => createClient({ token: 'key', ...options })).toThrow(
      expect.objectContaining({ code: 'invalid_argument', param: Object.keys(options)[0] }),
    );
  });

  test.each(limits)('%j of a call rejects before anything is sent', async (options) => {
    const fetch = vi.fn(async () => new Response(CUSTOMER));
    const { customers } = createClient({ token: 'key', fetch });

    await expect(customers.retrieve('cus_1234ABCD', options)).rejects.toMatchObject({
      code: 'invalid_argument',
      param: Object.keys(options)[0],
    });
    expect(fetch).not.toHaveBeenCalled();
  });
});

describe('in a browser', () => {
  afterEach(() => vi.unstubAllGlobals());

  test('createClient throws', () => {
    vi.stubGlobal('document', {});

    expect(() => createClient({ token: 'key' })).toThrow(
      expect.objectContaining({ code: 'invalid_argument', param: 'dangerouslyAllowBrowser' }),
    );
  });

  test('createClient succeeds with dangerouslyAllowBrowser', () => {
    vi.stubGlobal('document', {});

    expect(() => createClient({ token: 'key', dangerouslyAllowBrowser: true })).not.toThrow();
  });
});

test('a global fetch that is replaced later is used', async () => {
  const { customers } = createClient({ token: 'key' });
  vi.stubGlobal('fetch', async () => new Response('{"object":"customer","id":7}'));

  await expect(customers.retrieve('cus_1234ABCD')).resolves.toMatchObject({ id: 7 });
  vi.unstubAllGlobals();
});

test.each(['fetch', 'onRetry', 'validate'] as const)('createClient throws if %s is not a function', (name) => {
  for (const value of [null, true, 'x', {}]) {
    expect(() => createClient({ token: 'key', [name]: value })).toThrow(
      expect.objectContaining({ code: 'invalid_argument', param: name }),
    );
  }
});

test('a fetch that changes the headers of a call does not affect later calls', async () => {
  const keys: unknown[] = [];
  const { customers } = createClient({
    token: 'key',
    fetch: async (_, { headers }) => {
      keys.push({ ...(headers as Record<string, string>) });
      delete (headers as Record<string, string>).Authorization;
      return new Response(CUSTOMER);
    },
  });
  await customers.retrieve('x');
  await customers.retrieve('x');

  expect(keys).toEqual([{ Authorization: 'Basic a2V5Og==' }, { Authorization: 'Basic a2V5Og==' }]);
});
