import {
  createRawRequest,
  createRequestWithAuth,
  createServers,
  type FaultGroup,
  type FaultyServer,
  formatBasic,
  formatToken,
  foundBy,
  MALFORMED,
  type TestRequest,
  UNKNOWN,
  WITHOUT_KEY,
} from '../fault.ts';
import { TOKEN } from '../server/correct.ts';
import { type ErrorBody, getErrorBody } from '../server/description.ts';
import type { Answer, Request } from '../server/steps.ts';
import { addHeaders, changeAnswers, changeMessages, isError, withBody, withHeaders } from '../variants.ts';

type Change = (error: ErrorBody['error'], request: Request) => unknown;

const WRONG_KEY = 'sk_selftest_wrong_0123456789';
const TRIGGERS = { 400: MALFORMED, 401: createRequestWithAuth(formatToken(WRONG_KEY)), 404: UNKNOWN };

/** Returns a server that changes the error objects of these statuses into other bodies. */
function changesErrors(
  change: Change,
  statuses: readonly number[] = [400, 401, 404],
  triggeredBy: TestRequest = UNKNOWN,
): FaultyServer {
  const renderError = (status: number, request: Request) => {
    const body = getErrorBody(status);
    return statuses.includes(status) ? change(body.error, request) : body;
  };
  return { variant: { renderError }, triggeredBy };
}

/** Returns a server that changes the error objects of one status into other bodies. */
const changesError = (status: keyof typeof TRIGGERS, change: Change) =>
  changesErrors(change, [status], TRIGGERS[status]);

/** Returns a server that sets members of the error object of one status. */
const setsMembers = (status: keyof typeof TRIGGERS, members: object) =>
  changesError(status, (error) => ({ error: { ...error, ...members } }));

/** Returns three servers, which change the body of a 400, of a 401 or of a 404. `name` continues "answers 400". */
const changesEach = (name: string, change: Change) =>
  createServers(
    [400, 401, 404] as const,
    (status) => `answers ${status} ${name}`,
    (status) => changesError(status, change),
  );

/** Returns a server that sends this error body for some paths. */
function changesErrorsAt(isAffected: (path: string) => boolean, body: unknown, segment: string): FaultyServer {
  return {
    variant: { renderError: (status, { path }) => (isAffected(path) ? body : getErrorBody(status)) },
    triggeredBy: createRawRequest(segment),
  };
}

/** Returns a server that sends this message with a 404. */
const sendsMessage = (message: string) => setsMembers(404, { message });

/** Returns a server that sends this header, which discloses a key. */
const disclosesInHeader = (name: string, value: string): FaultyServer => ({ variant: addHeaders({ [name]: value }) });

