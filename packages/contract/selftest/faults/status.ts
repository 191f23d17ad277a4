import type { Fault, FaultGroup } from '../fault.ts';
import { example, examples } from '../server/description.ts';
import { explain, refusal } from '../server/render.ts';
import type { Request } from '../server/request.ts';
import type { Answer, Variant } from '../server/steps.ts';
import { authorizedBy, retrieve, retrieveRaw } from '../test-request.ts';

/** Returns a server that replaces one status by another. */
function instead(from: number, to: number, headers: Answer['headers'] = {}): Variant {
  return {
    adjust: (answer) =>
      answer.status === from
        ? { ...answer, ...bodyFor(to), status: to, headers: { ...answer.headers, ...headers } }
        : answer,
  };
}

/** Returns an answer in which only the status is wrong. */
const bodyFor = (status: number) => ([400, 404, 503].includes(status) ? { body: explain(status) } : {});

const OF: Readonly<Record<number, Fault['triggeredBy']>> = {
  200: retrieve(),
  400: retrieveRaw('%ZZ'),
  401: authorizedBy(undefined),
  404: retrieve('cus_NoSuch'),
};

function status(from: number, to: number, name: string, headers?: Answer['headers']): Fault {
  return {
    name,
    check: to >= 500 ? 'not_a_server_error' : 'status_code_conformance',
    variant: instead(from, to, headers),
    ...(OF[from] && { triggeredBy: OF[from] }),
  };
}

const internal = { error: { type: 'api_error', message: 'Something went wrong.' } };

/** Returns a server that fails on some requests with a valid key. */
function failing(name: string, segment: string, when: (segment: string) => boolean, code = 500): Fault {
  const isMeant = ({ path }: Request) => when(path.slice(path.lastIndexOf('/') + 1));
  return {
    name,
    check: code >= 500 ? 'not_a_server_error' : 'status_code_conformance',
    variant: {
      adjust: (answer, request) =>
        answer.status !== 401 && isMeant(request) ? { status: code, headers: {}, body: internal } : answer,
    },
    triggeredBy: retrieveRaw(segment),
  };
}

const encoded = encodeURIComponent;

/** A 503 answer as documented. */
const RETRY_AFTER = { 'Retry-After': '1' };

/** Returns a server that answers for one customer with an undocumented form of error. */
function unlike(name: string, check: string, headers: Answer['headers'], body: unknown = explain(503)): Fault {
  return {
    name,
    check,
    variant: { adjust: (answer) => (answer.status === 200 ? { status: 503, headers, body } : answer) },
    triggeredBy: retrieve(),
  };
}

