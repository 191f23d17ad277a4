import type { RequestListener } from 'node:http';
import { loadDescription } from '@firstofficer/openapi';
import type { TestContext } from 'vitest';
import type { Check, Session } from '../../src/checks/check.ts';
import { noResponse } from '../../src/checks/no-response.ts';
import { openConnection } from '../../src/run/connection.ts';
import { defaultOptions, type RunContext } from '../../src/run/context.ts';
import type { Observation, TestCaseOutcome } from '../../src/run/report.ts';
import { runTestCase } from '../../src/run/test-case.ts';
import { createValidator } from '../../src/schema/validation.ts';
import { localServer } from '../local-server.ts';
import { temporaryFile } from '../temporary-file.ts';

/** A small description. Tests override the parts they need. */
export const PETS = {
  openapi: '3.1.0',
  info: { title: 'Pets', version: '1.0.0' },
  security: [{ key: [] }],
  paths: {
    '/pets/{id}': {
      get: {
        operationId: 'getPet',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            schema: { type: 'string' },
            examples: { tom: { value: '7' }, none: { value: 'x' } },
          },
        ],
        responses: {
          200: {
            description: 'A pet.',
            headers: { 'X-Count': { schema: { type: 'integer' } } },
            content: {
              'application/json': {
                schema: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
                examples: { tom: { value: { name: 'Tom' } } },
              },
            },
          },
          '4XX': { description: 'No pet.', content: { 'application/json': { examples: { none: { value: {} } } } } },
        },
      },
    },
  },
  components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
};

/** A check without test cases and without a response check. */
export const SOME_CHECK: Check = { name: 'some_check', severity: 'error', rationale: 'To be tested.' };

/** Returns a run context with the given description. */
export async function runContextOf(context: TestContext, url: string, document: object = PETS): Promise<RunContext> {
  const description = await loadDescription(await temporaryFile(context, JSON.stringify(document), 'openapi.json'));
  return {
    description,
    validator: createValidator(description.document),
    target: { url, token: 'sk_secret' },
    options: { ...defaultOptions(url), seed: 1, timeLimitMs: 30_000 },
    known: {},
    alternatives: [],
    customers: [],
    servesExamples: true,
  };
}

/** Runs one test case for the first operation of a small description against a server. */
export async function tryOn(
  context: TestContext,
  target: string | RequestListener,
  run: (session: Session) => Promise<void>,
  { responseChecks = [], now }: { readonly responseChecks?: readonly Check[]; readonly now?: () => number } = {},
) {
  const url = typeof target === 'string' ? target : await localServer(context, target);
  const runContext = await runContextOf(context, url);
  const connection = openConnection(url, runContext.options, now);
  context.onTestFinished(() => connection.close());
  const [operation] = runContext.description.operations;
  if (!operation) throw new Error('The description has no operation.');
  const { outcome, exchanges } = await runTestCase(
    { context: runContext, connection, responseChecks: [noResponse, ...responseChecks] },
    { check: SOME_CHECK, operation, testCase: { name: 'some test case', run } },
  );
  return { ...outcome, exchanges };
}

/** Returns a request listener that answers with JSON. */
export function json(answer: (target: string) => unknown): RequestListener {
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
    operation: 'getPet',
    testCase: 'first test case',
    expected: 'status 200',
    actual: 'status 500',
    spec: { file: 'openapi.yaml', pointer: '/paths', line: 3 },
    curl: 'curl …',
    kind: 'status 200',
    ...parts,
  };
}

/** Returns an outcome with defaults for all parts that do not matter to the test. */
export function outcome(parts: Partial<TestCaseOutcome> = {}): TestCaseOutcome {
  return {
    check: 'some_check',
    operation: 'getPet',
    testCase: 'first test case',
    durationMs: 5,
    observations: [],
    checked: { some_check: 1 },
    covered: {},
    requests: 1,
    ...parts,
  };
}
