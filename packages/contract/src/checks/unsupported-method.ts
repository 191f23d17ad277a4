import { createPathMatcher, fillPath, type Operation } from '@firstofficer/openapi';
import { headerOf, mediaTypeOf } from '../http/exchange.ts';
import { essenceOf, isJson } from '../http/media-type.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import { preview } from '../schema/preview.ts';
import { isFreeText } from '../schema/schemas-at.ts';
import type { Check, Session, TestCase, Violation } from './check.ts';
import { sameAnswer } from './compare.ts';
import { mayCall } from './context.ts';
import { expectStatus } from './expectations.ts';

// Safe methods that many servers answer in a special way.
const SAFE = ['OPTIONS', 'TRACE'];
const KNOWN = ['POST', 'PUT', 'PATCH', 'DELETE'];
// Servers may not know these methods and answer 400 or 501.
const UNKNOWN = ['QUERY', 'BREW'];

export const unsupportedMethod: Check = {
  name: 'unsupported_method',
  severity: 'error',
  rationale: 'An undocumented method gets 405 with an Allow header that lists the documented ones (RFC 9110, 15.5.6).',
  testCases(operation, context) {
    const documented = context.description.operations.filter(({ path }) => path === operation.path);
    // Test each path once, by its first operation.
    if (documented[0] !== operation) return [];
    // Another path template may match the same path.
    const path = fillPath(operation.path, missingResource(operation));
    const matching = context.description.operations.filter((other) => createPathMatcher(other.path)(path));
    const methods = matching.map(({ method }) => method);
    const specRef = [operation.definition] as const;
    const isText = operation.parameters.every(({ in: place, schema = {} }) => place !== 'path' || isFreeText(schema));
    // A route that matches only numbers answers 404 to other values.
    const unroutable = isText ? [] : ['404'];
    const testCase = (method: string): TestCase => ({
      name: method,
      async run(session) {
        const exchange = await session.send(
          SAFE.includes(method) ? { method } : { method, parameters: missingResource(operation) },
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
        if (exchange.status === 200 && operation.method === 'GET')
          await expectDifferentAnswer(session, exchange, specRef);
      },
    });
    const undocumented = [...SAFE, ...KNOWN, ...UNKNOWN].filter((method) => !methods.includes(method));
    return [
      ...undocumented.filter((method) => mayCall(context, method)).map(testCase),
      ...(operation.method === 'GET' ? [inLowerCase(specRef)] : []),
    ];
  },
};

/** Returns values of a missing resource, so that a server that accepts the method changes nothing. */
function missingResource({ parameters }: Operation): Record<string, string> {
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

/** Reports a note if the 405 response has a media type that no documented response has. */
function checkType(session: Session, exchange: OperationExchange, specRef: Violation['specRef']): void {
  const { operation, body } = exchange;
  const types = Object.values(operation.responses).flatMap(({ content = {} }) => Object.keys(content));
  const type = mediaTypeOf(exchange) ?? '';
  if (body.length === 0 || types.length === 0 || types.some((documented) => isCompatible(documented, type))) return;
  const expected = `content type ${[...new Set(types)].join(', ')}, as of other responses`;
  session.report(exchange, { expected, actual: type || 'no content type', specRef, severity: 'note' });
}

/** Returns whether a client that reads one media type can read the other: they are equal or both JSON. */
function isCompatible(documented: string, type: string): boolean {
  return essenceOf(documented) === type || (isJson(documented) && isJson(type));
}

async function expectDifferentAnswer(
  session: Session,
  exchange: OperationExchange,
  specRef: Violation['specRef'],
): Promise<void> {
  if (exchange.json === undefined || !sameAnswer(exchange, await session.send())) return;
  const { request, text } = exchange;
  session.report(exchange, {
    expected: `a different answer to ${request.method} than to GET`,
    actual: preview(text),
    specRef,
  });
}

/** Tests that HTTP methods are case-sensitive (RFC 9110, 9.1). Sent raw, because HTTP clients convert to upper case. */
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
