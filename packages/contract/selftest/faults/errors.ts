import type { Fault, FaultGroup } from '../fault.ts';
import { TOKEN } from '../server/authorization.ts';
import { explain } from '../server/render.ts';
import type { Request } from '../server/request.ts';
import type { Variant } from '../server/steps.ts';
import { authorizedBy, basic, retrieve, retrieveRaw, type TestRequest, token } from '../test-request.ts';

const WRONG_KEY = 'sk_selftest_wrong_0123456789';

const OF: Readonly<Record<number, TestRequest>> = {
  400: retrieveRaw('%ZZ'),
  401: authorizedBy(token(WRONG_KEY)),
  404: retrieve('cus_NoSuch'),
};

const STATUSES = [400, 401, 404];

type ErrorObject = ReturnType<typeof explain>['error'];

/** Returns a server with other bodies for some errors. */
function explains(statuses: readonly number[], change: (error: ErrorObject, request: Request) => unknown): Variant {
  return {
    explain: (status, request) => {
      const right = explain(status);
      return statuses.includes(status) ? change(right.error, request) : right;
    },
  };
}

/** Returns one fault for each documented error. */
function inEach(name: string, change: (error: ErrorObject) => unknown): Fault[] {
  return STATUSES.map((status) => ({
    name: `${status}: ${name}`,
    check: 'response_schema_conformance',
    variant: explains([status], change),
    ...(OF[status] && { triggeredBy: OF[status] }),
  }));
}

/** Returns a fault of the error for a missing customer. */
function inUnknown(name: string, change: (error: ErrorObject) => unknown): Fault {
  const variant = explains([404], (error) => ({ error: change(error) }));
  return { name: `404: ${name}`, check: 'response_schema_conformance', variant, triggeredBy: retrieve('cus_NoSuch') };
}

/** Returns a server whose messages disclose internal information. */
function says(name: string, message: string, check: string = 'information_disclosure'): Fault {
  return {
    name,
    check,
    variant: explains([404], (error) => ({ error: { ...error, message } })),
    triggeredBy: retrieve('cus_NoSuch'),
  };
}

