import {
  createRawRequest,
  createRequest,
  createServers,
  EMAIL,
  EXTRA_ID,
  type FaultGroup,
  type FaultyServer,
  foundBy,
  ID,
  MALFORMED,
  repeat,
  STRIPE_ID,
  UNKNOWN,
  WITH_WRONG_KEY,
  WITHOUT_KEY,
} from '../fault.ts';
import { examples, getErrorBody, getErrorHeaders, getIdentifier, isDocumentedError } from '../server/description.ts';
import type { Answer } from '../server/steps.ts';
import {
  changeAnswers,
  changeMessages,
  createErrorAnswer,
  createSuccess,
  EMAIL_PATH,
  hasStatus,
  isSuccess,
  withBody,
} from '../variants.ts';

const TRIGGERS = { 200: createRequest(), 400: MALFORMED, 401: WITHOUT_KEY, 404: UNKNOWN };

const REDIRECT_TO_LOGIN = { Location: '/login' };
const RETRY_AFTER = getErrorHeaders(503);

/** Returns a server that replaces a status. If the new status is documented, so are the headers and the body. */
function replacesStatus(from: keyof typeof TRIGGERS, to: number, more: Answer['headers'] = {}): FaultyServer {
  const error = isDocumentedError(to) ? createErrorAnswer(to) : { headers: {} };
  const variant = changeAnswers(hasStatus(from), ({ headers }) => ({
    ...error,
    status: to,
    headers: { ...headers, ...error.headers, ...more },
  }));
  return { variant, triggeredBy: TRIGGERS[from] };
}

/** Returns servers that replace one status by each of these. */
const replacesStatusByEach = (from: keyof typeof TRIGGERS, statuses: readonly number[]) =>
  createServers(
    statuses,
    (to) => `answers ${to} instead of ${from}`,
    (to) => replacesStatus(from, to),
  );

/** Returns a server that answers 200 with this body if it does not find a customer. */
function succeeds(body: unknown): FaultyServer {
  return { variant: changeAnswers(hasStatus(404), createSuccess(body)), triggeredBy: UNKNOWN };
}

/** Returns a server that answers with an error if the segment of an authorized request matches. */
function fails(segment: string, isAffected: RegExp | ((segment: string) => boolean), status = 500): FaultyServer {
  const matches = typeof isAffected === 'function' ? isAffected : (text: string) => isAffected.test(text);
  return {
    variant: changeAnswers(
      (answer, { path }) => answer.status !== 401 && matches(path.slice(path.lastIndexOf('/') + 1)),
      { status, headers: {}, body: getErrorBody(500) },
    ),
    triggeredBy: createRawRequest(segment),
  };
}

/** Returns a server that answers 500 if the query matches. */
function failsForQuery(query: string, isAffected: RegExp): FaultyServer {
  return {
    variant: changeAnswers((_, request) => isAffected.test(request.query), { status: 500 }),
    triggeredBy: createRawRequest(`cus_1?${query}`),
  };
}

