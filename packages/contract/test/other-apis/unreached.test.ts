import { describe, expect, test } from 'vitest';
import { CHECKS } from '../../src/checks/index.ts';
import { verifyDescription } from '../verify.ts';
import { createNotesServer, NOTES } from './notes-server.ts';

const DESCRIPTION = `
paths:
  /things:
    get: { operationId: listThings, responses: { '200': { description: Things. }, '404': { description: Gone. } } }
    post:
      operationId: createThing
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { '201': { description: A thing. }, '404': { description: Gone. } }
  /things/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
    get: { operationId: getThing, responses: { 2XX: { description: A thing. }, '404': { description: None. } } }
    delete: { operationId: deleteThing, responses: { default: { description: Deleted. } } }
  /none:
    get: { operationId: getNone, responses: { '404': { description: Never there. } } }
  /moved:
    get: { operationId: getMoved, responses: { '302': { description: Elsewhere. }, '404': { description: None. } } }
`;
const OPERATIONS = ['listThings', 'createThing', 'getThing', 'deleteThing', 'getMoved'];

/** Answers 404 to everything. */
const answerNotFound = () => ({ status: 404 });

/** The names of the checks for any API. */
const NAMES = CHECKS.map(({ name }) => name);

describe('a server that answers 404 to everything', () => {
  test('is not fully checked, and the report says what to pass', async (context) => {
    const { report } = await verifyDescription(context, { description: DESCRIPTION, answer: answerNotFound });

    expect(report.unreached.map(({ operation, seen }) => [operation, seen])).toEqual(
      OPERATIONS.map((operation) => [operation, ['404']]),
    );
    expect(report.unreached.map(({ advice }) => advice)).toEqual([
      'Check that the URL includes the base path of the API.',
      'Check that the URL includes the base path of the API.',
      'Pass --parameter getThing.id=… with values that exist, or add examples of them to the description.',
      'Pass --parameter deleteThing.id=… with values that exist, or add examples of them to the description.',
      'Check that the URL includes the base path of the API.',
    ]);
  });

  test.for(NAMES)('does not pass with only %s', async (name, context) => {
    const { report } = await verifyDescription(context, {
      description: DESCRIPTION,
      answer: answerNotFound,
      only: [name],
    });

    expect(report.verdict).not.toBe('passed');
  });

  test('passes with allowUnreached', async (context) => {
    const { report } = await verifyDescription(context, {
      description: DESCRIPTION,
      answer: answerNotFound,
      only: ['json_syntax'],
      allowUnreached: true,
    });

    expect([report.verdict, report.unreached.length]).toEqual(['passed', OPERATIONS.length]);
  });
});

describe('a server that conforms', () => {
  test.for(NAMES)('is not incomplete because of an operation, with only %s', async (name, context) => {
    const { report } = await verifyDescription(context, { spec: NOTES, answer: createNotesServer(), only: [name] });

    expect(report.unreached).toEqual([]);
  });

  test('gets few requests for one response check', async (context) => {
    const { report } = await verifyDescription(context, {
      spec: NOTES,
      answer: createNotesServer(),
      only: ['json_syntax'],
    });

    expect(report.verdict).toBe('passed');
    expect(report.requests).toBeLessThanOrEqual(8 * report.coverage.length);
  });
});

test('an undocumented success does not count', async (context) => {
  const description = `
paths:
  /thing:
    post: { operationId: createThing, responses: { '201': { description: A thing. } } }
`;
  const { report } = await verifyDescription(context, { description, answer: () => ({ status: 200 }) });

  expect(report.unreached).toEqual([
    {
      operation: 'createThing',
      method: 'POST',
      path: '/thing',
      seen: ['200'],
      advice: 'Document the status 200, or correct the server.',
    },
  ]);
});

test('each check that did not run has a reason', async (context) => {
  const { report } = await verifyDescription(context, { spec: NOTES, answer: createNotesServer() });
  const skipped = report.checks.filter(({ status }) => status === 'skipped');

  expect(skipped.length).toBeGreaterThan(0);
  expect(skipped.filter(({ reason = '' }) => reason === '')).toEqual([]);
});