export const errors: FaultGroup = {
  name: 'errors',
  faults: [
    ...inEach('the error is not wrapped in error', (error) => error),
    ...inEach('the error is a string', ({ message }) => ({ error: message })),
    ...inEach('there is a list of errors', (error) => ({ errors: [error] })),
    ...inEach('the type is missing', ({ message, param }) => ({ error: { message, param } })),
    ...inEach('the message is missing', ({ type, param }) => ({ error: { type, param } })),
    ...inEach('the type is another', (error) => ({ error: { ...error, type: 'api_error' } })),
    ...inEach('the message is empty', (error) => ({ error: { ...error, message: '' } })),
    ...inEach('the body is a problem of RFC 9457', ({ message }) => ({ type: 'about:blank', title: message })),
    ...inEach('the body is empty', () => ({})),
    ...inEach('the error is null', () => ({ error: null })),
    {
      name: 'the message is blank',
      check: 'response_schema_conformance',
      variant: explains(STATUSES, (error) => ({ error: { ...error, message: ' ' } })),
      triggeredBy: retrieve('cus_NoSuch'),
    },
    {
      name: 'the message is a list',
      check: 'response_schema_conformance',
      variant: explains(STATUSES, (error) => ({ error: { ...error, message: [error.message] } })),
      triggeredBy: retrieve('cus_NoSuch'),
    },
    {
      name: '400: param is null',
      check: 'response_schema_conformance',
      variant: explains([400], (error) => ({ error: { ...error, param: null } })),
      triggeredBy: retrieveRaw('%ZZ'),
    },
    {
      name: '401: param is empty',
      check: 'response_schema_conformance',
      variant: explains([401], (error) => ({ error: { ...error, param: '' } })),
      triggeredBy: authorizedBy(undefined),
    },
    {
      name: 'only an empty identifier is explained in another form',
      check: 'response_schema_conformance',
      variant: {
        explain: (status, { path }) => (path.endsWith('/') ? { message: 'param is missing' } : explain(status)),
      },
      triggeredBy: retrieveRaw(''),
    },
    {
      name: 'only too long an identifier is explained in another form',
      check: 'response_schema_conformance',
      variant: {
        explain: (status, { path }) => (path.length > 1024 ? { message: 'value too long' } : explain(status)),
      },
      triggeredBy: retrieve('x'.repeat(1025)),
    },
    inUnknown('param is missing', ({ type, message }) => ({ type, message })),
    inUnknown('param is null', (error) => ({ ...error, param: null })),
    inUnknown('param is another', (error) => ({ ...error, param: 'id' })),
    inUnknown('param is a list', (error) => ({ ...error, param: ['customer'] })),
    inUnknown('param is the identifier', (error) => ({ ...error, param: 'cus_NoSuch' })),
    {
      name: 'errors are plain text',
      check: 'content_type_conformance',
      variant: {
        serialize: (body) => {
          const { error } = body as { error?: ErrorObject };
          return error ? error.message : JSON.stringify(body);
        },
        alter: (message) =>
          message.status >= 400
            ? { ...message, headers: { ...message.headers, 'Content-Type': 'text/plain' } }
            : message,
      },
      triggeredBy: retrieve('cus_NoSuch'),
    },
    {
      name: 'errors are pages in HTML',
      check: 'content_type_conformance',
      variant: {
        alter: (message) => {
          if (message.status < 400) return message;
          const bytes = Buffer.from(
            `<html><head><title>${message.status}</title></head><hr><center>nginx</center></html>`,
          );
          const headers = { 'Content-Type': 'text/html', 'Content-Length': String(bytes.length) };
          return { ...message, headers: { ...message.headers, ...headers }, bytes };
        },
      },
      triggeredBy: retrieve('cus_NoSuch'),
    },
    {
      name: 'a 404 is a page in HTML that is said to be JSON',
      check: 'json_syntax',
      variant: {
        serialize: (body) =>
          JSON.stringify(body).includes('error')
            ? "<!DOCTYPE html><title>The page you were looking for doesn't exist (404)</title>"
            : JSON.stringify(body),
      },
      triggeredBy: retrieve('cus_NoSuch'),
    },
    says(
      'a stack trace of Node in the message',
      "TypeError: Cannot read properties of undefined (reading 'id')\n    at retrieve (/app/src/customers.js:42:17)",
    ),
    says(
      'a stack trace of Ruby in the message',
      "undefined method `id' for nil:NilClass app/controllers/v2/customers_controller.rb:17:in `show'",
    ),
    says(
      'a stack trace of Python in the message',
      'Traceback (most recent call last):\n  File "/srv/app/views.py", line 31, in retrieve\nDoesNotExist',
    ),
    says(
      'a stack trace of Java in the message',
      'java.lang.NullPointerException\n\tat io.example.CustomerController.retrieve(CustomerController.java:58)',
    ),
    says(
      'a stack trace of Go in the message',
      'runtime error: invalid memory address or nil pointer dereference\ngoroutine 18 [running]:\nmain.retrieve(0x0)\n\t/srv/main.go:77',
    ),
    says(
      'a stack trace of .NET in the message',
      'at Api.Customers.Retrieve(String id) in C:\\src\\Customers.cs:line 88',
    ),
    says(
      'a stack trace of PHP in the message',
      'PDOException in /var/www/html/customers.php:12\nStack trace:\n#0 {main}',
    ),
    says(
      'SQL in the message',
      'PG::UndefinedTable: ERROR: relation "customers" does not exist LINE 1: SELECT * FROM customers WHERE id = \'x\'',
    ),
    says('an address of the inner network in the message', 'connect ECONNREFUSED 10.0.3.17:5432'),
    {
      name: 'a stack trace in a member of the error',
      check: 'information_disclosure',
      variant: explains([400], (error) => ({
        error: { ...error, stack: 'URIError: URI malformed\n    at decodeURIComponent (<anonymous>)' },
      })),
      triggeredBy: retrieveRaw('%ZZ'),
    },
    {
      name: 'the message repeats the key',
      check: 'credentials_disclosure',
      variant: explains(STATUSES, (error, { headers }) => ({
        error: { ...error, message: `${error.message} (${headers.authorization ?? 'no key'})` },
      })),
      triggeredBy: retrieve('cus_NoSuch'),
    },
    {
      name: 'the message repeats a wrong key',
      check: 'credentials_disclosure',
      variant: explains([401], (error, { headers }) => ({
        error: { ...error, message: `Invalid API Key provided: ${/"(.*)"/.exec(headers.authorization ?? '')?.[1]}` },
      })),
      triggeredBy: authorizedBy(token(WRONG_KEY)),
    },
    {
      name: 'the message repeats a wrong key in base64',
      check: 'credentials_disclosure',
      variant: explains([401], (error, { headers }) => ({
        error: { ...error, message: `Not accepted: ${headers.authorization ?? ''}` },
      })),
      triggeredBy: authorizedBy(basic(`${WRONG_KEY}:`)),
    },
    {
      name: 'a header repeats the credentials',
      check: 'credentials_disclosure',
      variant: {
        adjust: (answer, { headers: { authorization } }) =>
          authorization ? { ...answer, headers: { ...answer.headers, 'X-Authorization': authorization } } : answer,
      },
    },
    {
      name: 'a header gives the key away',
      check: 'credentials_disclosure',
      variant: {
        adjust: (answer) => ({ ...answer, headers: { ...answer.headers, 'X-Account-Key': TOKEN } }),
      },
    },
    {
      name: 'a cookie holds the key',
      check: 'credentials_disclosure',
      variant: {
        adjust: (answer) => ({ ...answer, headers: { ...answer.headers, 'Set-Cookie': `key=${TOKEN}; Path=/` } }),
      },
    },
    {
      name: 'the customer has the key in a member',
      check: 'credentials_disclosure',
      variant: {
        adjust: (answer) =>
          answer.status === 200 ? { ...answer, body: { ...(answer.body as object), api_key: TOKEN } } : answer,
      },
    },
    {
      name: 'a 401 names the right key',
      check: 'credentials_disclosure',
      variant: explains([401], (error) => ({ error: { ...error, message: `Expected a key like ${TOKEN}.` } })),
      triggeredBy: authorizedBy(undefined),
    },
  ],
};