export const statuses: FaultGroup = {
  name: 'status',
  faults: [
    ...foundBy('status_code_conformance', [
      ...replacesStatusByEach(200, [201, 202, 203, 204, 205, 206, 207, 226, 300, 402]),
      ...replacesStatusByEach(400, [403, 406, 414, 422]),
      ...replacesStatusByEach(401, [403, 407, 418]),
      ...replacesStatusByEach(404, [204, 403, 410]),
      {
        'answers 299, an unregistered status, instead of 200': replacesStatus(200, 299),
        'redirects to the path with a trailing slash': replacesStatus(200, 301, {
          Location: `${createRequest().target}/`,
        }),
        'redirects to a login page': replacesStatus(200, 302, REDIRECT_TO_LOGIN),
        'redirects to another host': replacesStatus(200, 303, { Location: 'https://api.example.com/' }),
        'redirects to HTTPS': replacesStatus(200, 307, { Location: 'https://127.0.0.1/' }),
        'redirects to the same URL': replacesStatus(200, 308, { Location: createRequest().target }),
        'answers 304 to an unconditional request': replacesStatus(200, 304),
        'redirects to a login page instead of answering 401': replacesStatus(401, 302, REDIRECT_TO_LOGIN),
        'answers 403 to a wrong key and 401 to no key': {
          variant: changeAnswers((answer, { authorization }) => answer.status === 401 && authorization.length > 0, {
            status: 403,
          }),
          triggeredBy: WITH_WRONG_KEY,
        },
        'answers 403 after 20 requests': {
          variant: changeAnswers(
            (_, { number }) => number > 20,
            ({ headers }) => ({ status: 403, headers }),
          ),
          triggeredBy: repeat(21),
        },
      },
    ]),
    ...foundBy('not_a_server_error', [
      ...replacesStatusByEach(200, [500, 503]),
      ...replacesStatusByEach(400, [500, 503]),
      ...replacesStatusByEach(401, [500, 503]),
      ...replacesStatusByEach(404, [500, 502, 503]),
      {
        'answers 503 to every tenth request': {
          variant: changeAnswers((_, { number }) => number % 10 === 0, createErrorAnswer(503)),
          triggeredBy: repeat(10),
        },
      },
    ]),
    ...foundBy('negative_data_rejection', {
      'answers 404 instead of 400': replacesStatus(400, 404),
      'answers 200 with an error body instead of 400': replacesStatus(400, 200),
    }),
    ...foundBy('auth_precedence', replacesStatusByEach(401, [400, 404])),
    ...foundBy('ignored_auth', { 'answers 200 with an error body instead of 401': replacesStatus(401, 200) }),
    ...foundBy('response_schema_conformance', {
      'answers 200 with an error body instead of 404': replacesStatus(404, 200),
      'answers 200 with null for an unknown customer': succeeds(null),
      'answers 200 with an empty list for an unknown customer': succeeds([]),
    }),
    ...foundBy('example_conformance', replacesStatusByEach(404, [400, 401])),
    ...foundBy('accept_independence', {
      'answers 206 to a request with Range': {
        variant: changeAnswers((answer, { headers }) => isSuccess(answer) && Boolean(headers.range), { status: 206 }),
        triggeredBy: createRequest(undefined, { headers: { Range: 'bytes=0-9' } }),
      },
    }),
  ],
};

