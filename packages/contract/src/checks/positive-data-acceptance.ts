import type { Operation, Parameter } from '@firstofficer/openapi';
import type fc from 'fast-check';
import { isSkipped } from '../generate/base-data.ts';
import {
  createRandomText,
  type DataPlace,
  listInvalidData,
  listValidData,
  type ValidData,
} from '../generate/request-data.ts';
import { createArbitrary } from '../generate/schema-values.ts';
import { isSendable } from '../generate/sendable.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import type { RequestParts } from '../request/operation-request.ts';
import type { ParameterValue } from '../request/serialization.ts';
import {
  type Check,
  type CheckContext,
  isMethodAllowed,
  type Session,
  type TestCase,
  type Violation,
} from './check.ts';
import { forEachGenerated } from './for-each-generated.ts';
import { settleBody } from './settle-body.ts';
import { isTriggerable, listDataErrorStatuses } from './statuses.ts';

const REJECTION_STATUSES = [400, 401, 415, 422];

export const positiveDataAcceptance: Check = {
  name: 'positive_data_acceptance',
  severity: 'error',
  basis: 'description',
  needs: 'a parameter or a body',
  rationale: 'Data that conform to the schemas of the request are not rejected as invalid, even if they are unusual.',
  testCases(operation, context) {
    if (!isMethodAllowed(context, operation.method)) return [];
    const body = context.base.bodyFor(operation);
    if (isSkipped(body) && operation.requestBody?.required) return body;
    const { profile } = context.options;
    const listCases = profile === 'firstofficer' ? listGeneratedValues : listDataCases;
    if (isSkipped(body) || !body.isValid) return listCases(operation, context);
    const example: TestCase = {
      name: 'the body of the description',
      run: (session) => tryBody(session, operation, context),
    };
    return [example, ...listCases(operation, context)];
  },
};

/** Returns a test case for each parameter with random values: no value may be rejected. */
function listGeneratedValues(operation: Operation, { validator, options }: CheckContext): TestCase[] {
  return operation.parameters.flatMap((parameter): TestCase[] => {
    // HTTP forbids many values of headers and cookies.
    if (!['path', 'query'].includes(parameter.in) || parameter.content) return [];
    const values = createArbitrary(parameter.schema ?? { type: 'string' }, { validator, use: 'text' });
    if (!values) return [];
    return [
      {
        name: `${options.generated} generated values of ${parameter.name}`,
        run: (session) =>
          forEachGenerated({ session, options, values: filterSendable(parameter, values) }, async (value) => {
            const exchange = await session.send({ parameters: { [parameter.name]: value } });
            expectAccepted(session, exchange, { specRef: [parameter] });
          }),
      },
    ];
  });
}

/** Removes values that a request cannot carry. */
function filterSendable(parameter: Parameter, values: fc.Arbitrary<unknown>): fc.Arbitrary<ParameterValue> {
  return values.filter((value): value is ParameterValue => isSendable(parameter, value));
}

function expectAccepted(
  session: Session,
  exchange: OperationExchange,
  details: Pick<Violation, 'specRef' | 'severity'>,
): void {
  if (REJECTION_STATUSES.includes(exchange.status)) reportRejection(session, exchange, details);
}

function reportRejection(
  session: Session,
  exchange: OperationExchange,
  details: Pick<Violation, 'specRef' | 'severity'>,
): void {
  const { operation, status } = exchange;
  const others = Object.keys(operation.responses).filter(
    (documented) => !REJECTION_STATUSES.includes(Number(documented)) && isTriggerable(operation, documented),
  );
  // Without a documented success, there is nothing to expect.
  if (others.length === 0) return;
  session.report(exchange, { expected: `status ${others.join(' or ')}`, actual: `status ${status}`, ...details });
}

// One request with random text for so many generated values that the options ask for.
const VALUES_PER_REQUEST = 5;

/** Returns a test case for each value at a limit or of a choice, and one with random text. */
function listDataCases(operation: Operation, context: CheckContext): TestCase[] {
  const { options } = context;
  const malformed = createLearner(operation, context);
  const listCurrent = () => listValidData(operation, context);
  const planned = listCurrent();
  const random = createRandomText(operation, context);
  const generated = Math.ceil(options.generated / VALUES_PER_REQUEST);
  return [
    ...planned.map(
      (data): TestCase => ({
        name: data.name,
        run: async (session) => {
          const replaced = (await settleBody(session, operation, context))?.replacement !== undefined;
          const current = replaced ? listCurrent().find(({ name }) => name === data.name) : data;
          if (current) await tryData(session, current, malformed);
        },
      }),
    ),
    ...(random === undefined || generated === 0
      ? []
      : [
          {
            name: `${generated} generated texts`,
            run: (session: Session) =>
              forEachGenerated({ session, options: { ...options, generated }, values: random }, (data) =>
                tryData(session, data, malformed),
              ),
          },
        ]),
  ];
}