function challenge(name: string, value: string | undefined): Fault {
  return {
    name,
    check: 'response_headers_conformance',
    variant: {
      adjust: (answer) => {
        if (answer.status !== 401) return answer;
        const { 'WWW-Authenticate': _, ...headers } = answer.headers;
        return { ...answer, headers: value === undefined ? headers : { ...headers, 'WWW-Authenticate': value } };
      },
    },
    triggeredBy: authorizedBy(undefined),
  };
}

export const challenges: FaultGroup = {
  name: 'challenge',
  faults: [
    challenge('a 401 has no challenge', undefined),
    challenge('the challenge is empty', ''),
    challenge('the challenge names another scheme', 'Bearer realm="FirstOfficer"'),
    challenge('the challenge is only a realm', 'realm="FirstOfficer"'),
    challenge('the challenge names no scheme, but something like one', 'BasicAuth realm="FirstOfficer"'),
    {
      ...challenge('only a wrong key is challenged, a missing one is not', undefined),
      variant: {
        adjust: (answer, { authorization }) =>
          answer.status === 401 && authorization.length === 0 ? { ...answer, headers: {} } : answer,
      },
    },
    {
      ...challenge('only a missing key is challenged, a wrong one is not', undefined),
      variant: {
        adjust: (answer, { authorization }) =>
          answer.status === 401 && authorization.length > 0 ? { ...answer, headers: {} } : answer,
      },
      triggeredBy: authorizedBy(token(WRONG_KEY)),
    },
  ],
};
