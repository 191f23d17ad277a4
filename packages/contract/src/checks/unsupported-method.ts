import { fillPath, type Operation, pathMatcher } from '@firstofficer/openapi';
import { headerOf, mediaTypeOf } from '../http/exchange.ts';
import { essenceOf, isJson } from '../http/media-type.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import { mayCall } from '../run/context.ts';
import { preview } from '../schema/preview.ts';
import { isFreeText } from '../schema/schemas-at.ts';
import type { Check, Session, TestCase, Violation } from './check.ts';
import { sameAnswer } from './compare.ts';
import { expectStatus } from './expectations.ts';

// These change nothing, and have an answer of their own on many servers.
const SAFE = ['OPTIONS', 'TRACE'];
const KNOWN = ['POST', 'PUT', 'PATCH', 'DELETE'];
// Servers may not even recognize these: that is a 400 or a 501.
const UNKNOWN = ['QUERY', 'BREW'];

export const unsupportedMethod: Check = {
  name: 'unsupported_method',
  severity: 'error',
  rationale:
    'A method that the description does not have does nothing: 405, and Allow says which do (RFC 9110, 15.5.6).',
  testCases(operation, context) {
    const documented = context.description.operations.filter(({ path }) => path === operation.path);
    // Once per path.
    if (documented[0] !== operation) return [];
    // Another template may fit the same path.
    const path = fillPath(operation.path, nothingOf(operation));
    const validValues = context.description.operations.filter((other) => pathMatcher(other.path)(path));
    const methods = validValues.map(({ method }) => method);
    const specRef = [operation.definition] as const;
    const isText = operation.parameters.every(({ in: place, schema = {} }) => place !== 'path' || isFreeText(schema));
    // A route that takes nothing but numbers says of other values that there is no such resource.
    const unroutable = isText ? [] : ['404'];
    const testCase = (method: string): TestCase => ({
      name: method,
      async run(session) {
        const exchange = await session.send(
          SAFE.includes(method) ? { method } : { method, parameters: nothingOf(operation) },
        );
        const expected = SAFE.includes(method)
          ? ['2XX', '405', '501']
          : UNKNOWN.includes(method)
            ? ['400', '405', '501', ...unroutable]
            : ['405', '501', ...unroutable];
        if (!expectStatus(session, exchange, expected, { specRef })) return;
        if (exchange.status === 405) {
          checkAllow(session, exchange, methods, specRef);
          checkType(session, exchange, specRef);
        }
        if (exchange.status === 200 && operation.method === 'GET') await expectOther(session, exchange, specRef);
      },
    });
    const undocumented = [...SAFE, ...KNOWN, ...UNKNOWN].filter((method) => !methods.includes(method));
    return [
      ...undocumented.filter((method) => mayCall(context, method)).map(testCase),
      ...(operation.method === 'GET' ? [inLowerCase(specRef)] : []),
    ];
  },
};

/** What does not exist cannot be changed by a server that takes the method after all. */
function nothingOf({ parameters }: Operation): Record<string, string> {
  return Object.fromEntries(
    parameters.filter(({ in: place }) => place === 'path').map(({ name }) => [name, 'no-such-thing']),
  );
}

function checkAllow(
  session: Session,
  exchange: OperationExchange,
  documented: readonly string[],
  specRef: Violation['specRef'],
): void {
  const { request } = exchange;
  const allow = headerOf(exchange, 'allow');
  const allowed = (allow ?? '').split(',').map((method) => method.trim());
  const expected = `header Allow with ${documented.join(', ')} and without ${request.method}`;
  if (
    allow === undefined ||
    !documented.every((method) => allowed.includes(method)) ||
    allowed.includes(request.method)
  ) {
    session.report(exchange, { expected, actual: allow === undefined ? 'no such header' : preview(allow), specRef });
  }
}

/** The description says nothing of this response, but its API would be alone in answering this one in another way. */
function checkType(session: Session, exchange: OperationExchange, specRef: Violation['specRef']): void {
  const { operation, body } = exchange;
  const types = Object.values(operation.responses).flatMap(({ content = {} }) => Object.keys(content));
  const type = mediaTypeOf(exchange) ?? '';
  if (body.length === 0 || types.length === 0 || types.some((documented) => isAlike(documented, type))) return;
  const expected = `content type ${[...new Set(types)].join(', ')}, as of other responses`;
  session.report(exchange, { expected, actual: type || 'no content type', specRef, severity: 'note' });
}

/** Whether who reads the one reads the other: the same, whatever its parameters, or JSON of another kind. */
function isAlike(documented: string, type: string): boolean {
  return essenceOf(documented) === type || (isJson(documented) && isJson(type));
}

async function expectOther(
  session: Session,
  exchange: OperationExchange,
  specRef: Violation['specRef'],
): Promise<void> {
  if (exchange.json === undefined || !sameAnswer(exchange, await session.send())) return;
  const { request, text } = exchange;
  session.report(exchange, {
    expected: `another answer to ${request.method} than to GET`,
    actual: preview(text),
    specRef,
  });
}

/** Methods have a case (RFC 9110, 9.1). HTTP clients write them in capitals, so this one goes out as it is. */
function inLowerCase(specRef: Violation['specRef']): TestCase {
  return {
    name: 'get, in lower case',
    async run(session) {
      const { request, response } = await session.sendRaw({ method: 'get' });
      if (response.status >= 400 && (response.status < 500 || response.status === 501)) return;
      session.report({ request }, { expected: 'status 400, 405 or 501', actual: `status ${response.status}`, specRef });
    },
  };
}