export const serverErrors: FaultGroup = {
  name: 'server errors',
  faults: [
    ...foundBy('not_a_server_error', {
      'answers 500 to Stripe IDs': fails(STRIPE_ID, /^cus_/),
      'answers 500 to FirstOfficer IDs': fails(ID, /^\d+$/),
      'answers 500 to extra IDs': fails(EXTRA_ID, /^workspace/),
      'answers 502 to email addresses': fails(encodeURIComponent(EMAIL), EMAIL_PATH, 502),
      'answers 500 to unknown identifiers': fails('cus_NoSuch', /NoSuch|0000/),
      'answers 500 to an empty identifier': fails('', /^$/),
      'answers 503 for customers who pay in yen': fails(getIdentifier('zero_decimal_currency'), /9012/, 503),
      'answers 500 for lost customers': fails(getIdentifier('lost_customer'), /5678/),
      'answers 500 to invalid percent-encoding': {
        variant: { decode: decodeURIComponent },
        triggeredBy: MALFORMED,
      },
      'answers 500 to incomplete percent-encoding': fails('%4', /%.?$/),
      'answers 500 to invalid UTF-8': fails('%FF', (segment) => /%f/i.test(segment) && !/%f0/i.test(segment)),
      'answers 500 to overlong UTF-8': fails('%C0%AF', /%c0/i),
      'answers 500 to surrogates in UTF-8': fails('%ED%A0%80', /%ed%a0/i),
      'answers 500 to a NUL': fails('cus%00', /%00/),
      'answers 500 to a line break': fails('a%0D%0Ab', /%0[ad]/i),
      'answers 500 to an emoji': fails(encodeURIComponent('🦆'), /%f0%9f/i),
      'answers 500 to non-ASCII characters': fails(encodeURIComponent('ä'), /%[c-f][0-9a-f]/i),
      'answers 500 to an apostrophe': fails("o'brien", /'|%27/),
      'answers 500 to a quotation mark': fails('%22', /%22/),
      'answers 500 to a backslash': fails('%5C', /%5c/i),
      'answers 500 to a percent sign': fails('100%25', /%25/),
      'answers 500 to brackets': fails('a%5B%5D', /%5b|\[/i),
      'answers 500 to a number above 64 bits': fails('99999999999999999999', /^\d{20,}$/),
      'answers 500 to a number above 31 bits': fails('4294967296', (segment) => Number(segment) > 2 ** 31),
      'answers 500 to a negative number': fails('-1', /^-\d+$/),
      'answers 500 to the identifier __proto__': fails('__proto__', /^__proto__$/),
      'answers 500 to the identifier constructor': fails('constructor', /^constructor$/),
      'answers 503 to an identifier of more than 255 characters': fails('x'.repeat(256), /.{256}/, 503),
      'answers 500 to a query': failsForQuery('expand=plan', /./),
      'answers 500 to a query with invalid percent-encoding': failsForQuery('page=%ZZ', /%(?![0-9a-f]{2})/i),
      'answers 500 to a query with invalid UTF-8': failsForQuery('utf8=%FF', /%FF/i),
    }),
    ...foundBy('status_code_conformance', {
      'answers 414 to an identifier of more than 1,024 characters': fails('x'.repeat(1025), /.{1025}/, 414),
      'answers 414 to an identifier of 8 KB': fails('x'.repeat(8192), /.{8192}/, 414),
      'answers 403 to a script tag, as a firewall does': fails('%3Cscript%3E', /%3cscript/i, 403),
      'answers 403 to SQL, as a firewall does': fails(encodeURIComponent("' OR '1'='1"), /'.*(OR|%20)/i, 403),
      'answers 403 to a file path, as a firewall does': fails('..%2F..%2Fetc%2Fpasswd', /\.\.%2f/i, 403),
    }),
  ],
};

/** Returns a server that answers 503 with these headers and this body to every valid request. */
function answers503(headers: Answer['headers'], body: unknown = getErrorBody(503)): FaultyServer {
  return { variant: changeAnswers(isSuccess, { status: 503, headers, body }) };
}

const { error } = getErrorBody(503);

export const unavailability: FaultGroup = {
  name: 'unavailability',
  faults: [
    ...foundBy('response_headers_conformance', {
      'answers 503 without Retry-After': answers503({}),
      'answers 503 with an empty Retry-After': answers503({ 'Retry-After': '' }),
      'answers 503 with a date in Retry-After': answers503({ 'Retry-After': 'Fri, 01 Apr 2016 08:00:00 GMT' }),
      'answers 503 with a fraction in Retry-After': answers503({ 'Retry-After': '0.5' }),
      'answers 503 with a negative Retry-After': answers503({ 'Retry-After': '-1' }),
      'answers 503 with milliseconds in Retry-After': answers503({ 'Retry-After': '30000' }),
    }),
    ...foundBy('response_schema_conformance', {
      'answers 503 with the type of a client error': answers503(RETRY_AFTER, {
        error: { ...error, type: getErrorBody(400).error.type },
      }),
      'answers 503 without a type': answers503(RETRY_AFTER, { error: { message: error.message } }),
      'answers 503 without a message': answers503(RETRY_AFTER, { error: { type: error.type } }),
      'answers 503 with a customer as the body': answers503(RETRY_AFTER, examples[0]?.body),
    }),
    ...foundBy('information_disclosure', {
      'answers 503 with the address of the database': answers503(RETRY_AFTER, {
        error: { ...error, message: 'connect ECONNREFUSED 10.0.3.17:5432' },
      }),
    }),
    ...foundBy('content_type_conformance', {
      "answers 503 with the proxy's HTML page": {
        variant: changeMessages(hasStatus(200), (message) => ({
          ...withBody(message, '<html><head><title>503</title></head><hr><center>nginx</center></html>', {
            'Content-Type': 'text/html',
            ...RETRY_AFTER,
          }),
          status: 503,
        })),
      },
    }),
  ],
};
