import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
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
  {},
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

test.each([[], [undefined], [null], [7], ['key'], [true], [[]], [() => {}]])(
  'createClient(%j) throws invalid_argument for the token',
  (...options) => {
    const create = createClient as (...options: unknown[]) => unknown;

    expect(() => create(...options)).toThrow(expect.objectContaining({ code: 'invalid_argument', param: 'token' }));
  },
);

test.each([null, '5', '', true, 2n, Symbol('a'), {}, [1], 0, -1, Number.NaN])(
  'maxResponseBytes %o is invalid',
  (value) => {
    expect(() => createClient({ token: 'key', maxResponseBytes: value as number })).toThrow(
      expect.objectContaining({ code: 'invalid_argument', param: 'maxResponseBytes' }),
    );
  },
);

describe('limits out of range are invalid', () => {
  const limits = [
    { timeout: 0 },
    { timeout: -1 },
    { timeout: Number.NaN },
    { timeout: Number.POSITIVE_INFINITY },
    { timeout: 2 ** 31 },
    { maxRetries: -1 },
    { maxRetries: Number.NaN },
    { maxRetries: 1.5 },
    { timeout: 0.5 },
    { maxRetries: Number.POSITIVE_INFINITY },
    // JavaScript callers can pass any value.
    ...[null, '5', '', true, 2n, Symbol('a'), {}, [1], new Date(1)].flatMap((value) => [
      { timeout: value as number },
      { maxRetries: value as number },
    ]),
  ];

  test.each(limits)('%o of a client throws', (options) => {
    expect(() => createClient({ token: 'key', ...options })).toThrow(
      expect.objectContaining({ code: 'invalid_argument', param: Object.keys(options)[0] }),
    );
  });

  test.each(limits)('%o of a call rejects before anything is sent', async (options) => {
    const fetch = vi.fn(async () => new Response(CUSTOMER));
    const { customers } = createClient({ token: 'key', fetch });

    await expect(customers.retrieve('cus_1234ABCD', options)).rejects.toMatchObject({
      code: 'invalid_argument',
      param: Object.keys(options)[0],
    });
    expect(fetch).not.toHaveBeenCalled();
  });
});

describe('in a browser page', () => {
  // A bundler may add `process` to a page, without versions.
  const processes = [undefined, {}, { versions: {} }];

  beforeEach(() => vi.stubGlobal('document', {}));
  afterEach(() => vi.unstubAllGlobals());

  /** Creates a client while `process` has another value, which vitest itself needs afterwards. */
  function createIn(process: unknown, options: Partial<ClientOptions> = {}) {
    vi.stubGlobal('process', process);
    try {
      return createClient({ token: 'SecretKey0123', ...options });
    } finally {
      vi.unstubAllGlobals();
    }
  }

  test.each(processes)('createClient throws if process is %j', (process) => {
    expect(() => createIn(process)).toThrow(
      expect.objectContaining({
        code: 'invalid_argument',
        param: 'dangerouslyAllowBrowser',
        message: 'dangerouslyAllowBrowser must be true in a browser, where users can read the key.',
      }),
    );
  });

  test.each(processes)('createClient succeeds with dangerouslyAllowBrowser if process is %j', (process) => {
    expect(() => createIn(process, { dangerouslyAllowBrowser: true })).not.toThrow();
  });

  test('a test in Node that simulates a page, for example with jsdom, is no browser page', () => {
    expect(() => createIn(process)).not.toThrow();
  });
});

test('without a global fetch, a call rejects with invalid_argument at once', async () => {
  vi.stubGlobal('fetch', undefined);
  const { customers } = createClient({ token: 'key', onRetry: () => expect.unreachable() });
  const error = await customers.retrieve('x').catch((reason: unknown) => reason);
  vi.unstubAllGlobals();

  expect(error).toMatchObject({
    code: 'invalid_argument',
    param: 'fetch',
    message: 'fetch must be a function that returns a Response.',
  });
});

test.each([undefined, null, 'text', {}, { ok: false, status: 500, text: async () => '' }])(
  'a fetch that resolves with %j rejects with invalid_argument at once',
  async (response) => {
    const fetch = vi.fn(async () => response as unknown as Response);
    const { customers } = createClient({ token: 'key', fetch });

    await expect(customers.retrieve('x')).rejects.toMatchObject({ code: 'invalid_argument', param: 'fetch' });
    expect(fetch).toHaveBeenCalledOnce();
  },
);

describe('where URL is not complete', () => {
  // React Native has only `href` of these, and does not check or normalize the URL.
  class PartialUrl {
    readonly href: string;

    constructor(url: string | URL) {
      this.href = String(url);
    }

    get origin(): string {
      throw new Error('URL.origin is not implemented');
    }

    get pathname(): string {
      throw new Error('URL.pathname is not implemented');
    }
  }

  afterEach(() => vi.unstubAllGlobals());

  test.each(['https://api.example.com', 'http://127.0.0.1:4010/'])('the base URL %s is valid', async (baseUrl) => {
    vi.stubGlobal('URL', PartialUrl);

    expect(await recordUrl({ baseUrl })).toBe(`${baseUrl.replace(/\/$/, '')}/v2/customers/cus_1234ABCD`);
  });

  test.each(['', 'api.firstofficer.io', 'ftp://x', 'http://10.0.0.1', 'https://key@example.com', 'https://x?y'])(
    'the base URL %s is invalid',
    (baseUrl) => {
      vi.stubGlobal('URL', PartialUrl);

      expect(() => createClient({ token: 'key', baseUrl })).toThrow(
        expect.objectContaining({ code: 'invalid_argument', param: 'baseUrl' }),
      );
    },
  );
});

test('a global fetch that is replaced later is used', async () => {
  const { customers } = createClient({ token: 'key' });
  vi.stubGlobal('fetch', async () => new Response('{"object":"customer","id":7}'));

  await expect(customers.retrieve('cus_1234ABCD')).resolves.toMatchObject({ id: 7 });
  vi.unstubAllGlobals();
});

const FUNCTIONS = ['fetch', 'onDeprecation', 'onRequest', 'onResponse', 'onRetry', 'validate'] as const;

test.each(FUNCTIONS)('createClient throws if %s is not a function', (name) => {
  for (const value of [null, true, 'x', {}]) {
    expect(() => createClient({ token: 'key', [name]: value })).toThrow(
      expect.objectContaining({ code: 'invalid_argument', param: name, message: `${name} must be a function.` }),
    );
  }
});

test('a fetch that changes the headers of a call does not affect later calls', async () => {
  const keys: unknown[] = [];
  const { customers } = createClient({
    token: 'key',
    fetch: async (_, { headers }) => {
      keys.push(headers.Authorization);
      delete headers.Authorization;
      return new Response(CUSTOMER);
    },
  });
  await customers.retrieve('x');
  await customers.retrieve('x');

  expect(keys).toEqual(['Basic a2V5Og==', 'Basic a2V5Og==']);
});
