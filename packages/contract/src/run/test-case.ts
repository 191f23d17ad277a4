import type { Operation } from '@firstofficer/openapi';
import type { Check, Profile, Session, Violation } from '../checks/check.ts';
import { noResponse } from '../checks/no-response.ts';
import { isTriggerable } from '../checks/statuses.ts';
import { isSkipped } from '../generate/base-data.ts';
import { getHeader, type Timing } from '../http/exchange.ts';
import { NoResponseError } from '../http/failure.ts';
import { createCredentials } from '../request/credentials.ts';
import { formatCurl } from '../request/curl.ts';
import { createOperationExchange, type OperationExchange } from '../request/operation-exchange.ts';
import { createRequest, type OperationRequest, type RequestParts } from '../request/operation-request.ts';
import { mayMissOperation } from '../request/routing.ts';
import { explainForbidden } from '../state/guard.ts';
import { type Connection, StoppedError } from './connection.ts';
import type { RunContext } from './context.ts';
import { listCovered } from './coverage.ts';
import type { PlannedTestCase } from './plan.ts';
import { type RecordedExchange, recordExchange, recordFailure } from './recording.ts';
import type { Observation, Tally, TestCaseOutcome } from './report.ts';
import { resolveSeverity } from './severity.ts';
import { createTestObjects } from './test-objects.ts';

/** What all test cases of a run share. */
export interface RunResources {
  readonly context: RunContext;
  readonly connection: Connection;
  readonly responseChecks: readonly Check[];
}

/** The outcome of a test case and its recorded exchanges. A run keeps only the outcome, because exchanges take much memory. */
export interface TestCaseResult {
  readonly outcome: TestCaseOutcome;
  readonly exchanges: readonly RecordedExchange[];
}

/** Thrown to end a test case that cannot show anything. */
class SkipError extends Error {}

/** A violation and the request that caused it. */
interface Observed {
  /** The operation whose result contains the violation. */
  readonly operation: Operation;
  readonly request: OperationRequest;
  readonly violation: Violation;
  /** Observations of the same kind are merged into one finding. */
  readonly kind: string;
}

/** A tally while its test case runs. */
interface MutableTally extends Tally {
  requests: number;
  readonly checked: Record<string, number>;
  readonly covered: Record<string, number>;
  readonly statuses: Record<string, number>;
}

/**
 * Returns whether a response refuses any request for now: a 429, or a 503 that says how long it lasts. An example pair
 * may ask for a 429, and in the profile `firstofficer` each 503 is an error.
 */
function isLimited(exchange: OperationExchange, profile: Profile): boolean {
  const { status, operation } = exchange;
  if (status === 429) return !isTriggerable(operation, '429');
  return status === 503 && profile !== 'firstofficer' && getHeader(exchange, 'retry-after') !== undefined;
}

function describeLimit({ operation }: OperationExchange): string {
  return `the target answered 429 to ${operation.id}, because it limits the number of requests. Pass a lower --rate`;
}

/**
 * Runs one test case and returns its outcome. If the target does not respond, the outcome contains a finding.
 */
