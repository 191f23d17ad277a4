import type { Operation, Parameter } from '@firstofficer/openapi';
import { type BaseBody, isSkipped } from '../generate/base-data.ts';
import { listMalformedBodies } from '../generate/malformed-bodies.ts';
import { type DataPlace, listInvalidData } from '../generate/request-data.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import type { RequestParts } from '../request/operation-request.ts';
import { MALFORMED_SEGMENTS } from '../request/path-segments.ts';
import { serializePathParameter } from '../request/serialization.ts';
import { isFreeText } from '../schema/subschemas.ts';
import {
  type Check,
  type CheckContext,
  isMethodAllowed,
  type Session,
  type TestCase,
  type Violation,
} from './check.ts';
import { settleBody } from './settle-body.ts';
import { expectStatus, listDataErrorStatuses } from './statuses.ts';

export const negativeDataRejection: Check = {
  name: 'negative_data_rejection',
  severity: 'error',
  basis: 'description',
  needs: 'a parameter or a body whose schema excludes some values',
  rationale:
    'Data that violate the schemas of the request, or that cannot be decoded, get the documented error status.',
  testCases(operation, context) {
    if (!isMethodAllowed(context, operation.method)) return [];
    const body = context.base.bodyFor(operation);
    // Without the required body the server rejects every request, so the test could not tell which data it rejected.
    if (isSkipped(body) && operation.requestBody?.required) return body;
    return listBadRequests(operation, context).map(
      (bad): TestCase => ({
        name: bad.name,
        run: async (session) => {
          const settled = bad.place === 'body' ? await settleBody(session, operation, context) : undefined;
          const list = settled?.replacement ? listBadRequests(operation, context) : [bad];
          const current = list.find(({ name }) => name === bad.name);
          if (current) await expectRejection(session, await session.send(current.parts), { bad: current, context });
        },
      }),
    );
  },
};

/** A request that a server must reject. */
interface BadRequest extends Pick<Violation, 'specRef'> {
  readonly name: string;
  readonly place: DataPlace;
  readonly parts: RequestParts;
  readonly isDisputed: boolean;
}

function listBadRequests(operation: Operation, context: CheckContext): BadRequest[] {
  const body = context.base.bodyFor(operation);
  return [
    ...operation.parameters.flatMap((parameter) => listUnusualForms(operation, parameter, context)),
    ...(isSkipped(body) ? [] : listUnreadableBodies(operation, body)),
    ...listInvalidData(operation, context),
  ];
}

function listUnreadableBodies(operation: Operation, body: BaseBody): BadRequest[] {
  return listMalformedBodies(operation, body).map(({ name, body: malformed, isDisputed }) => ({
    name: `body: ${name}`,
    place: 'body',
    parts: { body: malformed },
    isDisputed,
    specRef: [operation.requestBody ?? operation.definition],
  }));
}

// Servers without rules of their own for identifiers treat these alike.
const SOME_MALFORMED = ['a percent sign alone', 'percent-encoding without a number', 'a byte that is invalid in UTF-8'];

/** Returns requests in which the text of a parameter is malformed, whatever its schema. */
function listUnusualForms(operation: Operation, parameter: Parameter, { base, options }: CheckContext): BadRequest[] {
  const { name, in: place, style, schema } = parameter;
  const value = base.parametersFor(operation)[name];
  const specRef = [schema ?? parameter] as const;
  if (style === 'deepObject') {
    const parts = { omit: [name], query: `${encodeURIComponent(name)}=x` };
    return [
      { name: `${name}: text instead of an object`, place, parts, specRef, isDisputed: parameter.required !== true },
    ];
  }
  if (place !== 'path') return [];
  // A server that drops bytes that it cannot decode would find the existing resource.
  const existing = value === undefined ? '' : serializePathParameter(parameter, value);
  return Object.entries(MALFORMED_SEGMENTS)
    .filter(([kind]) => options.profile === 'firstofficer' || SOME_MALFORMED.includes(kind))
    .flatMap(([kind, segment]) => [
      { kind, segment },
      ...(existing === '' ? [] : [{ kind: `${kind}, after an existing value`, segment: existing + segment }]),
    ])
    .map(({ kind, segment }) => ({
      name: `${name}: ${kind}`,
      place,
      parts: { segments: { [name]: segment } },
      specRef,
      isDisputed: false,
    }));
}

// Statuses that have another cause than invalid data, if valid data succeed with the same key.
const OTHER_CAUSES = [401, 403, 404];

/** Reports a response that does not reject bad data, or that rejects it for another reason. */
async function expectRejection(
  session: Session,
  exchange: OperationExchange,
  { bad, context }: { readonly bad: BadRequest; readonly context: CheckContext },
): Promise<void> {
  const { operation, status } = exchange;
  const { specRef, isDisputed, place } = bad;
  const details = { specRef, ...(isDisputed && { severity: 'note' as const }) };
  const documented = listDataErrorStatuses(operation);
  if (context.options.profile === 'firstofficer') {
    const schema = operation.parameters.find((parameter) => parameter.in === 'path')?.schema;
    const isNarrow = place === 'path' && schema && !isFreeText(schema);
    const statuses = [...documented, ...(isNarrow ? ['404'] : []), ...(operation.responses['415'] ? ['415'] : [])];
    expectStatus(session, exchange, { statuses, ...details });
    return;
  }
  if (status >= 500) return;
  if (status >= 400) {
    // A route that matches only some values answers 404 to others.
    if (place === 'path' || !OTHER_CAUSES.includes(status) || documented.includes('4XX')) return;
    const valid = await session.send();
    if (valid.status >= 400) return;
  }
  const statuses = place === 'path' ? [...new Set([...documented, '404'])] : documented;
  session.report(exchange, {
    expected: `status ${statuses.join(' or ')}`,
    actual: `status ${status} for ${exchange.request.method}`,
    ...details,
  });
}
