import { describe, expect, test } from 'vitest';
import { KEY, type ReceivedRequest, verifyDescription } from '../verify.ts';

const COMPONENTS = `
components:
  securitySchemes:
    bearer: { type: http, scheme: bearer }
    header: { type: apiKey, in: header, name: X-API-Key }
    query: { type: apiKey, in: query, name: api_key }
    cookie: { type: apiKey, in: cookie, name: token }
`;

const describeGet = (security: string, responses = "'200': { description: In. }, '401': { description: Out. }") =>
  `paths: { /me: { get: { security: [${security}], responses: { ${responses} } } } }${COMPONENTS}`;

/** Returns a server that trims header values and accepts the key in the given forms. */
const accepting = (...forms: readonly ((request: ReceivedRequest) => unknown)[]) => {
  return (request: ReceivedRequest) => (forms.some((form) => form(request) === KEY) ? {} : { status: 401 });
};
const bearer = ({ headers }: ReceivedRequest) => /^bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
const header = ({ headers }: ReceivedRequest) => headers['x-api-key'];
const query = ({ url }: ReceivedRequest) => url.searchParams.get('api_key');
const cookie = ({ headers }: ReceivedRequest) => /^ *token *= *(\S+) *$/.exec(headers.cookie ?? '')?.[1];

describe('ignored_auth does not report the right key', () => {
  test.for([
    ['with spaces around it, in Authorization', '{ bearer: [] }', bearer],
    ['with spaces around it, in X-API-Key', '{ header: [] }', header],
    ['with spaces around it, in a cookie', '{ cookie: [] }', cookie],
    ['in the query, by its documented name', '{ query: [] }', query],
  ] as const)('%s', async ([, security, form], context) => {
    const trial = { only: ['ignored_auth'], description: describeGet(security), answer: accepting(form) };
    const { errors, received } = await verifyDescription(context, trial);

    expect(errors).toEqual([]);
    expect(received.length).toBeGreaterThan(10);
  });

  test('in another documented form', async (context) => {
    const description = describeGet('{ bearer: [] }, { header: [] }, { cookie: [] }, { query: [] }');
    const answer = accepting(bearer, header, cookie, query);

    expect((await verifyDescription(context, { only: ['ignored_auth'], description, answer })).errors).toEqual([]);
  });

  test.for([
    ['firstofficer', 'error'],
    ['generic', 'note'],
  ] as const)(
    'unless its form is undocumented: in the profile %s, that is a %s',
    async ([profile, severity], context) => {
      const { found } = await verifyDescription(context, {
        only: ['ignored_auth'],
        profile,
        description: describeGet('{ bearer: [] }'),
        answer: accepting(bearer, header),
      });

      expect(found).toMatchObject([
        { testCase: 'bearer: the key in X-API-Key', actual: 'status 200 for GET', severity },
      ]);
    },
  );
});

describe('two operations of one description that document different forms of the key', () => {
  const only = ['accepted_auth', 'ignored_auth'];
  const responses = "responses: { '200': { description: In. }, '401': { description: Out. } }";
  const description = `
paths:
  /by-header: { get: { security: [{ header: [] }], ${responses} } }
  /by-query: { get: { security: [{ query: [] }], ${responses} } }
${COMPONENTS}`;

  test('get the key in their own form', async (context) => {
    const answer = (request: ReceivedRequest) =>
      accepting(request.url.pathname === '/by-header' ? header : query)(request);

    expect((await verifyDescription(context, { only, description, answer })).errors).toEqual([]);
  });

  test('must reject the key in the form of the other operation', async (context) => {
    const { found } = await verifyDescription(context, { only, description, answer: accepting(header, query) });

    expect(found).toMatchObject([{ testCase: 'the key in the query as api_key', severity: 'note' }]);
  });
});

test('a wrong key may get 403 if both 401 and 403 are documented', async (context) => {
  const responses = "'200': { description: In. }, '401': &o { description: Out. }, '403': *o";
  const { errors } = await verifyDescription(context, {
    only: ['ignored_auth'],
    description: describeGet('{ header: [] }', responses),
    answer: (request) => (header(request) === KEY ? {} : { status: header(request) ? 403 : 401 }),
  });

  expect(errors).toEqual([]);
});

test('accepted_auth allows a repeated unsafe request to fail, but not because of its key', async (context) => {
  let isDeleted = false;
  const { errors } = await verifyDescription(context, {
    only: ['accepted_auth'],
    description: `
paths: { /me: { delete: { security: [{ header: [] }, { cookie: [] }, { query: [] }], responses: { '204': { description: Gone. } } } } }
${COMPONENTS}`,
    answer(request) {
      if (header(request) !== KEY && cookie(request) !== KEY) return { status: 401 };
      const status = isDeleted ? 404 : 204;
      isDeleted = true;
      return { status };
    },
  });

  expect(errors).toEqual(['query: the right key: status 401']);
});

test('two required keys are sent together, and all cookies in one header', async (context) => {
  const { received } = await verifyDescription(context, {
    only: ['header_independence'],
    description: `
paths:
  /me:
    get:
      security: [{ cookie: [], query: [] }]
      parameters: [{ name: theme, in: cookie, required: true, schema: { type: string, enum: [dark] } }]
      responses: { '200': { description: In. } }
${COMPONENTS}`,
  });

  expect(received[0]?.url.search).toBe(`?api_key=${KEY}`);
  expect(new Set(received.map(({ headers }) => headers.cookie))).toEqual(new Set([`theme=dark; token=${KEY}`]));
});

