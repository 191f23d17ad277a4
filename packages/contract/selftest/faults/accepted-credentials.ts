import type { Fault, FaultGroup } from '../fault.ts';
import { authorize, readBasic, readToken, TOKEN } from '../server/authorization.ts';
import { example, PREFIX } from '../server/description.ts';
import type { Request } from '../server/request.ts';
import { authorizedBy, basic, retrieve, token } from '../test-request.ts';

/** Returns a server that accepts wrong credentials. */
function accepts(
  name: string,
  also: (request: Request, value: string) => boolean,
  triggeredBy: Fault['triggeredBy'],
): Fault {
  return {
    name,
    check: 'ignored_auth',
    variant: { authorize: (request) => authorize(request) || also(request, request.authorization[0] ?? '') },
    ...(triggeredBy && { triggeredBy }),
  };
}

/** Returns a server that accepts keys that are similar to the right one. */
function acceptsKeys(name: string, matches: (key: string) => boolean, key: string): Fault {
  return accepts(name, (_, value) => matches(readToken(value) ?? readBasic(value) ?? ''), authorizedBy(token(key)));
}

/** Parses user name and password leniently. */
export function readLeniently(value: string): readonly string[] {
  const [, encoded = ''] = /^basic *(.*)$/i.exec(value) ?? [];
  return Buffer.from(encoded, 'base64').toString('utf8').split(':');
}

/** Returns a server that accepts the key in the query. */
function acceptsQuery(name: string): Fault {
  return accepts(
    `the key is accepted in the query as ${name}`,
    ({ query }) => new URLSearchParams(query).get(name) === TOKEN,
    {
      method: 'GET',
      target: `${PREFIX}${example('stripe_id')}?${name}=${TOKEN}`,
      headers: {},
    },
  );
}

/** Connections on which a valid key was sent before. */
const known = new WeakSet<object>();

const half = TOKEN.slice(0, TOKEN.length / 2);
const isAuthorizedBy = (value: string, key: string) => (readToken(value) ?? readBasic(value)) === key;
const encodedKey = basic(`${TOKEN}:`);

