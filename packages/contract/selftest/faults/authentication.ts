import {
  createRequest,
  createRequestWithAuth,
  EMAIL,
  type FaultGroup,
  type FaultyServer,
  formatBasic,
  formatToken,
  foundBy,
  ID,
  MALFORMED,
  repeat,
  STRIPE_ID,
  type TestRequest,
  UNKNOWN,
  WITH_WRONG_KEY,
  WITHOUT_KEY,
} from '../fault.ts';
import { CORRECT, parseKey, parseToken, TOKEN } from '../server/correct.ts';
import { customers, getErrorBody, PREFIX } from '../server/description.ts';
import type { Answer, Request } from '../server/steps.ts';
import { changeAnswers, EMAIL_PATH, hasMalformedBase64 } from '../variants.ts';

const { authorize, answer } = CORRECT;

/** Returns the first Authorization header, or an empty string. */
const getAuthorization = ({ authorization: [value = ''] }: Request) => value;

/** Returns the user name and the password of a Basic header, which may be invalid base64. */
function parseBasicLeniently(value: string): readonly string[] {
  const [, encoded = ''] = /^basic *(.*)$/i.exec(value) ?? [];
  return Buffer.from(encoded, 'base64').toString('utf8').split(':');
}

/** Returns a server that also authorizes the requests for which `isAccepted` returns true. */
function authorizes(isAccepted: (request: Request) => boolean, triggeredBy: TestRequest): FaultyServer {
  return { variant: { authorize: (request) => authorize(request) || isAccepted(request) }, triggeredBy };
}

/** Returns a server that also accepts other values of the header. */
function accepts(value: string, isAccepted: (value: string) => boolean = (other) => other === value): FaultyServer {
  return authorizes((request) => isAccepted(getAuthorization(request)), createRequestWithAuth(value));
}

/** Returns a server that also accepts other keys. */
function acceptsKey(key: string, isAccepted: (key: string) => boolean = (other) => other === key): FaultyServer {
  return accepts(formatToken(key), (value) => isAccepted(parseKey(value) ?? ''));
}

/** Returns a server that accepts the key in a query parameter. */
function acceptsInQuery(name: string): FaultyServer {
  return authorizes(({ query }) => new URLSearchParams(query).get(name) === TOKEN, {
    ...WITHOUT_KEY,
    target: `${PREFIX}${STRIPE_ID}?${name}=${TOKEN}`,
  });
}

/** Returns a server that authorizes every request with this header. */
function acceptsHeader(name: string, value: string): FaultyServer {
  return authorizes(({ headers }) => headers[name.toLowerCase()] === value, {
    ...WITHOUT_KEY,
    headers: { [name]: value },
  });
}

/** Returns a server that authorizes some requests without a key. */
function requiresNoKey(isAffected: (request: Request) => boolean, changes: Partial<TestRequest> = {}): FaultyServer {
  return authorizes(isAffected, { ...WITHOUT_KEY, ...changes });
}

/** Returns a server that, after an authorized request, authorizes all requests with the same cache key. */
function cachesAuthorization(getCacheKey: (request: Request) => unknown): FaultyServer {
  return {
    variant: {
      authorize: (request) => {
        const { seen } = request.state;
        if (authorize(request)) seen.add(getCacheKey(request));
        return seen.has(getCacheKey(request));
      },
    },
    triggeredBy: [createRequest(), WITHOUT_KEY],
  };
}

const BASIC = formatBasic(`${TOKEN}:`);
const BASE64_AS_TOKEN = BASIC.replace('Basic', 'Token');
const NOTE = { severity: 'note' } as const;

