import { createPathMatcher, fillPath, type Operation } from '@firstofficer/openapi';
import { getHeader, getMediaType, isJson, removeParameters } from '../http/exchange.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import { MISSING_VALUE } from '../request/path-segments.ts';
import { preview } from '../schema/json.ts';
import { isFreeText } from '../schema/subschemas.ts';
import { type Check, isMethodAllowed, type TestCase, type Violation } from './check.ts';
import { isSameResponse } from './compare.ts';
import { expectStatus } from './statuses.ts';

// Safe methods that many servers answer in a special way.
const SAFE = ['OPTIONS', 'TRACE'];
const KNOWN = ['POST', 'PUT', 'PATCH', 'DELETE'];
// Servers may not know these methods and answer 400 or 501.
const UNKNOWN = ['QUERY', 'BREW'];

export const unsupportedMethod: Check = {
  name: 'unsupported_method',
  severity: 'error',
  basis: 'rfc',
  needs: 'the first operation of a path',
  rationale: 'An undocumented method gets 405 with an Allow header that lists the documented ones (RFC 9110, 15.5.6).',
  testCases(operation, context) {
    const documented = context.description.operations.filter(({ path }) => path === operation.path);
    // Test each path once, by its first operation.
    if (documented[0] !== operation) return [];
    // Another path template may match the same path.
    const path = fillPath(operation.path, createMissingValues(operation));
    const matching = context.description.operations.filter((other) => createPathMatcher(other.path)(path));
    const methods = matching.map(({ method }) => method);
    // A concrete path, such as `/users/me`, does not have the methods of `/users/{id}`.
    const own = documented.map(({ method }) => method);
    const specRef = [operation.definition] as const;
    const isText = operation.parameters.every(
      ({ in: place, schema = {} }) =>
        place !== 'path' ||
        (isFreeText(schema) && context.validator.validateText(schema, MISSING_VALUE, 'value').length === 0),
    );
    // A route that matches only numbers answers 404 to other values, and a server may check values before the method.
    const unroutable = isText ? [] : ['400', '404', '422'];
    const testCase = (method: string): TestCase => ({
      name: method,
      async run(session) {
        const exchange = await session.send(
          SAFE.includes(method) ? { method } : { method, parameters: createMissingValues(operation) },
        );
        const allowed = [
          ...(SAFE.includes(method) ? ['2XX'] : unroutable),
          ...(UNKNOWN.includes(method) ? ['400'] : []),
        ];
        // A resource that does not exist may be missing for any method.
        const mayBeMissing = exchange.status === 404 && path !== operation.path;
        const details = { specRef, ...(mayBeMissing && { basis: 'profile' as const }) };
        if (!expectStatus(session, exchange, { statuses: ['405', '501', ...allowed], ...details })) return;
        if (exchange.status === 405) {
          for (const violation of [checkAllow(exchange, own), checkType(exchange)])
            if (violation) session.report(exchange, { ...violation, specRef });
        }
        if (exchange.status !== 200 || operation.method !== 'GET' || exchange.json === undefined) return;
        if (isSameResponse(exchange, await session.send())) {
          const expected = `a different response to ${method} than to GET`;
          session.report(exchange, { expected, actual: preview(exchange.text), specRef });
        }
      },
    });
    const undocumented = [...SAFE, ...KNOWN, ...UNKNOWN].filter((method) => !methods.includes(method));
    return [
      ...undocumented.filter((method) => isMethodAllowed(context, method)).map(testCase),
      ...(operation.method === 'GET' ? [createLowerCaseCase(specRef)] : []),
    ];
  },
};

/** Returns parameter values of a missing resource, so that a server that accepts the method changes nothing. */
function createMissingValues({ parameters }: Operation): Record<string, string> {
  return Object.fromEntries(
    parameters.filter(({ in: place }) => place === 'path').map(({ name }) => [name, MISSING_VALUE]),
  );
}

type StatusViolation = Omit<Violation, 'specRef'>;

/** Returns the violation if the Allow header does not list exactly the documented methods. */
function checkAllow(exchange: OperationExchange, documented: readonly string[]): StatusViolation | undefined {
  const { method } = exchange.request;
  const allow = getHeader(exchange, 'allow');
  const allowed = (allow ?? '').split(',').map((name) => name.trim());
  const expected = `header Allow with ${documented.join(', ')} and without ${method}`;
  if (allow === undefined) return { expected, actual: 'no such header' };
  const isRight = documented.every((name) => allowed.includes(name)) && !allowed.includes(method);
  return isRight ? undefined : { expected, actual: preview(allow) };
}

/** Returns a note if the 405 response has a media type that no documented response has. */
function checkType(exchange: OperationExchange): StatusViolation | undefined {
  const { operation, body } = exchange;
  const types = Object.values(operation.responses).flatMap(({ content = {} }) => Object.keys(content));
  const type = getMediaType(exchange);
  if (body.length === 0 || types.length === 0 || types.some((documented) => isCompatible(documented, type))) return;
  const expected = `content type ${[...new Set(types)].join(', ')}, as in other responses`;
  return { expected, actual: type || 'no content type', severity: 'note' };
}

/** Returns whether a client that reads one media type can read the other: they are equal or both JSON. */
function isCompatible(documented: string, type: string): boolean {
  return removeParameters(documented) === type || (isJson(documented) && isJson(type));
}

/** HTTP methods are case-sensitive (RFC 9110, 9.1). The request is sent raw, because HTTP clients convert to upper case. */
function createLowerCaseCase(specRef: Violation['specRef']): TestCase {
  return {
    name: 'get, in lower case',
    async run(session) {
      const { request, response } = await session.sendRaw({ method: 'get' });
      if (response.status >= 400 && (response.status < 500 || response.status === 501)) return;
      session.report({ request }, { expected: 'status 400, 405 or 501', actual: `status ${response.status}`, specRef });
    },
  };
}
