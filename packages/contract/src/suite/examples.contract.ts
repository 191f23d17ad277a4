import { examplePairs } from '@firstofficer/openapi';
import { describe, expect, test } from 'vitest';
import { differences } from '../engine/differences.ts';
import { callConforming, knownCustomers, operations } from './subject.ts';

// A target with customers of its own knows nothing of the example customers, but refuses what the examples refuse.
const servesExamples = knownCustomers === undefined;

describe.each(operations)('examples: $id', (operation) => {
  const pairs = examplePairs(operation).filter(({ status }) => servesExamples || !status.startsWith('2'));

  test.each(pairs)('$name answers $status', async ({ parameters, status, body }) => {
    const { request, status: actual, json } = await callConforming(operation, parameters);

    expect(actual, `${request}: status`).toBe(Number(status));
    // Members beyond the example's are allowed: objects stay open.
    if (servesExamples) expect(differences(body, json), `${request}: what is not as in the example`).toEqual([]);
  });
});
