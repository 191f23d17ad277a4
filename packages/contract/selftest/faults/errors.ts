import {
  authorizedBy,
  basic,
  type FaultGroup,
  type FaultyServer,
  foundBy,
  MALFORMED,
  retrieveRaw,
  token,
  UNKNOWN,
  WITHOUT_KEY,
} from '../fault.ts';
import { TOKEN } from '../server/correct.ts';
import { type ErrorBody, explain } from '../server/description.ts';
import type { Answer, Message, Request } from '../server/steps.ts';
import { addHeaders, changeAnswers, changeErrors, changeMessages, withBody, withHeaders } from '../variants.ts';

type ErrorObject = ErrorBody['error'];

const WRONG_KEY = 'sk_selftest_wrong_0123456789';
const TRIGGERS = { 400: MALFORMED, 401: authorizedBy(token(WRONG_KEY)), 404: UNKNOWN };

/** Returns a server that changes the error object of one status into another body. */
function explains(
  status: keyof typeof TRIGGERS,
  change: (error: ErrorObject, request: Request) => unknown,
): FaultyServer {
  return { variant: changeErrors([status], change), triggeredBy: TRIGGERS[status] };
}

/** Returns a server that changes the error object of every status into another body. */
function explainsAll(change: (error: ErrorObject, request: Request) => unknown): FaultyServer {
  return { variant: changeErrors([400, 401, 404], change), triggeredBy: UNKNOWN };
}

/** Returns three servers, which change the body of a 400, of a 401 or of a 404. `name` continues "answers 400". */
function inEach(name: string, change: (error: ErrorObject) => unknown): Record<string, FaultyServer> {
  return {
    [`answers 400 ${name}`]: explains(400, change),
    [`answers 401 ${name}`]: explains(401, change),
    [`answers 404 ${name}`]: explains(404, change),
  };
}

/** Returns a server with other error bodies for some paths. */
function explainsPath(isAffected: (path: string) => boolean, body: unknown, segment: string): FaultyServer {
  return {
    variant: { explain: (status, { path }) => (isAffected(path) ? body : explain(status)) },
    triggeredBy: retrieveRaw(segment),
  };
}

/** Returns a server whose messages disclose internal information. */
const says = (message: string) => explains(404, (error) => ({ error: { ...error, message } }));

/** Returns a server whose answers disclose a key. */
const disclosesInHeader = (name: string, value: string): FaultyServer => ({ variant: addHeaders({ [name]: value }) });

const isError = ({ status }: Message) => status >= 400;