export const acceptedCredentials: FaultGroup = {
  name: 'accepted credentials',
  faults: foundBy('ignored_auth', {
    'requires no key': requiresNoKey(() => true),
    'accepts any credentials': accepts(formatToken('wrong'), (value) => value !== ''),
    'accepts any key in Basic': accepts(formatBasic('wrong:'), (value) => /^basic /i.test(value)),
    'accepts any key in Token': accepts(formatToken('wrong'), (value) => /^token /i.test(value)),
    'accepts any key of the right length': accepts(
      formatToken('x'.repeat(TOKEN.length)),
      (value) => parseToken(value)?.length === TOKEN.length,
    ),
    'accepts any key with the prefix sk_': accepts(
      formatToken('sk_other'),
      (value) => parseToken(value)?.startsWith('sk_') ?? false,
    ),
    'accepts an empty key in Basic': accepts(formatBasic(':')),
    'accepts an empty key in Token': accepts(formatToken('')),
    'accepts an empty header': authorizes(
      ({ authorization }) => authorization.length > 0 && (authorization[0] ?? '') === '',
      createRequestWithAuth(''),
    ),
    'accepts a scheme without credentials': accepts('Basic', (value) => /^(basic|token)$/i.test(value)),
    'accepts the key null': acceptsKey('null'),
    'accepts the key undefined': acceptsKey('undefined'),
    "accepts the description's example key": acceptsKey('YourTokenHere'),
    'accepts the first half of the key': acceptsKey(
      TOKEN.slice(0, TOKEN.length / 2),
      (key) => key !== '' && TOKEN.startsWith(key),
    ),
    'accepts the key with a suffix': acceptsKey(`${TOKEN}x`, (key) => key.startsWith(TOKEN)),
    'accepts the key with a prefix': acceptsKey(`x${TOKEN}`, (key) => key.endsWith(TOKEN)),
    'accepts the key in upper case': acceptsKey(
      TOKEN.toUpperCase(),
      (key) => key.toLowerCase() === TOKEN.toLowerCase(),
    ),
    'accepts spaces around the key': acceptsKey(` ${TOKEN} `, (key) => key.trim() === TOKEN),
    'accepts a wildcard as the key': acceptsKey('%', (key) => key === '%' || key === '*'),
    'accepts SQL as the key': acceptsKey("' OR '1'='1", (key) => /' or '/i.test(key)),
    'accepts the key as the password': accepts(formatBasic(`:${TOKEN}`)),
    'accepts the key as the password of any user': accepts(
      formatBasic(`user:${TOKEN}`),
      (value) => parseBasicLeniently(value)[1] === TOKEN,
    ),
    'accepts any password with the key': {
      ...accepts(
        formatBasic(`${TOKEN}:password`),
        (value) => parseBasicLeniently(value)[0] === TOKEN && parseBasicLeniently(value)[1] !== undefined,
      ),
      ...NOTE,
    },
    'accepts Basic without a colon': { ...accepts(formatBasic(TOKEN)), ...NOTE },
    'accepts Basic without base64': accepts(`Basic ${TOKEN}:`),
    'accepts spaces in base64': accepts(
      BASIC.replace(/(....)$/, ' $1'),
      (value) => parseBasicLeniently(value)[0] === TOKEN && / .* /.test(value),
    ),
    'accepts invalid characters in base64': accepts(
      `${BASIC}!!`,
      (value) => parseBasicLeniently(value)[0] === TOKEN && /[!*#]/.test(value),
    ),
    'accepts characters after the end of base64': accepts(`${BASIC}====`, (value) => value.startsWith(BASIC)),
    'accepts the key as Bearer': accepts(`Bearer ${TOKEN}`),
    'accepts the key with any scheme': accepts(
      `Digest ${TOKEN}`,
      (value) => value.split(' ')[1]?.includes(TOKEN) ?? false,
    ),
    'accepts the key without a scheme': accepts(TOKEN),
    'accepts every header that contains the key': accepts(`x${TOKEN}x`, (value) => value.includes(TOKEN)),
    'accepts Token with base64': accepts(BASE64_AS_TOKEN),
    'accepts Basic with a quoted token': accepts(`Basic token="${TOKEN}"`),
    'accepts Token with any parameter': accepts(
      `Token key="${TOKEN}"`,
      (value) => /^Token \w+="(.*)"$/.exec(value)?.[1] === TOKEN,
    ),
    'accepts Token without a closing quotation mark': accepts(`Token token="${TOKEN}`),
    'accepts a second parameter in Token': {
      ...accepts(`${formatToken(TOKEN)}, nonce="1"`, (value) => value.startsWith(`${formatToken(TOKEN)},`)),
      ...NOTE,
    },
    'accepts the key in the query parameter token': acceptsInQuery('token'),
    'accepts the key in the query parameter api_key': acceptsInQuery('api_key'),
    'accepts the key in the query parameter access_token': acceptsInQuery('access_token'),
    'accepts the key in the query parameter key': acceptsInQuery('key'),
    'accepts the key in X-API-Key': acceptsHeader('X-API-Key', TOKEN),
    'accepts the key in Proxy-Authorization': acceptsHeader('Proxy-Authorization', formatToken(TOKEN)),
    'accepts the key in a cookie': acceptsHeader('Cookie', `token=${TOKEN}`),
    'requires no key if X-Forwarded-For is 127.0.0.1': acceptsHeader('X-Forwarded-For', '127.0.0.1'),
    'requires no key if there is a query': requiresNoKey(({ query }) => query !== '', {
      target: `${PREFIX}${STRIPE_ID}?preview=1`,
    }),
    'requires no key if Accept is text/html': requiresNoKey(
      ({ headers }) => headers.accept?.includes('text/html') ?? false,
      {
        headers: { Accept: 'text/html' },
      },
    ),
    'requires no key for HEAD': requiresNoKey(({ method }) => method === 'HEAD', { method: 'HEAD' }),
    'requires no key for an email address': requiresNoKey(
      ({ path }) => EMAIL_PATH.test(path),
      createRequestWithAuth(undefined, EMAIL),
    ),
    'requires no key for a FirstOfficer ID': requiresNoKey(
      ({ path }) => /\d{7}$/.test(path),
      createRequestWithAuth(undefined, ID),
    ),
    'requires no key for a percent-encoded path': requiresNoKey(
      ({ path }) => path.includes('%'),
      createRequestWithAuth(undefined, EMAIL),
    ),
    'requires the key only once per connection': cachesAuthorization(({ socket }) => socket),
    'requires no key if the customer was retrieved before': cachesAuthorization(({ path }) => path),
  }),
};

/** Returns a server that rejects the key in some requests. */
function rejects(isRejected: (request: Request) => boolean, triggeredBy: FaultyServer['triggeredBy']): FaultyServer {
  return {
    variant: { authorize: (request) => authorize(request) && !isRejected(request) },
    ...(triggeredBy && { triggeredBy }),
  };
}

/** Returns a server that rejects the key in headers that match. */
const rejectsHeader = (value: string, pattern: RegExp) =>
  rejects((request) => pattern.test(getAuthorization(request)), createRequestWithAuth(value));

/** Returns a server that answers 500 to some values of the header. */
function fails(value: string, isAffected: (value: string) => boolean = (other) => other === value): FaultyServer {
  return {
    variant: {
      authorize: (request) => {
        if (isAffected(getAuthorization(request))) throw new Error(`Cannot read ${value}`);
        return authorize(request);
      },
    },
    triggeredBy: createRequestWithAuth(value),
  };
}

export const rejectedCredentials: FaultGroup = {
  name: 'rejected credentials',
  faults: [
    ...foundBy('accepted_auth', {
      'rejects every key': rejectsHeader(formatToken(TOKEN), /^/),
      'rejects the key in Basic': rejectsHeader(BASIC, /^basic/i),
      'rejects the key in Token': rejectsHeader(formatToken(TOKEN), /^token/i),
      'rejects the scheme in lower case': rejectsHeader(BASIC.replace('Basic', 'basic'), /^[a-z]/),
      'rejects the scheme in upper case': rejectsHeader(BASIC.replace('Basic', 'BASIC'), /^[A-Z]{5}/),
      'rejects the key in every fifth request': rejects(({ number }) => number % 5 === 0, repeat(5)),
    }),
    ...foundBy('same_customer', {
      'rejects the key for an email address': rejects(({ path }) => EMAIL_PATH.test(path), createRequest(EMAIL)),
    }),
    ...foundBy('not_a_server_error', {
      'answers 500 to invalid base64': fails('Basic !!!', (value) => /^basic .*[^A-Za-z0-9+/=]/i.test(value)),
      'answers 500 to credentials that are not UTF-8': fails('Basic //8=', (value) =>
        parseBasicLeniently(value).join('').includes('\ufffd'),
      ),
      'answers 500 to Basic without credentials': fails('Basic'),
      'answers 500 to Token without a parameter': fails('Token'),
      'answers 500 to an unknown scheme': fails(
        'Digest x',
        (value) => value !== '' && !/^(basic|token)\b/i.test(value),
      ),
    }),
  ],
};

/** Returns a server that answers some requests with this status before it checks the key. */
function answersBeforeAuth(
  status: number,
  triggeredBy: TestRequest,
  isAffected: (path: string) => boolean = () => true,
): FaultyServer {
  return {
    variant: {
      answer: (request, steps) => {
        const withoutKey = answer(request, { ...CORRECT, authorize: () => true });
        return isAffected(request.path) && withoutKey.status === status ? withoutKey : answer(request, steps);
      },
    },
    triggeredBy,
  };
}

/** Returns a server whose 401 is different if the path identifies an existing customer. */
function revealsCustomers(
  change: (answer: Answer) => Partial<Answer>,
  triggeredBy: TestRequest = WITHOUT_KEY,
): FaultyServer {
  return {
    variant: changeAnswers(({ status }, request) => status === 401 && isOfKnownCustomer(request), change),
    triggeredBy,
  };
}

function isOfKnownCustomer({ path }: Request): boolean {
  const identifier = CORRECT.decode(CORRECT.getSegment(path) ?? '');
  return identifier !== undefined && CORRECT.find(identifier, customers) !== undefined;
}

export const orderOfAuthentication: FaultGroup = {
  name: 'order of authentication',
  faults: [
    ...foundBy('auth_precedence', {
      'answers 404 for an unknown customer before it checks the key': answersBeforeAuth(404, {
        ...UNKNOWN,
        headers: {},
      }),
      'answers 400 for a malformed identifier before it checks the key': answersBeforeAuth(400, {
        ...MALFORMED,
        headers: {},
      }),
      'answers 400 for an empty identifier before it checks the key': answersBeforeAuth(
        400,
        createRequestWithAuth(undefined, ''),
        (path) => path === PREFIX,
      ),
      'answers 400 for too long an identifier before it checks the key': answersBeforeAuth(
        400,
        createRequestWithAuth(undefined, 'x'.repeat(1025)),
        (path) => path.length > 1024,
      ),
    }),
    ...foundBy('ignored_auth', {
      'answers 400 to malformed base64': {
        variant: changeAnswers(({ status }, request) => status === 401 && hasMalformedBase64(request), {
          status: 400,
          headers: {},
        }),
        triggeredBy: createRequestWithAuth('Basic !!!'),
      },
      'answers 403 to a wrong key if the customer exists': revealsCustomers(() => ({ status: 403 }), WITH_WRONG_KEY),
    }),
    ...foundBy('auth_uniformity', {
      'answers 401 with another message if the customer exists': revealsCustomers(() => ({
        body: { error: { ...getErrorBody(401).error, message: 'This key may not see them.' } },
      })),
      'answers 401 with another header if the customer exists': revealsCustomers(({ headers }) => ({
        headers: { ...headers, 'X-Account': '17' },
      })),
    }),
  ],
};