export const statuses: FaultGroup = {
  name: 'status',
  faults: [
    status(200, 201, '201 for a customer'),
    status(200, 202, '202 for a customer'),
    status(200, 203, '203 for a customer, from a proxy that changed it'),
    status(200, 204, '204 for a customer'),
    status(200, 205, '205 for a customer'),
    status(200, 206, '206 for a customer'),
    status(200, 207, '207 for a customer'),
    status(200, 226, '226 for a customer'),
    status(200, 299, 'a status of its own for a customer'),
    status(200, 300, '300 for a customer'),
    status(200, 301, 'a redirect to a path with a trailing slash', { Location: `${retrieve().target}/` }),
    status(200, 302, 'a redirect to a page to sign in', { Location: '/login' }),
    status(200, 303, 'a redirect to another host', { Location: 'https://api.example.com/' }),
    status(200, 307, 'a redirect to HTTPS', { Location: 'https://127.0.0.1/' }),
    status(200, 308, 'a redirect to itself', { Location: retrieve().target }),
    status(200, 304, '304 although nothing was said of a copy'),
    status(200, 402, '402 for a customer'),
    status(200, 500, '500 for a customer'),
    status(200, 503, '503 for a customer', RETRY_AFTER),
    status(400, 403, '403 instead of 400'),
    status(400, 406, '406 instead of 400'),
    status(400, 414, '414 instead of 400'),
    status(400, 422, '422 instead of 400'),
    status(400, 500, '500 instead of 400'),
    status(400, 503, '503 instead of 400', RETRY_AFTER),
    { ...status(400, 404, '404 instead of 400'), check: 'negative_data_rejection' },
    { ...status(400, 200, '200 with the error in its body instead of 400'), check: 'negative_data_rejection' },
    status(401, 302, 'a redirect to a page to sign in instead of 401', { Location: '/login' }),
    { ...status(401, 400, '400 instead of 401'), check: 'auth_precedence' },
    status(401, 403, '403 instead of 401'),
    { ...status(401, 404, '404 instead of 401'), check: 'auth_precedence' },
    status(401, 407, '407 instead of 401'),
    status(401, 418, '418 instead of 401'),
    status(401, 500, '500 instead of 401'),
    status(401, 503, '503 instead of 401', RETRY_AFTER),
    { ...status(401, 200, '200 with the error in its body instead of 401'), check: 'ignored_auth' },
    { ...status(404, 200, '200 with the error in its body instead of 404'), check: 'response_schema_conformance' },
    status(404, 204, '204 instead of 404'),
    { ...status(404, 400, '400 instead of 404'), check: 'example_conformance' },
    { ...status(404, 401, '401 instead of 404'), check: 'accepted_auth' },
    status(404, 403, '403 instead of 404'),
    status(404, 410, '410 instead of 404'),
    status(404, 500, '500 instead of 404'),
    status(404, 502, '502 instead of 404'),
    status(404, 503, '503 instead of 404', RETRY_AFTER),
    {
      name: '403 for a wrong key, 401 for none',
      check: 'status_code_conformance',
      variant: {
        adjust: (answer, { authorization }) =>
          answer.status === 401 && authorization.length > 0 ? { ...answer, status: 403 } : answer,
      },
      triggeredBy: authorizedBy('Token token="wrong"'),
    },
    {
      name: '206 for a request with Range',
      check: 'query_independence',
      variant: {
        adjust: (answer, { headers }) => (answer.status === 200 && headers.range ? { ...answer, status: 206 } : answer),
      },
      triggeredBy: retrieve(undefined, { headers: { Range: 'bytes=0-9' } }),
    },
    {
      name: '200 and null for an unknown customer',
      check: 'response_schema_conformance',
      variant: { adjust: (answer) => (answer.status === 404 ? { status: 200, headers: {}, body: null } : answer) },
      triggeredBy: retrieve('cus_NoSuch'),
    },
    {
      name: '200 and an empty list for an unknown customer',
      check: 'response_schema_conformance',
      variant: { adjust: (answer) => (answer.status === 404 ? { status: 200, headers: {}, body: [] } : answer) },
      triggeredBy: retrieve('cus_NoSuch'),
    },
    {
      name: '429 after twenty requests',
      check: 'status_code_conformance',
      variant: {
        adjust: (answer, { number }) =>
          number > 20 ? { ...answer, status: 429, headers: { ...answer.headers, 'Retry-After': '60' } } : answer,
      },
      triggeredBy: Array.from({ length: 21 }, () => retrieve()),
    },
    {
      name: '503 to every tenth request',
      check: 'not_a_server_error',
      variant: { adjust: (answer, { number }) => (number % 10 === 0 ? refusal(503, RETRY_AFTER) : answer) },
      triggeredBy: Array.from({ length: 10 }, () => retrieve()),
    },
  ],
};

export const unavailability: FaultGroup = {
  name: 'unavailability',
  faults: [
    unlike('a 503 has no Retry-After', 'response_headers_conformance', {}),
    unlike('the Retry-After of a 503 is empty', 'response_headers_conformance', { 'Retry-After': '' }),
    unlike('the Retry-After of a 503 is a date', 'response_headers_conformance', {
      'Retry-After': 'Fri, 01 Apr 2016 08:00:00 GMT',
    }),
    unlike('the Retry-After of a 503 is a fraction', 'response_headers_conformance', { 'Retry-After': '0.5' }),
    unlike('the Retry-After of a 503 is negative', 'response_headers_conformance', { 'Retry-After': '-1' }),
    unlike('the Retry-After of a 503 is in milliseconds', 'response_headers_conformance', { 'Retry-After': '30000' }),
    unlike('a 503 is said to be the fault of the request', 'response_schema_conformance', RETRY_AFTER, {
      error: { ...explain(503).error, type: 'invalid_request_error' },
    }),
    unlike('a 503 has no type', 'response_schema_conformance', RETRY_AFTER, {
      error: { message: explain(503).error.message },
    }),
    unlike('a 503 has no message', 'response_schema_conformance', RETRY_AFTER, { error: { type: 'api_error' } }),
    unlike('a 503 is the customer', 'response_schema_conformance', RETRY_AFTER, examples[0]?.body),
    unlike('a 503 tells of the database', 'information_disclosure', RETRY_AFTER, {
      error: { type: 'api_error', message: 'connect ECONNREFUSED 10.0.3.17:5432' },
    }),
    {
      ...unlike('a 503 is a page of the proxy', 'content_type_conformance', RETRY_AFTER),
      variant: {
        alter: (message) => {
          if (message.status !== 200) return message;
          const bytes = Buffer.from('<html><head><title>503</title></head><hr><center>nginx</center></html>');
          const headers = { 'Content-Type': 'text/html', 'Content-Length': String(bytes.length), ...RETRY_AFTER };
          return { status: 503, headers, bytes };
        },
      },
    },
  ],
};

