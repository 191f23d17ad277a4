import { buildDeprecationHeaders, describeDeprecation, type Operation } from '@firstofficer/openapi';
import { getHeader, isSafeMethod } from '../http/exchange.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import { type Check, type CheckContext, isMethodAllowed, type Violation } from './check.ts';
import { type DeprecatedPart, listDeprecatedParts } from './deprecated-parts.ts';

export const deprecations: Check = {
  name: 'deprecations',
  severity: 'note',
  basis: 'description',
  rationale:
    'Clients should not use what is deprecated, and responses should have the dates of the description in the headers Deprecation (RFC 9745) and Sunset (RFC 8594).',
  testCases(operation, context) {
    const parts = findParts(context).get(operation) ?? [];
    // An unsafe request changes something, so it needs a reason.
    if (parts.length === 0 && !isSafeMethod(operation.method)) return [];
    if (!isMethodAllowed(context, operation.method)) {
      return {
        skipped: `${operation.method} requests are not sent to other machines. Pass --unsafe-methods to send them`,
      };
    }
    return [
      {
        name: 'an existing resource',
        async run(session) {
          const exchange = await session.send();
          const today = exchange.startedAt.toISOString().slice(0, 10);
          for (const part of parts) session.report(exchange, describePart(part, today));
          // A router or a proxy may have created an error. It does not know the operation.
          if (exchange.status >= 300) return;
          for (const violation of HEADERS.flatMap((name) => checkHeader(exchange, name)))
            session.report(exchange, violation);
        },
      },
    ];
  },
};

const HEADERS = ['Deprecation', 'Sunset'];

/** Compares a header with the dates of the description. */
function checkHeader(exchange: OperationExchange, name: string): Violation[] {
  const { operation, documented } = exchange;
  const { deprecation, definition } = operation;
  const wanted = buildDeprecationHeaders(deprecation)[name];
  const sent = getHeader(exchange, name);
  if (sent === wanted) return [];
  if (wanted !== undefined) {
    const specRef = [definition, 'deprecated'] as const;
    return [{ expected: `header ${name}: ${wanted}`, actual: sent ?? 'no such header', specRef }];
  }
  // The description may have no date, or document the header instead.
  const names = Object.keys(documented?.response.headers ?? {}).map((header) => header.toLowerCase());
  if (deprecation || names.includes(name.toLowerCase())) return [];
  const expected = `no header ${name}, because the operation is not deprecated in the description`;
  return [{ expected, actual: `${name}: ${sent}`, specRef: [definition] }];
}

type PartsByOperation = ReadonlyMap<Operation, readonly DeprecatedPart[]>;

const known = new WeakMap<CheckContext, PartsByOperation>();

/** Returns the deprecated parts of all operations. What several operations share is a part of the first that is tested. */
function findParts(context: CheckContext): PartsByOperation {
  const found = known.get(context);
  if (found) return found;
  const seen = new Set();
  const parts = context.description.operations.map(
    (operation) =>
      [
        operation,
        listDeprecatedParts(operation, isMethodAllowed(context, operation.method) ? seen : new Set()),
      ] as const,
  );
  const byOperation = new Map(parts);
  known.set(context, byOperation);
  return byOperation;
}

/** Describes a deprecated part, as it is on a day such as `2026-11-27`. */
function describePart({ name, definition, deprecation }: DeprecatedPart, today: string): Violation {
  const { sunset } = deprecation;
  const isPast = sunset !== undefined && sunset <= today;
  return {
    expected: `no use of ${name}${isPast ? ' after its sunset' : ''}`,
    actual: `${name}: ${describeDeprecation(deprecation)}${isPast ? ' The sunset has passed: it may stop working at any time.' : ''}`,
    specRef: [definition, 'deprecated'],
  };
}