export const errors: FaultGroup = {
  name: 'errors',
  faults: [
    ...foundBy('response_schema_conformance', [
      ...changesEach('without the member error', (error) => error),
      ...changesEach('with a string as the error', ({ message }) => ({ error: message })),
      ...changesEach('with a list of errors', (error) => ({ errors: [error] })),
      ...changesEach('without a type', ({ message, param }) => ({ error: { message, param } })),
      ...changesEach('without a message', ({ type, param }) => ({ error: { type, param } })),
      ...changesEach('with the type of a server error', (error) => ({
        error: { ...error, type: getErrorBody(503).error.type },
      })),
      ...changesEach('with an empty message', (error) => ({ error: { ...error, message: '' } })),
      ...changesEach('with RFC 9457 problem details', ({ message }) => ({ type: 'about:blank', title: message })),
      ...changesEach('with an empty object', () => ({})),
      ...changesEach('with null as the error', () => ({ error: null })),
      {
        'answers errors with a blank message': changesErrors((error) => ({ error: { ...error, message: ' ' } })),
        'answers errors with a list as the message': changesErrors((error) => ({
          error: { ...error, message: [error.message] },
        })),
        'answers 400 with null as param': setsMembers(400, { param: null }),
        'answers 401 with an empty param': {
          ...setsMembers(401, { param: '' }),
          triggeredBy: WITHOUT_KEY,
        },
        'answers 404 without param': changesError(404, ({ type, message }) => ({ error: { type, message } })),
        'answers 404 with null as param': setsMembers(404, { param: null }),
        'answers 404 with another param': setsMembers(404, { param: 'id' }),
        'answers 404 with a list as param': setsMembers(404, { param: ['customer'] }),
        'answers 404 with the identifier as param': setsMembers(404, { param: 'cus_NoSuch' }),
        'answers an empty identifier with another error format': changesErrorsAt(
          (path) => path.endsWith('/'),
          { message: 'param is missing' },
          '',
        ),
        'answers too long an identifier with another error format': changesErrorsAt(
          (path) => path.length > 1024,
          { message: 'value too long' },
          'x'.repeat(1025),
        ),
      },
    ]),
    ...foundBy('content_type_conformance', {
      'sends errors as plain text': {
        variant: {
          renderError: (status) => getErrorBody(status).error.message,
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
      'puts a stack trace of Node into the message': sendsMessage(
        "TypeError: Cannot read properties of undefined (reading 'id')\n    at retrieve (/app/src/customers.js:42:17)",
      ),
      'puts a stack trace of Ruby into the message': sendsMessage(
        "undefined method `id' for nil:NilClass app/controllers/v2/customers_controller.rb:17:in `show'",
      ),
      'puts a stack trace of Python into the message': sendsMessage(
        'Traceback (most recent call last):\n  File "/srv/app/views.py", line 31, in retrieve\nDoesNotExist',
      ),
      'puts a stack trace of Java into the message': sendsMessage(
        'java.lang.NullPointerException\n\tat io.example.CustomerController.retrieve(CustomerController.java:58)',
      ),
      'puts a stack trace of Go into the message': sendsMessage(
        'runtime error: invalid memory address or nil pointer dereference\ngoroutine 18 [running]:\nmain.retrieve(0x0)\n\t/srv/main.go:77',
      ),
      'puts a stack trace of .NET into the message': sendsMessage(
        'at Api.Customers.Retrieve(String id) in C:\\src\\Customers.cs:line 88',
      ),
      'puts a stack trace of PHP into the message': sendsMessage(
        'PDOException in /var/www/html/customers.php:12\nStack trace:\n#0 {main}',
      ),
      'puts SQL into the message': sendsMessage(
        'PG::UndefinedTable: ERROR: relation "customers" does not exist LINE 1: SELECT * FROM customers WHERE id = \'x\'',
      ),
      'puts an internal IP address into the message': sendsMessage('connect ECONNREFUSED 10.0.3.17:5432'),
      'puts a stack trace into a member of the error': setsMembers(400, {
        stack: 'URIError: URI malformed\n    at decodeURIComponent (<anonymous>)',
      }),
    }),
    ...foundBy('credentials_disclosure', {
      'repeats the key in error messages': changesErrors((error, { headers }) => ({
        error: { ...error, message: `${error.message} (${headers.authorization ?? 'no key'})` },
      })),
      'repeats a wrong key in the message': changesError(401, (error, { headers }) => ({
        error: { ...error, message: `Invalid API Key provided: ${/"(.*)"/.exec(headers.authorization ?? '')?.[1]}` },
      })),
      'repeats a wrong key in base64 in the message': {
        ...changesError(401, (error, { headers }) => ({
          error: { ...error, message: `Not accepted: ${headers.authorization ?? ''}` },
        })),
        triggeredBy: createRequestWithAuth(formatBasic(`${WRONG_KEY}:`)),
      },
      'repeats the credentials in a header': {
        variant: addHeaders(({ headers: { authorization } }) =>
          authorization ? { 'X-Authorization': authorization } : {},
        ),
      },
      'sends the key in a header': disclosesInHeader('X-Account-Key', TOKEN),
      'sends the key in a cookie': disclosesInHeader('Set-Cookie', `key=${TOKEN}; Path=/`),
      'sends the key in a member of the customer': {
        variant: { renderCustomer: ({ email: _, ...customer }) => ({ ...customer, api_key: TOKEN }) },
      },
      'sends the right key in the message of a 401': {
        ...setsMembers(401, { message: `Expected a key like ${TOKEN}.` }),
        triggeredBy: WITHOUT_KEY,
      },
    }),
  ],
};

/** Returns a server that sends these headers with the 401 to some requests. */
function challengesWith(
  headers: Answer['headers'],
  isAffected: (request: Request) => boolean = () => true,
): FaultyServer {
  const variant = changeAnswers((answer, request) => answer.status === 401 && isAffected(request), { headers });
  return { variant, triggeredBy: WITHOUT_KEY };
}

const isWithoutKey = ({ authorization }: Request) => authorization.length === 0;

export const challenges: FaultGroup = {
  name: 'challenge',
  faults: foundBy('response_headers_conformance', {
    'omits WWW-Authenticate': challengesWith({}),
    'sends an empty WWW-Authenticate': challengesWith({ 'WWW-Authenticate': '' }),
    'challenges with another scheme': challengesWith({ 'WWW-Authenticate': 'Bearer realm="FirstOfficer"' }),
    'challenges with a realm but no scheme': challengesWith({ 'WWW-Authenticate': 'realm="FirstOfficer"' }),
    'challenges with the unknown scheme BasicAuth': challengesWith({
      'WWW-Authenticate': 'BasicAuth realm="FirstOfficer"',
    }),
    'omits WWW-Authenticate if the key is missing': challengesWith({}, isWithoutKey),
    'omits WWW-Authenticate if the key is wrong': {
      ...challengesWith({}, (request) => !isWithoutKey(request)),
      triggeredBy: createRequestWithAuth(formatToken(WRONG_KEY)),
    },
  }),
};