export async function runTestCase(
  { context, connection, responseChecks }: RunResources,
  { check, operation, testCase }: PlannedTestCase,
): Promise<TestCaseResult> {
  let observations: Observation[] = [];
  const tallies: Record<string, MutableTally> = {};
  const exchanges: RecordedExchange[] = [];
  let durationMs = 0;
  const { description, target, base, options } = context;
  const source = { baseUrl: target.url, testCase };

  function observe(of: Check, { operation: observed, request, violation, kind }: Observed): void {
    const { expected, actual, specRef } = violation;
    const [object, ...members] = specRef;
    observations.push({
      check: of.name,
      severity: resolveSeverity(of, violation, options.profile),
      operation: observed.id,
      testCase: testCase.name,
      expected,
      actual,
      spec: description.locate(object, ...members),
      curl: formatCurl(target.url, request),
      kind,
    });
  }

  async function buildRequest(parts: RequestParts, to: Operation): Promise<OperationRequest> {
    const body = base.bodyFor(to);
    const parameters = { ...(await objects.parametersFor(to, parts)), ...parts.parameters };
    const request = createRequest(to, {
      body: (parts.method ?? to.method) === to.method && !isSkipped(body) ? body : undefined,
      ...parts,
      parameters,
      credentials: 'credentials' in parts ? parts.credentials : createCredentials(to, target),
    });
    const reason = context.isMock ? undefined : explainForbidden(context, request, { ...parts, parameters });
    if (reason !== undefined) throw new SkipError(reason);
    return request;
  }

  function tallyOf({ id }: Operation): MutableTally {
    tallies[id] ??= { requests: 0, checked: {}, covered: {}, statuses: {} };
    return tallies[id];
  }

  const count = (tally: Record<string, number>, name: string) => {
    tally[name] = (tally[name] ?? 0) + 1;
  };

  /** Counts a request and its time, unless the run was stopped before the request was sent. */
  async function countRequest<T extends Timing>(sending: Promise<T>, to: Operation): Promise<T> {
    try {
      const result = await sending;
      tallyOf(to).requests += 1;
      durationMs += result.durationMs;
      return result;
    } catch (error) {
      if (error instanceof NoResponseError) {
        tallyOf(to).requests += 1;
        durationMs += error.timing?.durationMs ?? 0;
      }
      throw error;
    }
  }

  /** Sends a request once and runs all response checks on the response. */
  async function sendOnce(request: OperationRequest): Promise<OperationExchange> {
    const { operation: to } = request;
    const exchange = await countRequest(connection.send(request), to).catch((error: unknown) => {
      if (error instanceof NoResponseError) exchanges.push(recordFailure(source, request, error));
      throw error;
    });
    const result = createOperationExchange(request, exchange);
    objects.observe(result);
    exchanges.push(recordExchange(source, result));
    const { checked, covered, statuses } = tallyOf(to);
    if (request.method === to.method) count(statuses, String(result.status));
    for (const name of listCovered(result)) count(covered, name);
    // The result of the check belongs to the operation of the test case, whichever operation the request was sent to.
    count(tallyOf(operation).checked, check.name);
    for (const responseCheck of responseChecks) {
      const violations = responseCheck.checkResponse ? responseCheck.checkResponse(result, context) : [];
      if (!violations) continue;
      if (responseCheck !== check) count(checked, responseCheck.name);
      // The kind does not contain the test case, so that the same violation in many test cases becomes one finding.
      for (const violation of violations) {
        const isUnrelated = responseCheck.basis === 'description' && mayMissOperation(result, context.validator);
        observe(responseCheck, {
          operation: to,
          request,
          violation: isUnrelated ? { ...violation, basis: 'profile' } : violation,
          kind: violation.expected,
        });
      }
    }
    return result;
  }

  async function sendRequest(request: OperationRequest): Promise<OperationExchange> {
    for (let attempts = 1; ; attempts += 1) {
      const result = await sendOnce(request);
      if (!isLimited(result, options.profile)) return result;
      if (connection.pauseAfter(result, attempts)) continue;
      // The response says nothing about the request, so the test case cannot continue.
      if (result.status === 429) throw new StoppedError(describeLimit(result));
      return result;
    }
  }

  // A creation may use values that no object has yet, which the guard would refuse.
  const objects = createTestObjects(context, (parts, to) =>
    sendRequest(createRequest(to, { credentials: createCredentials(to, target), ...parts })),
  );

  const session: Session = {
    send: async (parts = {}, to = operation) => sendRequest(await buildRequest(parts, to)),
    async sendRaw(parts = {}) {
      const request = await buildRequest(parts, operation);
      const response = await countRequest(connection.sendRaw(request), operation);
      count(tallyOf(operation).checked, check.name);
      return { request, response };
    },
    create: objects.create,
    skip(reason) {
      throw new SkipError(reason);
    },
    async trial(work) {
      const before = observations;
      const found: Observation[] = [];
      observations = found;
      try {
        await catchNoResponse(work);
      } finally {
        observations = before;
      }
      return {
        hasFailed: found.some(({ severity }) => severity === 'error'),
        keep: () => void observations.push(...found),
      };
    },
    report({ request }, violation) {
      observe(check, { operation, request, violation, kind: `${testCase.name}: ${violation.expected}` });
    },
  };

  /** Ends `work` at the first request without a complete response, and reports that as a finding. */
  async function catchNoResponse(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof NoResponseError)) throw error;
      // `buildRequest` created every request of the connection.
      const request = error.request as OperationRequest;
      const specRef = [request.operation.definition, 'responses'] as const;
      const violation = { expected: 'a whole HTTP response', actual: error.message, specRef };
      if (responseChecks.includes(noResponse))
        observe(noResponse, { operation: request.operation, request, violation, kind: error.message });
    }
  }

  let skipped: string | undefined;
  let reason: string | undefined;
  try {
    await catchNoResponse(() => testCase.run(session));
  } catch (error) {
    if (error instanceof StoppedError) skipped = error.message;
    else if (error instanceof SkipError) reason = error.message;
    else throw error;
  } finally {
    objects.end();
  }
  // The check did not see what it needs, so its requests must not look like a passed check.
  if (reason !== undefined) delete tallies[operation.id]?.checked[check.name];
  const outcome: TestCaseOutcome = {
    check: check.name,
    operation: operation.id,
    testCase: testCase.name,
    durationMs,
    observations,
    requests: Object.values(tallies).reduce((sum, { requests }) => sum + requests, 0),
    tallies,
    ...(skipped !== undefined && { skipped }),
    ...(reason !== undefined && { reason }),
  };
  return { outcome, exchanges };
}

/** A test case and its result. */
export interface TriedTestCase {
  readonly testCase: PlannedTestCase;
  /** Undefined if the test case was left out or threw an error. */
  readonly result?: TestCaseResult;
  readonly error?: string;
}

/** Runs a test case. Returns the message of an exception, which is an error in these tests and not in the target. */
export async function tryTestCase(resources: RunResources, testCase: PlannedTestCase): Promise<TriedTestCase> {
  try {
    return { testCase, result: await runTestCase(resources, testCase) };
  } catch (error) {
    return { testCase, error: error instanceof Error ? error.message : String(error) };
  }
}