describe('with a key for each security scheme', () => {
  const keys = { bearer: 'bearer-sesame', header: 'header-sesame', cookie: 'cookie-sesame', query: 'query-sesame' };
  const only = ['accepted_auth', 'ignored_auth'];
  const responses = "responses: { '200': { description: In. }, '401': { description: Out. } }";
  const has = {
    bearer: (request: ReceivedRequest) => bearer(request) === keys.bearer,
    header: (request: ReceivedRequest) => header(request) === keys.header,
    cookie: ({ headers }: ReceivedRequest) => headers.cookie?.split('; ').includes(`token=${keys.cookie}`),
    query: (request: ReceivedRequest) => query(request) === keys.query,
  };
  const description = `
paths:
  /both: { get: { security: [{ bearer: [], header: [] }], ${responses} } }
  /cookies: { get: { security: [{ cookie: [], session: [] }], ${responses} } }
  /either: { get: { security: [{ header: [] }, { query: [] }], ${responses} } }
${COMPONENTS}    session: { type: apiKey, in: cookie, name: session }`;
  const correct = (request: ReceivedRequest) => {
    const isSession = request.headers.cookie?.split('; ').includes('session=session-sesame');
    const isIn = {
      '/both': has.bearer(request) && has.header(request),
      '/cookies': has.cookie(request) && isSession,
      '/either': has.header(request) || has.query(request),
    }[request.url.pathname];
    return isIn ? {} : { status: 401 };
  };
  const trial = { only, keys: { ...keys, session: 'session-sesame' }, description };

  test('each operation gets the keys that it requires', async (context) => {
    const { errors, report, received } = await verifyDescription(context, { ...trial, answer: correct });

    expect(errors).toEqual([]);
    expect(report.coverage.flatMap(({ securitySchemes }) => securitySchemes).every(({ times }) => times > 0)).toBe(
      true,
    );
    // RFC 6265, 5.4: all cookies are in one header.
    expect(received.map(({ headers }) => headers.cookie)).toContain('token=cookie-sesame; session=session-sesame');
  });

  test.for([
    ['bearer', 'header'],
    ['header', 'bearer'],
  ] as const)('a server that ignores the key of %s is reported', async ([ignored, other], context) => {
    const { errors } = await verifyDescription(context, {
      ...trial,
      only: ['ignored_auth'],
      answer: (request) => (request.url.pathname === '/both' && has[other](request) ? {} : correct(request)),
    });

    expect(errors).toEqual([`the other keys without that of ${ignored}: status 200 for GET`]);
  });

  test('different keys may get different responses', async (context) => {
    const { errors } = await verifyDescription(context, {
      ...trial,
      answer: (request) => {
        const isStaff = request.url.pathname === '/either' && has.query(request);
        return isStaff ? { body: { secret: true } } : correct(request);
      },
    });

    expect(errors).toEqual([]);
  });

  test('an alternative without a key is not used', async (context) => {
    const { errors, received } = await verifyDescription(context, {
      only,
      keys: { query: keys.query },
      exclude: ['/both', '/cookies'],
      description,
      answer: correct,
    });

    expect(errors).toEqual([]);
    expect(received.some(has.query)).toBe(true);
  });
});

test('the key of an apiKey in Authorization is the whole header if it is given for the scheme', async (context) => {
  const { errors, received } = await verifyDescription(context, {
    only: ['accepted_auth', 'ignored_auth'],
    keys: { raw: 'ApiKey sesame-open' },
    description: `paths: { /me: { get: { security: [{ raw: [] }], responses: { '200': { description: In. }, '401': { description: Out. } } } } }
components: { securitySchemes: { raw: { type: apiKey, in: header, name: Authorization } } }`,
    answer: ({ headers }) => (headers.authorization === 'ApiKey sesame-open' ? {} : { status: 401 }),
  });

  expect(errors).toEqual([]);
  expect(received.map(({ headers }) => headers.authorization)).toContain('ApiKey sesame-open');
});

test('the key of HTTP Basic is a user and a password', async (context) => {
  const { errors } = await verifyDescription(context, {
    only: ['accepted_auth', 'ignored_auth', 'credentials_disclosure'],
    keys: { basic: 'jane@example.com:sesame-open' },
    description: `paths: { /me: { get: { security: [{ basic: [] }], responses: { '200': { description: In. }, '401': { description: Out. } } } } }
components: { securitySchemes: { basic: { type: http, scheme: basic } } }`,
    // The user name is not a secret.
    answer: ({ headers }) =>
      /^basic (.*)$/i.exec(headers.authorization ?? '')?.[1] === btoa('jane@example.com:sesame-open')
        ? { body: { user: 'jane@example.com' } }
        : { status: 401 },
  });

  expect(errors).toEqual([]);
});

test.for([
  ['Bearer', /^bearer +(\S+)$/i, []],
  [
    'Bearer in exactly this spelling',
    /^Bearer +(\S+)$/,
    ['bearer: the scheme written bearer', 'bearer: the scheme written BEARER'],
  ],
] as const)('accepted_auth with a server that accepts %s', async ([, pattern, reported], context) => {
  const { found } = await verifyDescription(context, {
    only: ['accepted_auth'],
    description: describeGet('{ bearer: [] }'),
    answer: ({ headers }) => (pattern.exec(headers.authorization ?? '')?.[1] === KEY ? {} : { status: 401 }),
  });

  expect(found.map(({ testCase }) => testCase)).toEqual(reported);
});