export const acceptedCredentials: FaultGroup = {
  name: 'accepted credentials',
  faults: [
    accepts('no key is asked for', () => true, authorizedBy(undefined)),
    accepts('any credentials are accepted', (_, value) => value !== '', authorizedBy('Token token="wrong"')),
    accepts('any key is accepted in Basic', (_, value) => /^basic /i.test(value), authorizedBy(basic('wrong:'))),
    accepts('any key is accepted in Token', (_, value) => /^token /i.test(value), authorizedBy(token('wrong'))),
    accepts(
      'any key of the right length is accepted',
      (_, value) => readToken(value)?.length === TOKEN.length,
      authorizedBy(token('x'.repeat(TOKEN.length))),
    ),
    accepts(
      'any key with the right prefix is accepted',
      (_, value) => readToken(value)?.startsWith('sk_') ?? false,
      authorizedBy(token('sk_other')),
    ),
    accepts('an empty key is accepted in Basic', (_, value) => value === basic(':'), authorizedBy(basic(':'))),
    accepts('an empty key is accepted in Token', (_, value) => value === token(''), authorizedBy(token(''))),
    accepts(
      'an empty header is accepted',
      ({ authorization }, value) => authorization.length > 0 && value === '',
      authorizedBy(''),
    ),
    accepts('a scheme alone is accepted', (_, value) => /^(basic|token)$/i.test(value), authorizedBy('Basic')),
    accepts('the key null is accepted', (_, value) => isAuthorizedBy(value, 'null'), authorizedBy(token('null'))),
    accepts(
      'the key undefined is accepted',
      (_, value) => isAuthorizedBy(value, 'undefined'),
      authorizedBy(token('undefined')),
    ),
    accepts(
      "the description's example key is accepted",
      (_, value) => isAuthorizedBy(value, 'YourTokenHere'),
      authorizedBy(token('YourTokenHere')),
    ),
    acceptsKeys('the beginning of the key is accepted', (key) => key !== '' && TOKEN.startsWith(key), half),
    acceptsKeys('what begins with the key is accepted', (key) => key.startsWith(TOKEN), `${TOKEN}x`),
    acceptsKeys('what ends with the key is accepted', (key) => key.endsWith(TOKEN), `x${TOKEN}`),
    acceptsKeys(
      'the key is accepted in upper case',
      (key) => key.toLowerCase() === TOKEN.toLowerCase(),
      TOKEN.toUpperCase(),
    ),
    acceptsKeys('a space around the key is accepted', (key) => key.trim() === TOKEN, ` ${TOKEN} `),
    acceptsKeys('a wildcard is accepted for the key', (key) => key === '%' || key === '*', '%'),
    acceptsKeys('a key of SQL is accepted', (key) => /' or '/i.test(key), "' OR '1'='1"),
    accepts(
      'the key is accepted as the password',
      (_, value) => value === basic(`:${TOKEN}`),
      authorizedBy(basic(`:${TOKEN}`)),
    ),
    accepts(
      'the key is accepted as the password of any user',
      (_, value) => readLeniently(value)[1] === TOKEN,
      authorizedBy(basic(`user:${TOKEN}`)),
    ),
    {
      ...accepts(
        'any password is accepted with the key',
        (_, value) => readLeniently(value)[0] === TOKEN && readLeniently(value)[1] !== undefined,
        authorizedBy(basic(`${TOKEN}:password`)),
      ),
      severity: 'note',
    },
    {
      ...accepts('Basic is accepted without a colon', (_, value) => value === basic(TOKEN), authorizedBy(basic(TOKEN))),
      severity: 'note',
    },
    accepts(
      'Basic is accepted without base64',
      (_, value) => value === `Basic ${TOKEN}:`,
      authorizedBy(`Basic ${TOKEN}:`),
    ),
    accepts(
      'base64 with spaces in it is accepted',
      (_, value) => readLeniently(value)[0] === TOKEN && / .* /.test(value),
      authorizedBy(encodedKey.replace(/(....)$/, ' $1')),
    ),
    accepts(
      'base64 with signs that it does not have is accepted',
      (_, value) => readLeniently(value)[0] === TOKEN && /[!*#]/.test(value),
      authorizedBy(`${encodedKey}!!`),
    ),
    accepts(
      'base64 with garbage after its end is accepted',
      (_, value) => value.startsWith(basic(`${TOKEN}:`)),
      authorizedBy(`${encodedKey}====`),
    ),
    accepts(
      'the key is accepted as Bearer',
      (_, value) => value === `Bearer ${TOKEN}`,
      authorizedBy(`Bearer ${TOKEN}`),
    ),
    accepts(
      'the key is accepted under any scheme',
      (_, value) => value.split(' ')[1]?.includes(TOKEN) ?? false,
      authorizedBy(`Digest ${TOKEN}`),
    ),
    accepts('the key is accepted without a scheme', (_, value) => value === TOKEN, authorizedBy(TOKEN)),
    accepts('the header is searched for the key', (_, value) => value.includes(TOKEN), authorizedBy(`x${TOKEN}x`)),
    accepts(
      'Token with base64 is accepted',
      (_, value) => value === encodedKey.replace('Basic', 'Token'),
      authorizedBy(encodedKey.replace('Basic', 'Token')),
    ),
    accepts(
      'Basic with a quoted token is accepted',
      (_, value) => value === `Basic token="${TOKEN}"`,
      authorizedBy(`Basic token="${TOKEN}"`),
    ),
    accepts(
      'Token with any parameter is accepted',
      (_, value) => /^Token \w+="(.*)"$/.exec(value)?.[1] === TOKEN,
      authorizedBy(`Token key="${TOKEN}"`),
    ),
    accepts(
      'Token without a closing quote is accepted',
      (_, value) => value === `Token token="${TOKEN}`,
      authorizedBy(`Token token="${TOKEN}`),
    ),
    {
      ...accepts(
        'a further parameter of Token is not noticed',
        (_, value) => value.startsWith(`${token(TOKEN)},`),
        authorizedBy(`${token(TOKEN)}, nonce="1"`),
      ),
      severity: 'note',
    },
    ...['token', 'api_key', 'access_token', 'key'].map(acceptsQuery),
    accepts('the key is accepted in X-API-Key', ({ headers }) => headers['x-api-key'] === TOKEN, {
      ...authorizedBy(undefined),
      headers: { 'X-API-Key': TOKEN },
    }),
    accepts(
      'the key is accepted in Proxy-Authorization',
      ({ headers }) => headers['proxy-authorization'] === token(TOKEN),
      { ...authorizedBy(undefined), headers: { 'Proxy-Authorization': token(TOKEN) } },
    ),
    accepts('the key is accepted in a cookie', ({ headers }) => headers.cookie === `token=${TOKEN}`, {
      ...authorizedBy(undefined),
      headers: { Cookie: `token=${TOKEN}` },
    }),
    accepts(
      'no key is asked for from within the network',
      ({ headers }) => headers['x-forwarded-for'] === '127.0.0.1',
      { ...authorizedBy(undefined), headers: { 'X-Forwarded-For': '127.0.0.1' } },
    ),
    accepts('no key is asked for with a query', ({ query }) => query !== '', {
      ...authorizedBy(undefined),
      target: `${PREFIX}${example('stripe_id')}?preview=1`,
    }),
    accepts('no key is asked for with Accept', ({ headers }) => headers.accept?.includes('text/html') ?? false, {
      ...authorizedBy(undefined),
      headers: { Accept: 'text/html' },
    }),
    accepts('no key is asked for by HEAD', ({ method }) => method === 'HEAD', {
      ...authorizedBy(undefined),
      method: 'HEAD',
    }),
    accepts(
      'no key is asked for by email address',
      ({ path }) => /@|%40/.test(path),
      authorizedBy(undefined, example('email')),
    ),
    accepts(
      'no key is asked for by FirstOfficer ID',
      ({ path }) => /\d{7}$/.test(path),
      authorizedBy(undefined, example('firstofficer_id')),
    ),
    accepts(
      'no key is asked for on a path in percent-encoding',
      ({ path }) => path.includes('%'),
      authorizedBy(undefined, example('email')),
    ),
    {
      name: 'only the first request on a connection needs the key',
      check: 'ignored_auth',
      variant: {
        authorize: (request) => {
          if (authorize(request)) known.add(request.socket);
          return known.has(request.socket);
        },
      },
      triggeredBy: [retrieve(), authorizedBy(undefined)],
    },
    {
      name: 'a customer that was once retrieved is cached for those without a key',
      check: 'ignored_auth',
      variant: {
        authorize: (request) => {
          if (authorize(request)) request.store.set(request.path, true);
          return request.store.has(request.path);
        },
      },
      triggeredBy: [retrieve(), authorizedBy(undefined)],
    },
  ],
};
