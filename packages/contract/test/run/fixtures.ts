import type { RequestListener } from 'node:http';
import { loadDescription, type Operation } from '@firstofficer/openapi';
import type { TestContext } from 'vitest';
import type { Check, Session } from '../../src/checks/check.ts';
import { noResponse } from '../../src/checks/no-response.ts';
import { createBaseData } from '../../src/generate/base-data.ts';
import type { Clock } from '../../src/http/clock.ts';
import { openConnection } from '../../src/run/connection.ts';
import { defaultOptions, type RunContext } from '../../src/run/context.ts';
import type { Observation, Tally, TestCaseOutcome } from '../../src/run/report.ts';
import { runTestCase } from '../../src/run/test-case.ts';
import { createValidator } from '../../src/schema/validation.ts';
import { createObjectStore } from '../../src/state/objects.ts';
import { localServer } from '../local-server.ts';
import { NOTES } from '../other-apis/notes-server.ts';

/** A check without test cases and without a response check. */
export const SOME_CHECK: Check = { name: 'some_check', severity: 'error', basis: 'rfc', rationale: 'To be tested.' };

/** Returns the context of a run against the notes API. */
export async function createRunContext(url = 'http://127.0.0.1:9'): Promise<RunContext> {
  const description = await loadDescription(NOTES);
  const validator = createValidator(description.document);
  return {
    description,
    validator,
    target: { url, token: 'sk_secret' },
    options: { ...defaultOptions(url, description), seed: 1, timeLimitMs: 30_000 },
    parametersFor: () => ({}),
    base: createBaseData({ validator, seed: 1, knownFor: () => ({}) }),
    resources: [],
    alternatives: [],
    customers: [],
    servesExamples: true,
    store: createObjectStore([]),
    givenFor: () => ({}),
    isMock: false,
    refused: new Map(),
    accepted: new Map(),
  };
}

interface TestCaseOptions {
  /** Default: `listNotes`. */
  readonly operation?: Operation;
  readonly responseChecks?: readonly Check[];
  readonly clock?: Clock;
}

/** Runs one test case against a server. */
export async function runOn(
  context: TestContext,
  target: string | RequestListener,
  run: (session: Session) => Promise<void>,
  { operation, responseChecks = [], clock }: TestCaseOptions = {},
) {
  const url = typeof target === 'string' ? target : await localServer(context, target);
  const runContext = await createRunContext(url);
  const connection = openConnection(url, runContext.options, clock);
  context.onTestFinished(() => connection.close());
  const { outcome, exchanges } = await runTestCase(
    { context: runContext, connection, responseChecks: [noResponse, ...responseChecks] },
    {
      check: SOME_CHECK,
      operation: operation ?? findOperation(runContext, 'listNotes'),
      testCase: { name: 'some test case', run },
    },
  );
  return { ...outcome, exchanges };
}

/** Returns an operation of the description. */
export function findOperation({ description }: RunContext, id: string): Operation {
  const operation = description.operations.find((one) => one.id === id);
  if (!operation) throw new Error(`The description has no operation ${id}.`);
  return operation;
}

/** Returns a request listener that responds with JSON. */
export function respondWithJson(answer: (target: string) => unknown): RequestListener {
  return (request, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(answer(request.url ?? '')));
  };
}

/** Returns an observation with defaults for all parts that do not matter to the test. */
export function observation(parts: Partial<Observation> = {}): Observation {
  return {
    check: 'some_check',
    severity: 'error',
    operation: 'listNotes',
    testCase: 'first test case',
    expected: 'status 200',
    actual: 'status 500',
    spec: { file: 'openapi.yaml', pointer: '/paths', line: 3 },
    curl: 'curl …',
    kind: 'status 200',
    ...parts,
  };
}

/** Returns a tally with defaults for all parts that do not matter to the test. */
export function tally(parts: Partial<Tally> = {}): Tally {
  return { requests: 1, checked: { some_check: 1 }, covered: {}, statuses: { 200: 1 }, ...parts };
}

/** Returns an outcome with defaults for all parts that do not matter to the test. */
export function outcome(parts: Partial<TestCaseOutcome> = {}): TestCaseOutcome {
  return {
    check: 'some_check',
    operation: 'listNotes',
    testCase: 'first test case',
    durationMs: 5,
    observations: [],
    requests: 1,
    tallies: { listNotes: tally() },
    ...parts,
  };
}
