import { describe, expect, test } from 'vitest';
import { formatErrors, KEY, type ReceivedRequest, verifyDescription } from '../verify.ts';

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

describe('the right key is not reported as a wrong one', () => {
  test.for([
    ['with spaces around it, in Authorization', '{ bearer: [] }', bearer],
    ['with spaces around it, in X-API-Key', '{ header: [] }', header],
    ['with spaces around it, in a cookie', '{ cookie: [] }', cookie],
    ['in the query, by its documented name', '{ query: [] }', query],
  ] as const)('%s', async ([, security, form], context) => {
    const { found, received } = await verifyDescription(
      context,
      { only: ['ignored_auth'], description: describeGet(security) },
      accepting(form),
    );

    expect(formatErrors(found)).toEqual([]);
    expect(received.length).toBeGreaterThan(10);
  });

  test('in another documented form', async (context) => {
    const description = describeGet('{ bearer: [] }, { header: [] }, { cookie: [] }, { query: [] }');
    const server = accepting(bearer, header, cookie, query);

    expect(
      formatErrors((await verifyDescription(context, { only: ['ignored_auth'], description }, server)).found),
    ).toEqual([]);
  });

  test('unless its form is undocumented', async (context) => {
    const server = accepting(bearer, header);
    const { found } = await verifyDescription(
      context,
      { only: ['ignored_auth'], description: describeGet('{ bearer: [] }') },
      server,
    );

    expect(formatErrors(found)).toEqual(['bearer: the key in X-API-Key: status 200 for GET']);
  });
});

describe('operations of one description that need the key in different forms', () => {
  const only = ['accepted_auth', 'ignored_auth'];
  const responses = "responses: { '200': { description: In. }, '401': { description: Out. } }";
  const description = `
paths:
  /by-header: { get: { security: [{ header: [] }], ${responses} } }
  /by-query: { get: { security: [{ query: [] }], ${responses} } }
${COMPONENTS}`;

  test('get it in their own form', async (context) => {
    const { found } = await verifyDescription(context, { only, description }, (request) =>
      accepting(request.url.pathname === '/by-header' ? header : query)(request),
    );

    expect(formatErrors(found)).toEqual([]);
  });

  test('must reject the form of the other operation', async (context) => {
    const { found } = await verifyDescription(context, { only, description }, accepting(header, query));

    expect(formatErrors(found)).toEqual(['the key in the query as api_key: status 200 for GET']);
  });
});

test('a wrong key may get 403 if both 401 and 403 are documented', async (context) => {
  const description = describeGet(
    '{ header: [] }',
    "'200': { description: In. }, '401': &o { description: Out. }, '403': *o",
  );
  const server = (request: ReceivedRequest) => (header(request) === KEY ? {} : { status: header(request) ? 403 : 401 });

  expect(
    formatErrors((await verifyDescription(context, { only: ['ignored_auth'], description }, server)).found),
  ).toEqual([]);
});

test('an unsafe request need not succeed twice, but its key must be accepted', async (context) => {
  const description = `
paths: { /me: { delete: { security: [{ header: [] }, { cookie: [] }, { query: [] }], responses: { '204': { description: Gone. } } } } }
${COMPONENTS}`;
  let deleted = false;
  const { found } = await verifyDescription(context, { only: ['accepted_auth'], description }, (request) => {
    if (header(request) !== KEY && cookie(request) !== KEY) return { status: 401 };
    const status = deleted ? 404 : 204;
    deleted = true;
    return { status };
  });

  expect(formatErrors(found)).toEqual(['query: the right key: status 401']);
});

test('two required keys are sent together, and all cookies in one header', async (context) => {
  const description = `
paths:
  /me:
    get:
      security: [{ cookie: [], query: [] }]
      parameters: [{ name: theme, in: cookie, required: true, schema: { type: string, enum: [dark] } }]
      responses: { '200': { description: In. } }
${COMPONENTS}`;
  const { received } = await verifyDescription(context, { only: ['header_independence'], description }, () => ({}));

  expect(received[0]?.url.search).toBe(`?api_key=${KEY}`);
  expect(new Set(received.map(({ headers }) => headers.cookie))).toEqual(new Set([`theme=dark; token=${KEY}`]));
});