export const errors: FaultGroup = {
  name: 'errors',
  faults: [
    ...foundBy('response_schema_conformance', {
      ...inEach('without the member error', (error) => error),
      ...inEach('with a string as the error', ({ message }) => ({ error: message })),
      ...inEach('with a list of errors', (error) => ({ errors: [error] })),
      ...inEach('without a type', ({ message, param }) => ({ error: { message, param } })),
      ...inEach('without a message', ({ type, param }) => ({ error: { type, param } })),
      ...inEach('with the type of a server error', (error) => ({ error: { ...error, type: explain(503).error.type } })),
      ...inEach('with an empty message', (error) => ({ error: { ...error, message: '' } })),
      ...inEach('with RFC 9457 problem details', ({ message }) => ({ type: 'about:blank', title: message })),
      ...inEach('with an empty object', () => ({})),
      ...inEach('with null as the error', () => ({ error: null })),
      'answers errors with a blank message': explainsAll((error) => ({ error: { ...error, message: ' ' } })),
      'answers errors with a list as the message': explainsAll((error) => ({
        error: { ...error, message: [error.message] },
      })),
      'answers 400 with null as param': explains(400, (error) => ({ error: { ...error, param: null } })),
      'answers 401 with an empty param': {
        ...explains(401, (error) => ({ error: { ...error, param: '' } })),
        triggeredBy: WITHOUT_KEY,
      },
      'answers 404 without param': explains(404, ({ type, message }) => ({ error: { type, message } })),
      'answers 404 with null as param': explains(404, (error) => ({ error: { ...error, param: null } })),
      'answers 404 with another param': explains(404, (error) => ({ error: { ...error, param: 'id' } })),
      'answers 404 with a list as param': explains(404, (error) => ({ error: { ...error, param: ['customer'] } })),
      'answers 404 with the identifier as param': explains(404, (error) => ({
        error: { ...error, param: 'cus_NoSuch' },
      })),
      'answers an empty identifier with another form of error': explainsPath(
        (path) => path.endsWith('/'),
        { message: 'param is missing' },
        '',
      ),
      'answers too long an identifier with another form of error': explainsPath(
        (path) => path.length > 1024,
        { message: 'value too long' },
        'x'.repeat(1025),
      ),
    }),
    ...foundBy('content_type_conformance', {
      'sends errors as plain text': {
        variant: {
          explain: (status) => explain(status).error.message,
          serialize: (body) => (typeof body === 'string' ? body : JSON.stringify(body)),
          ...changeMessages(isError, (message) => withHeaders(message, { 'Content-Type': 'text/plain' })),
        },
        triggeredBy: UNKNOWN,
      },
      'sends errors as an HTML page': {
        variant: changeMessages(isError, (message) =>
          withBody(message, `<html><head><title>${message.status}</title></head><hr><center>nginx</center></html>`, {
            'Content-Type': 'text/html',
          }),
        ),
        triggeredBy: UNKNOWN,
      },
    }),
    ...foundBy('json_syntax', {
      'sends errors as an HTML page with Content-Type: application/json': {
        variant: changeMessages(isError, (message) =>
          withBody(message, "<!DOCTYPE html><title>The page you were looking for doesn't exist (404)</title>"),
        ),
        triggeredBy: UNKNOWN,
      },
    }),
    ...foundBy('information_disclosure', {
      'puts a stack trace of Node into the message': says(
        "TypeError: Cannot read properties of undefined (reading 'id')\n    at retrieve (/app/src/customers.js:42:17)",
      ),
      'puts a stack trace of Ruby into the message': says(
        "undefined method `id' for nil:NilClass app/controllers/v2/customers_controller.rb:17:in `show'",
      ),
      'puts a stack trace of Python into the message': says(
        'Traceback (most recent call last):\n  File "/srv/app/views.py", line 31, in retrieve\nDoesNotExist',
      ),
      'puts a stack trace of Java into the message': says(
        'java.lang.NullPointerException\n\tat io.example.CustomerController.retrieve(CustomerController.java:58)',
      ),
      'puts a stack trace of Go into the message': says(
        'runtime error: invalid memory address or nil pointer dereference\ngoroutine 18 [running]:\nmain.retrieve(0x0)\n\t/srv/main.go:77',
      ),
      'puts a stack trace of .NET into the message': says(
        'at Api.Customers.Retrieve(String id) in C:\\src\\Customers.cs:line 88',
      ),
      'puts a stack trace of PHP into the message': says(
        'PDOException in /var/www/html/customers.php:12\nStack trace:\n#0 {main}',
      ),
      'puts SQL into the message': says(
        'PG::UndefinedTable: ERROR: relation "customers" does not exist LINE 1: SELECT * FROM customers WHERE id = \'x\'',
      ),
      'puts an internal IP address into the message': says('connect ECONNREFUSED 10.0.3.17:5432'),
      'puts a stack trace into a member of the error': explains(400, (error) => ({
        error: { ...error, stack: 'URIError: URI malformed\n    at decodeURIComponent (<anonymous>)' },
      })),
    }),
    ...foundBy('credentials_disclosure', {
      'repeats the key in error messages': explainsAll((error, { headers }) => ({
        error: { ...error, message: `${error.message} (${headers.authorization ?? 'no key'})` },
      })),
      'repeats a wrong key in the message': explains(401, (error, { headers }) => ({
        error: { ...error, message: `Invalid API Key provided: ${/"(.*)"/.exec(headers.authorization ?? '')?.[1]}` },
      })),
      'repeats a wrong key in base64 in the message': {
        ...explains(401, (error, { headers }) => ({
          error: { ...error, message: `Not accepted: ${headers.authorization ?? ''}` },
        })),
        triggeredBy: authorizedBy(basic(`${WRONG_KEY}:`)),
      },
      'repeats the credentials in a header': {
        variant: addHeaders(({ headers: { authorization } }) =>
          authorization ? { 'X-Authorization': authorization } : {},
        ),
      },
      'sends the key in a header': disclosesInHeader('X-Account-Key', TOKEN),
      'sends the key in a cookie': disclosesInHeader('Set-Cookie', `key=${TOKEN}; Path=/`),
      'sends the key in a member of the customer': {
        variant: { render: ({ email: _, ...customer }) => ({ ...customer, api_key: TOKEN }) },
      },
      'sends the right key in the message of a 401': {
        ...explains(401, (error) => ({ error: { ...error, message: `Expected a key like ${TOKEN}.` } })),
        triggeredBy: WITHOUT_KEY,
      },
    }),
  ],
};

/** Returns a server whose 401 has these headers for the requests for which `isAffected` returns true. */
function challenge(headers: Answer['headers'], isAffected: (request: Request) => boolean = () => true): FaultyServer {
  const variant = changeAnswers((answer, request) => answer.status === 401 && isAffected(request), { headers });
  return { variant, triggeredBy: WITHOUT_KEY };
}

const isWithoutKey = ({ authorization }: Request) => authorization.length === 0;

export const challenges: FaultGroup = {
  name: 'challenge',
  faults: foundBy('response_headers_conformance', {
    'omits WWW-Authenticate': challenge({}),
    'sends an empty WWW-Authenticate': challenge({ 'WWW-Authenticate': '' }),
    'challenges with another scheme': challenge({ 'WWW-Authenticate': 'Bearer realm="FirstOfficer"' }),
    'challenges with a realm but no scheme': challenge({ 'WWW-Authenticate': 'realm="FirstOfficer"' }),
    'challenges with the unknown scheme BasicAuth': challenge({
      'WWW-Authenticate': 'BasicAuth realm="FirstOfficer"',
    }),
    'omits WWW-Authenticate if the key is missing': challenge({}, isWithoutKey),
    'omits WWW-Authenticate if the key is wrong': {
      ...challenge({}, (request) => !isWithoutKey(request)),
      triggeredBy: authorizedBy(token(WRONG_KEY)),
    },
  }),
};