/**
 * Sends the usual body. If the target rejects it, another body becomes the usual one. If only a body without the optional
 * members is accepted, each of them is tested. If the target rejects all bodies, they may lack what no schema expresses,
 * such as an identifier of something that exists.
 */
async function tryBody(session: Session, operation: Operation, context: CheckContext): Promise<void> {
  const { exchange, replacement } = (await settleBody(session, operation, context)) ?? {};
  if (!exchange || !REJECTION_STATUSES.includes(exchange.status) || !exchange.documented) return;
  if (replacement?.isReduced) {
    const added = listValidData(operation, context).filter(({ name }) => name.startsWith('body: with '));
    const malformed = createLearner(operation, context);
    for (const data of added) await tryData(session, data, malformed);
  }
  const isOurs = context.servesExamples && context.options.profile === 'firstofficer';
  const details = {
    specRef: [operation.definition, 'requestBody'] as const,
    severity: isOurs ? ('error' as const) : ('note' as const),
  };
  reportRejection(session, exchange, details);
}

// Statuses for data that conform to their schemas and still cannot be processed.
const SEMANTIC_STATUSES = ['402', '409', '422'];

/** Returns the statuses with which the target rejects data of a place that violate their schema. */
type MalformedStatuses = (session: Session, place: DataPlace) => Promise<readonly number[]>;

// One invalid value may happen to be valid for the target.
const ATTEMPTS_TO_LEARN = 2;

/** Returns a function that sends invalid data once for each place and remembers the statuses. */
function createLearner(operation: Operation, context: CheckContext): MalformedStatuses {
  const known = new Map<DataPlace, Promise<readonly number[]>>();
  async function learn(session: Session, place: DataPlace): Promise<readonly number[]> {
    const invalid = listInvalidData(operation, context).filter((data) => data.place === place && !data.isDisputed);
    const statuses: number[] = [];
    for (const { parts } of invalid.slice(0, ATTEMPTS_TO_LEARN)) statuses.push((await session.send(parts)).status);
    return statuses.filter((status) => status >= 400 && status < 500);
  }
  return (session, place) => {
    const statuses = known.get(place) ?? learn(session, place);
    known.set(place, statuses);
    return statuses;
  };
}

/**
 * Sends valid data and reports if the target rejects them as invalid. A server may reject valid data for reasons that no
 * schema can express: a name is reserved, an account has no money, an identifier refers to nothing. So the rejection is
 * reported only if the status is that of invalid data, the same request without the value succeeds, similar values are
 * rejected as well, and an ordinary value of the same place is not.
 */
async function tryData(session: Session, data: ValidData, learnMalformed: MalformedStatuses): Promise<void> {
  const exchange = await session.send(data.create());
  const { status, operation, documented } = exchange;
  if (data.isDisputed || !REJECTION_STATUSES.includes(status) || !documented) return;
  const malformed = await learnMalformed(session, data.place);
  const isMalformed =
    malformed.length > 0 ? malformed.includes(status) : listDataErrorStatuses(operation).includes(String(status));
  if (!isMalformed) return;
  const isRejected = async (parts: RequestParts) => (await session.send(parts)).status === status;
  if (await isRejected(data.createControl())) return;
  for (const parts of data.listSimilar()) if (!(await isRejected(parts))) return;
  const ordinary = data.listOrdinary();
  // A server may reject all large amounts because there is no money, unless it has another status for that.
  const mayLack =
    data.isLargest && data.place === 'body' && !SEMANTIC_STATUSES.some((code) => operation.responses[code]);
  const compared = mayLack ? ordinary.slice(0, 1) : ordinary;
  if (compared.length > 0 && (await areAllRejected(compared, isRejected))) return;
  reportRejection(session, exchange, { specRef: data.specRef });
}

async function areAllRejected(
  requests: readonly RequestParts[],
  isRejected: (parts: RequestParts) => Promise<boolean>,
): Promise<boolean> {
  for (const parts of requests) if (!(await isRejected(parts))) return false;
  return true;
}