export const serverErrors: FaultGroup = {
  name: 'server errors',
  faults: [
    failing('500 for Stripe IDs', example('stripe_id'), (segment) => segment.startsWith('cus_')),
    failing('500 for FirstOfficer IDs', example('firstofficer_id'), (segment) => /^\d+$/.test(segment)),
    failing('500 for extra IDs', example('extra_id'), (segment) => /^workspace/.test(segment)),
    failing('502 for email addresses', encoded(example('email')), (segment) => /@|%40/.test(segment), 502),
    failing('500 for unknown customers', 'cus_NoSuch', (segment) => segment.length > 0 && /NoSuch|0000/.test(segment)),
    failing('500 for an empty identifier', '', (segment) => segment === ''),
    failing('503 for customers who pay in yen', example('zero_decimal_currency'), (s) => s.includes('9012'), 503),
    failing('500 for lost customers', example('lost_customer'), (s) => s.includes('5678')),
    { ...failing('500 for broken percent-encoding', '%ZZ', () => false), variant: { decode: decodeURIComponent } },
    failing('500 for percent-encoding that is cut off', '%4', (segment) => /%.?$/.test(segment)),
    failing('500 for bytes that are no UTF-8', '%FF', (segment) => /%f/i.test(segment) && !/%f0/i.test(segment)),
    failing('500 for overlong UTF-8', '%C0%AF', (segment) => /%c0/i.test(segment)),
    failing('500 for surrogates in UTF-8', '%ED%A0%80', (segment) => /%ed%a0/i.test(segment)),
    failing('500 for a NUL', 'cus%00', (segment) => segment.includes('%00')),
    failing('500 for a line break', 'a%0D%0Ab', (segment) => /%0[ad]/i.test(segment)),
    failing('500 for an emoji', encoded('🦆'), (segment) => /%f0%9f/i.test(segment)),
    failing('500 for what is not ASCII', encoded('ä'), (segment) => /%[c-f][0-9a-f]/i.test(segment)),
    failing('500 for an apostrophe', "o'brien", (segment) => /'|%27/.test(segment)),
    failing('500 for a quotation mark', '%22', (segment) => segment.includes('%22')),
    failing('500 for a backslash', '%5C', (segment) => /%5c/i.test(segment)),
    failing('500 for a percent sign', '100%25', (segment) => segment.includes('%25')),
    failing('500 for brackets', 'a%5B%5D', (segment) => /%5b|\[/i.test(segment)),
    failing('500 for a number beyond 64 bits', '99999999999999999999', (segment) => /^\d{20,}$/.test(segment)),
    failing('500 for a number beyond 32 bits', '4294967296', (segment) => Number(segment) > 2 ** 31),
    failing('500 for a negative number', '-1', (segment) => /^-\d+$/.test(segment)),
    failing('500 for __proto__', '__proto__', (segment) => segment === '__proto__'),
    failing('500 for constructor', 'constructor', (segment) => segment === 'constructor'),
    failing('503 for identifiers of more than 255 characters', 'x'.repeat(256), (s) => s.length > 255, 503),
    failing('414 for long identifiers', 'x'.repeat(1025), (segment) => segment.length > 1024, 414),
    failing('414 for an identifier of 8 KB', 'x'.repeat(8192), (segment) => segment.length >= 8192, 414),
    failing('403 from a firewall for a script', '%3Cscript%3E', (segment) => /%3cscript/i.test(segment), 403),
    failing('403 from a firewall for SQL', encoded("' OR '1'='1"), (s) => /'.*(OR|%20)/i.test(s), 403),
    failing('403 from a firewall for a path', '..%2F..%2Fetc%2Fpasswd', (s) => /\.\.%2f/i.test(s), 403),
    {
      name: '500 for a query string',
      check: 'not_a_server_error',
      variant: {
        adjust: (answer, { query }) => (query ? { status: 500, headers: {}, body: internal } : answer),
      },
      triggeredBy: retrieveRaw('cus_1?expand=plan'),
    },
    {
      name: '500 for a query string that is no valid percent-encoding',
      check: 'not_a_server_error',
      variant: {
        adjust: (answer, { query }) => (/%(?![0-9a-f]{2})/i.test(query) ? { ...answer, status: 500 } : answer),
      },
      triggeredBy: retrieveRaw('cus_1?page=%ZZ'),
    },
    {
      name: '500 for a query string with invalid UTF-8',
      check: 'not_a_server_error',
      variant: { adjust: (answer, { query }) => (/%FF/i.test(query) ? { ...answer, status: 500 } : answer) },
      triggeredBy: retrieveRaw('cus_1?utf8=%FF'),
    },
  ],
};
